"""Tells archives from other files by their bytes: office documents are packages, too, and stay whole."""

import lzma
import zipfile
import zlib
from typing import BinaryIO, Literal

from bantin_ingest.archives.streams import BZIP2, GZIP, XZ, decompressed

Kind = Literal["zip", "tar", "warc"]

_PACKED = (GZIP, BZIP2, XZ)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 512
_TAR_MAGIC = slice(257, 262)
_TAR_CHECKSUM = slice(148, 156)


def may_be_archive(head: bytes) -> bool:
    """Return whether a file that begins so needs a closer look (512 bytes tell)."""
    return head.startswith((*_ZIP, *_PACKED)) or _plain_kind(head) is not None


def archive_kind(file: BinaryIO) -> Kind | None:
    """Return which kind of archive a file is; None for what is none: documents, too, and broken packages."""
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(_ZIP):
        return "zip" if _is_plain_zip(file) else None
    if head.startswith(_PACKED):
        try:
            head = decompressed(file).read(_HEAD)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError):
            return None
    return _plain_kind(head)


def _plain_kind(head: bytes) -> Kind | None:
    if head.startswith(b"WARC/"):
        return "warc"
    return "tar" if head[_TAR_MAGIC] == b"ustar" or _is_oldest_tar(head) else None


def _is_oldest_tar(head: bytes) -> bool:
    """Return whether the bytes are a TAR header from before it had a magic: its checksum is that of its bytes."""
    if len(head) < _HEAD or not head[0]:
        return False
    stated = head[_TAR_CHECKSUM].strip(b" \x00")
    blanks = ord(" ") * len(head[_TAR_CHECKSUM])
    return stated.lstrip(b"0") == b"%o" % (sum(head) - sum(head[_TAR_CHECKSUM]) + blanks)


def _is_plain_zip(file: BinaryIO) -> bool:
    """Return whether a ZIP file is no office document or e-book: those say so in a part of a known name."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return False  # extract says what is wrong with it
    return not ("[Content_Types].xml" in names or "mimetype" in names)
