"""The members of a TAR archive, read as a stream, so that nothing but one chunk is in memory."""

import tarfile
from collections.abc import Generator
from tarfile import ReadError
from typing import IO, Any, Self, cast

from bantin_ingest.archives.member import UNDECODABLE, UNSAFE, ArchiveError, Member, refused
from bantin_ingest.archives.streams import BoundedStream

HEADER_BYTES = 1024 * 1024
"""Room for one member's headers: long names and attributes lie in blocks of their own before it."""

_CHUNK = 64 * 1024
_LIBRARY = cast(Any, tarfile)  # whose stubs know only some of its errors
_NO_HEADER: tuple[type[Exception], ...] = (_LIBRARY.InvalidHeaderError, _LIBRARY.TruncatedHeaderError)
_BROKEN = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError)


class _Header(tarfile.TarInfo):
    """A member's header. The library takes one that it can't read for the archive's end: here it is a breach."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        """Return the next header; raise ReadError for what is none."""
        try:
            return super().fromtarfile(tarfile)
        except _NO_HEADER as error:
            raise ReadError(f"behind a member there is no other, nor the end ({error})") from error


def tar_members(stream: BoundedStream) -> Generator[Member]:
    """Give the members; folders have no receipt, links and devices are refused.

    Raise ArchiveError where the archive is broken, as nothing behind the breach can be found. The chunks of the member
    in front of it raise it: its size may be what lies, so that it is not taken either.
    """
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", errorlevel=0, tarinfo=_Header) as archive:
            headers = _Headers(archive, stream)
            while (info := headers.current) is not None:
                if info.size < 0:
                    raise ReadError("a member says that it is smaller than nothing")
                if not info.isdir():
                    stream.grant(info.size + HEADER_BYTES)
                    yield _member(headers, info)
                headers.leave(info)
    except _BROKEN as error:
        raise _broken(error) from error


class _Headers:
    """The headers of an archive one after the other; `current` is None behind the last."""

    def __init__(self, archive: tarfile.TarFile, stream: BoundedStream) -> None:
        self.archive = archive
        self._stream = stream
        stream.grant(HEADER_BYTES)
        self.current = archive.next()

    def leave(self, info: tarfile.TarInfo) -> None:
        """Go on to the header behind a member, unless that has been done."""
        if self.current is info:
            self.archive.members.clear()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - else it keeps all
            self._stream.grant(info.size + HEADER_BYTES)
            self.current = self.archive.next()


def _member(headers: _Headers, info: tarfile.TarInfo) -> Member:
    if info.issparse() or not info.isreg():
        return refused(info.name, UNSAFE, "The member is a link, a device or a file with holes.")
    return Member(info.name, _chunks(headers, info))


def _chunks(headers: _Headers, info: tarfile.TarInfo) -> Generator[bytes]:
    try:
        file = headers.archive.extractfile(info)
        while file is not None and (chunk := file.read(_CHUNK)):
            yield chunk
        headers.leave(info)
    except _BROKEN as error:
        raise _broken(error) from error


def _broken(error: Exception) -> ArchiveError:
    return ArchiveError(UNDECODABLE, f"The archive is broken: {error}.")
