"""Files that have arrived and wait in a spool, archives among them unpacked: what one batch is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import anyio
from anyio.to_thread import run_sync

from bantin_ingest.archives.kinds import archive_kind, may_be_archive
from bantin_ingest.archives.limits import ArchiveLimits, Budget
from bantin_ingest.archives.unpack import unpack
from bantin_ingest.handler import IncomingFile
from bantin_ingest.settings import IngestSettings
from bantin_ingest.upload.spool import HEAD_BYTES, Spool, SpooledFile

UNPACKING = 2
"""Most archives that are unpacked at once; the others wait for their turn."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of a batch and where its content waits."""

    file: IncomingFile
    spool: Spool
    spooled: SpooledFile

    async def content(self) -> bytes:
        """Return the file's bytes."""
        return await self.spool.read(self.spooled)


class Unpacker:
    """Replaces archives by their members. The members' content waits in a spool of its own kind."""

    def __init__(self, settings: IngestSettings) -> None:
        self._folder: Path = settings.data
        self._file_limit = settings.max_upload
        self._limits = ArchiveLimits(settings.archive_members, settings.archive_unpacked, settings.archive_ratio)
        self._turns = anyio.Semaphore(UNPACKING)

    def spool(self) -> Spool:
        """Return a spool for members; open it as long as they are needed."""
        return Spool(self._folder, file_limit=self._file_limit)

    async def expand(self, arrivals: Sequence[Arrival], into: Spool) -> list[Arrival]:
        """Return the files with each archive's members in its place; members wait in the spool `into`."""
        budget = Budget(self._limits)
        expanded: list[Arrival] = []
        for arrival in arrivals:
            members = None
            if arrival.file.refusal is None and may_be_archive(arrival.spooled.head):
                members = await self._members(arrival.file, await arrival.content(), into, budget)
            expanded += [arrival] if members is None else members
        return expanded

    async def members(self, file: IncomingFile, content: bytes, into: Spool) -> list[Arrival] | None:
        """Return the members of a file that came on its own; None where it is no archive."""
        if file.refusal is not None or not may_be_archive(content[:HEAD_BYTES]):
            return None
        return await self._members(file, content, into, Budget(self._limits))

    async def _members(self, file: IncomingFile, content: bytes, into: Spool, budget: Budget) -> list[Arrival] | None:
        async with self._turns:
            archive = BytesIO(content)
            kind = await run_sync(archive_kind, archive)
            if kind is None:
                return None
            found = await run_sync(partial(unpack, archive, kind, file, into, budget))
        return [Arrival(member.file, into, member.spooled) for member in found]
