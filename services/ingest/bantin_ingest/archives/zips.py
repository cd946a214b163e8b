"""The members of a ZIP archive."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Generator
from typing import BinaryIO

from bantin_ingest.archives.limits import Budget
from bantin_ingest.archives.member import ENCRYPTED, UNDECODABLE, UNSAFE, ArchiveError, Member, MemberError, refused

_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_MODE_SHIFT = 16
_UNICODE = 0x800
_UNICODE_PATH = 0x7075


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
        return refused(_name(info), UNSAFE, "The member is a link or a device, no file.")
    if info.flag_bits & _ENCRYPTED:
        return refused(_name(info), ENCRYPTED, "The member is encrypted; send it without its password.")
    return Member(_name(info), _chunks(archive, info))


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name: that of its Unicode field, else as flagged, else as UTF-8, which many tools write
    without the flag, else in the code page of DOS.

    Source: PKWARE's APPNOTE, 4.6.9 (Info-ZIP Unicode path extra field) and appendix D.
    """
    if info.flag_bits & _UNICODE:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
        return (_unicode_path(info.extra, raw) or raw).decode("utf-8")
    except UnicodeError:
        return info.filename


def _unicode_path(extra: bytes, raw: bytes) -> bytes | None:
    """Return the name in the extra field for it, None where there is none that belongs to the name `raw`."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<BI", field) == (1, zlib.crc32(raw)):
            return field[5:]
        at += 4 + size
    return None


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Generator[bytes]:
    try:
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise MemberError(UNDECODABLE, f"The member is broken: {error}.") from error
