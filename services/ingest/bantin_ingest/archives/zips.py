"""The members of a ZIP archive."""

import stat
import zipfile
import zlib
from collections.abc import Generator
from typing import BinaryIO

from bantin_ingest.archives.limits import Budget
from bantin_ingest.archives.member import ENCRYPTED, UNDECODABLE, UNSAFE, ArchiveError, Member, MemberError, refused

_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_MODE_SHIFT = 16


def zip_members(file: BinaryIO, packed: int, budget: Budget) -> Generator[Member]:
    """Give the members of an archive of `packed` bytes; folders have no receipt.

    Raise ArchiveError where the archive is broken, encrypted as a whole, or says itself that it holds too much.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise ArchiveError(UNDECODABLE, f"The archive is broken: {error}.") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if infos and all(info.flag_bits & _ENCRYPTED for info in infos):
            raise ArchiveError(ENCRYPTED, "The archive is encrypted; send it without its password.")
        budget.require_room(sum(info.file_size for info in infos), packed)
        for info in infos:
            yield _member(archive, info)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    mode = info.external_attr >> _MODE_SHIFT
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return refused(info.filename, UNSAFE, "The member is a link or a device, no file.")
    if info.flag_bits & _ENCRYPTED:
        return refused(info.filename, ENCRYPTED, "The member is encrypted; send it without its password.")
    return Member(info.filename, _chunks(archive, info))


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Generator[bytes]:
    try:
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise MemberError(UNDECODABLE, f"The member is broken: {error}.") from error
