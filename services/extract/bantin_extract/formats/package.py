"""The ZIP package that holds an office document: opened within bounds, however it lies about its sizes."""

import zipfile
import zlib
from io import BytesIO

from bantin_extract.rejection import RejectedError

MAX_PARTS = 2_000
MAX_UNPACKED = 128 * 1024 * 1024
MAX_RATIO = 200
FREE_BYTES = 4 * 1024 * 1024
"""So much may any part unpack to, whatever its ratio: short parts of one repeated word compress very well."""

_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(ValueError, OSError, EOFError),
)


class Package:
    """The parts of an office document by name. `what` names the document in reasons."""

    def __init__(self, content: bytes, what: str) -> None:
        """Open a package; raise RejectedError where it is broken, encrypted or made to fill memory."""
        self._what = what
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise RejectedError("undecodable", f"The {what} is broken: {error}.") from error
        self._check(infos)
        self._room = MAX_UNPACKED
        self.names = tuple(info.filename for info in infos)

    def read(self, name: str) -> bytes:
        """Return a part's content; raise RejectedError where it is missing, broken or larger than it may be."""
        try:
            info = self._zip.getinfo(name)
            with self._zip.open(info) as part:
                content = part.read(self._room + 1)
        except KeyError as error:
            raise RejectedError("undecodable", f"The {self._what} has no part {name}.") from error
        except _BROKEN as error:
            raise RejectedError("undecodable", f"The {self._what} is broken: {error}.") from error
        self._room -= len(content)
        if self._room < 0:
            raise self._unsafe(f"unpacks to more than {MAX_UNPACKED:,} bytes")
        return content

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > MAX_PARTS:
            raise self._unsafe(f"has more than {MAX_PARTS:,} parts")
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise RejectedError("encrypted", f"The {self._what} is encrypted; send it without its password.")
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise self._unsafe(f"unpacks to more than {MAX_UNPACKED:,} bytes")
        if any(info.file_size > FREE_BYTES + MAX_RATIO * info.compress_size for info in infos):
            raise self._unsafe(f"has a part that is more than {MAX_RATIO} times as large as it is packed")

    def _unsafe(self, why: str) -> RejectedError:
        return RejectedError("archive_unsafe", f"The {self._what} {why}.")
