"""Reads an archive's bytes as they unpack: counted, and never more at once than was granted."""

import bz2
import gzip
import io
import lzma
import zlib
from typing import BinaryIO

from bantin_ingest.archives.limits import too_much
from bantin_ingest.archives.member import UNDECODABLE, UNSAFE, ArchiveError

GZIP, BZIP2, XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
XZ_MEMORY = 128 * 1024 * 1024
"""More than the 65 MiB that `xz -9` needs to unpack; a dictionary may say that it needs 4 GiB."""

_CHUNK = 64 * 1024
_SLACK = 64 * 1024
"""Readers of archives read ahead by less than this."""


class BoundedStream:
    """The unpacked bytes of an archive of which at most `room` are read; `grant` says how many before the next."""

    def __init__(self, source: BinaryIO, room: int) -> None:
        self._source = source
        self._room = room
        self._granted = _SLACK
        self.read_bytes = 0

    def grant(self, size: int) -> None:
        """Allow `size` bytes more to be read, and no more than that until the next grant."""
        self._granted = size + _SLACK

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes; raise ArchiveError where they are too many or can't be unpacked."""
        wanted = min(size, _CHUNK) if size >= 0 else _CHUNK
        try:
            data = self._source.read(wanted)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
            raise ArchiveError(UNDECODABLE, f"The archive is broken: {error}.") from error
        self.read_bytes += len(data)
        self._granted -= len(data)
        if self.read_bytes > self._room:
            raise too_much()
        if self._granted < 0:
            raise ArchiveError(UNSAFE, "The archive has headers that are larger than any program writes.")
        return data


def decompressed(source: BinaryIO) -> BinaryIO:
    """Return a reader of what gzip, bzip2 or xz packed, or the source itself, from its beginning."""
    source.seek(0)
    magic = source.read(6)
    source.seek(0)
    if magic.startswith(GZIP):
        return gzip.GzipFile(fileobj=source)  # pyright: ignore[reportReturnType] - it reads like any
    if magic.startswith(BZIP2):
        return bz2.BZ2File(source)  # pyright: ignore[reportReturnType]
    if magic == XZ:
        return io.BufferedReader(_XzReader(source))
    return source


class _XzReader(io.RawIOBase):
    """Unpacks xz within XZ_MEMORY, a chunk at a time; `lzma.open` knows no such limit."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        data = b""
        while not data:
            packed = self._source.read(_CHUNK) if self._unpacker.needs_input or self._unpacker.eof else b""
            if self._unpacker.eof:
                packed = (self._unpacker.unused_data + packed).lstrip(b"\x00")
                if not packed:
                    return 0
                self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)
            elif self._unpacker.needs_input and not packed:
                raise EOFError("it ends too early")
            data = self._unpacker.decompress(packed, len(buffer))
        buffer[: len(data)] = data
        return len(data)
