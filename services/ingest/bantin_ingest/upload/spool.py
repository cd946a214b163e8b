"""Where an upload's files wait until all have arrived: one temporary file, in memory while it is small.

A thousand files of 10 MiB fit in no memory, and a batch must be whole before its first file is published, because
each receipt says how many there are. So memory holds at most MEMORY_BYTES of a request, its disk the rest.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Self

from anyio.to_thread import run_sync

from bantin.problem import Problem

MEMORY_BYTES = 1024 * 1024
WRITE_BYTES = 256 * 1024
HEAD_BYTES = 512


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A file that has arrived. `size` and `sha256` are of all its bytes, those beyond the limit, too.

    `head` is how it begins: HEAD_BYTES tell what kind of file it is.
    """

    offset: int
    size: int
    sha256: str
    head: bytes = b""


class Spool:
    """Files one after the other; of a file beyond `file_limit` only the size and the hash are kept."""

    def __init__(self, folder: Path, *, file_limit: int) -> None:
        self._spooled = SpooledTemporaryFile[bytes](max_size=MEMORY_BYTES, dir=str(folder))
        self.file_limit = file_limit
        self._pending = bytearray()
        self._written = 0
        self._end = 0
        self.begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._spooled.close()

    def begin(self) -> None:
        """Begin a file."""
        self._size = 0
        self._hash = hashlib.sha256()
        self._head = b""

    def write(self, data: bytes) -> None:
        """Add to the file that was begun; what is beyond the limit is counted and forgotten."""
        self._size += len(data)
        self._hash.update(data)
        if len(self._head) < HEAD_BYTES:
            self._head += data[: HEAD_BYTES - len(self._head)]
        if self._size <= self.file_limit:
            self._pending += data

    def finish(self) -> SpooledFile:
        """End the file that was begun."""
        kept = self._size <= self.file_limit
        if not kept:
            self._forget()
        file = SpooledFile(self._end, self._size, self._hash.hexdigest(), self._head)
        self._end += self._size if kept else 0
        return file

    def abandon(self) -> None:
        """Forget the file that was begun."""
        self._forget()
        self.begin()

    async def flush(self, *, at_least: int = WRITE_BYTES) -> None:
        """Write out what waits, if it is `at_least` so many bytes; call it after each chunk."""
        if len(self._pending) >= at_least:
            await run_sync(self.write_out)

    def write_out(self, *, at_least: int = 0) -> None:
        """Write out what waits, as `flush` does; blocks, for who fills the spool in a thread of their own."""
        if len(self._pending) >= at_least:
            data, self._pending = bytes(self._pending), bytearray()
            self._append(data)

    def read_back(self, file: SpooledFile) -> bytes:
        """Return the content of a finished file, as `read` does; blocks."""
        self.write_out(at_least=1)
        return self._at(file)

    async def read(self, file: SpooledFile) -> bytes:
        """Return the content of a finished file within the limit."""
        if (waiting := file.offset - self._written) >= 0:
            return bytes(self._pending[waiting : waiting + file.size])
        await self.flush(at_least=1)
        return await run_sync(self._at, file)

    def _append(self, data: bytes) -> None:
        try:
            self._spooled.seek(self._written)
            self._spooled.write(data)
            self._spooled.flush()
        except OSError as error:
            said = f"There is no room to take the files in ({error.strerror}); try again later."
            raise Problem(507, "no_room", said, {"Retry-After": "60"}) from error
        self._written += len(data)

    def _at(self, file: SpooledFile) -> bytes:
        self._spooled.seek(file.offset)
        return self._spooled.read(file.size)

    def _forget(self) -> None:
        """Take back what was kept of the current file before it grew beyond the limit."""
        beyond = self._written - self._end
        if beyond > 0:
            self._written = self._end
            self._pending.clear()
        else:
            del self._pending[-beyond:]
