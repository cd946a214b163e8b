"""The members of a TAR archive, read as a stream, so that nothing but one chunk is in memory."""

import tarfile
from collections.abc import Generator
from typing import IO, cast

from bantin_ingest.archives.member import UNDECODABLE, UNSAFE, ArchiveError, Member, refused
from bantin_ingest.archives.streams import BoundedStream

HEADER_BYTES = 1024 * 1024
"""Room for one member's headers: long names and attributes lie in blocks of their own before it."""

_CHUNK = 64 * 1024
_BROKEN = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError)


def tar_members(stream: BoundedStream) -> Generator[Member]:
    """Give the members; folders have no receipt, links and devices are refused.

    Raise ArchiveError where the archive is broken, as nothing behind the breach can be found.
    """
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", errorlevel=0) as archive:
            stream.grant(HEADER_BYTES)
            while (info := archive.next()) is not None:
                archive.members.clear()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - else it keeps all
                if not info.isdir():
                    stream.grant(info.size + HEADER_BYTES)
                    yield _member(archive, info)
                stream.grant(info.size + HEADER_BYTES)
    except _BROKEN as error:
        raise _broken(error) from error


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    if info.issparse() or not info.isreg():
        return refused(info.name, UNSAFE, "The member is a link, a device or a file with holes.")
    return Member(info.name, _chunks(archive, info))


def _chunks(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Generator[bytes]:
    try:
        file = archive.extractfile(info)
        while file is not None and (chunk := file.read(_CHUNK)):
            yield chunk
    except _BROKEN as error:
        raise _broken(error) from error


def _broken(error: Exception) -> ArchiveError:
    return ArchiveError(UNDECODABLE, f"The archive is broken: {error}.")
