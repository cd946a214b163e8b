"""Unpacks archives into a spool, in a thread: one incoming file a member, or one refused one for the whole archive."""

import hashlib
from collections.abc import Generator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from anyio import from_thread

from bantin.events import Reason
from bantin_ingest.archives.kinds import Kind, archive_kind, may_be_archive
from bantin_ingest.archives.limits import Budget, too_much
from bantin_ingest.archives.member import UNDECODABLE, UNSAFE, ArchiveError, Member, MemberError
from bantin_ingest.archives.streams import BoundedStream, decompressed
from bantin_ingest.archives.tars import tar_members
from bantin_ingest.archives.warcs import warc_members
from bantin_ingest.archives.zips import zip_members
from bantin_ingest.handler import IncomingFile, refusal
from bantin_ingest.media_types import media_type
from bantin_ingest.names import member_name
from bantin_ingest.upload.spool import WRITE_BYTES, Spool, SpooledFile

_EMPTY = Reason(code="empty", detail="The archive holds no files.")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A member as it goes on, and where its content waits."""

    file: IncomingFile
    spooled: SpooledFile


def unpack(archive: BinaryIO, kind: Kind, whole: IncomingFile, spool: Spool, budget: Budget) -> list[Unpacked]:
    """Return the members of an archive, their content in `spool`; blocks, so call it in a thread of anyio's.

    An archive that can't be unpacked is one refused file, as is an empty one; of one that is broken in the middle the
    members before the breach come first, and that file stands for the rest. Members may be refused each on its own.
    """
    found: list[Unpacked] = []
    members = _Members(archive, kind, whole.size, budget)
    try:
        for member in members:
            from_thread.check_cancelled()
            budget.add_member()
            found.append(_keep(member, members, spool))
    except ArchiveError as error:
        if not found or error.reason.code != UNDECODABLE:
            return [_whole(whole, error.reason)]
        return [*found, _whole(whole, _rest(error.reason, len(found)))]
    finally:
        budget.spend(members.unpacked)
    return found or [_whole(whole, _EMPTY)]


class _Members:
    """The members of one archive, and how many bytes they came to so far."""

    def __init__(self, archive: BinaryIO, kind: Kind, packed: int, budget: Budget) -> None:
        self._archive = archive
        self._kind = kind
        self._packed = packed
        self._budget = budget
        self._room = budget.room_for(packed)
        self.unpacked = 0

    def __iter__(self) -> Generator[Member]:
        if self._kind == "zip":
            yield from zip_members(self._archive, self._packed, self._budget)
            return
        stream = BoundedStream(decompressed(self._archive), self._room)
        yield from tar_members(stream) if self._kind == "tar" else warc_members(stream)

    def count(self, chunk: bytes) -> None:
        """Count unpacked bytes; raise ArchiveError where they are too many."""
        self.unpacked += len(chunk)
        if self.unpacked > self._room:
            raise too_much()


def _keep(member: Member, members: _Members, spool: Spool) -> Unpacked:
    """Return a member, its content in the spool; raise ArchiveError, and leave nothing of it there, for a breach."""
    refused = member.refusal
    spool.begin()
    try:
        for chunk in member.chunks:
            members.count(chunk)
            spool.write(chunk)
            spool.write_out(at_least=WRITE_BYTES)
    except MemberError as error:
        refused = error.reason
    except ArchiveError:
        spool.abandon()
        raise
    spooled = spool.finish()
    kept = spooled.size <= spool.file_limit
    if refused is None and kept and may_be_archive(spooled.head) and archive_kind(BytesIO(spool.read_back(spooled))):
        refused = Reason(code=UNSAFE, detail="The member is an archive itself; send it on its own.")
    name = member_name(member.name)
    file = IncomingFile(
        name,
        media_type(member.content_type, name),
        spooled.size,
        spooled.sha256,
        refused or refusal(spooled.size, spool.file_limit),
        member.source_url,
        member.captured_at,
    )
    return Unpacked(file, spooled)


def _rest(reason: Reason, taken: int) -> Reason:
    """Return the reason of what lies behind a breach."""
    before = "its first file, which was" if taken == 1 else f"its first {taken:,} files, which were"
    return Reason(code=reason.code, detail=f"What comes behind {before} taken, can't be read. {reason.detail}")


def _whole(whole: IncomingFile, reason: Reason) -> Unpacked:
    nothing = SpooledFile(0, 0, hashlib.sha256().hexdigest())
    return Unpacked(replace(whole, refusal=reason), nothing)
