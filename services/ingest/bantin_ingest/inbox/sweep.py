"""One look into the drop folder: take what is ready, and file away what has ended."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import structlog
from anyio.to_thread import run_sync
from opentelemetry.context import Context

from bantin.events import Reason
from bantin.faults import UnavailableError
from bantin.problem import Problem
from bantin_ingest.arrival import Unpacker
from bantin_ingest.handler import IncomingFile, Ticket, issue_tickets, refusal
from bantin_ingest.inbox import folder
from bantin_ingest.inbox.claims import Claim, Claims
from bantin_ingest.inbox.settling import FAILED, Settling, Sighting, destination, destination_of_archive
from bantin_ingest.intake import SHARE_BYTES, Intake, Load
from bantin_ingest.media_types import media_type
from bantin_ingest.names import display_name
from bantin_ingest.provenance import Provenance
from bantin_ingest.receipts.lookup import Receipts
from bantin_ingest.receipts.model import Batch, Receipt

IN_FLIGHT = 500
"""Most files that are published and wait for their outcome; more are taken as those end."""

SHARE_FILES = 100
UNREADABLE_SECONDS = 60.0
"""How long a file that could not be read is left alone."""

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Sweeper:
    """Everything a sweep works with, and what is on its way between two of them."""

    inbox: Path
    limit: int
    intake: Intake
    receipts: Receipts
    claims: Claims
    unpacker: Unpacker
    settling: Settling
    waiting: dict[str, Claim] = field(default_factory=dict[str, Claim])
    _unreadable: dict[str, float] = field(default_factory=dict[str, float])
    _looked_at_step: int = -1

    async def reconcile(self) -> None:
        """Find out what became of claims whose publishing may have failed: keep those that are on the log.

        Raise UnavailableError or RefusedError where the log can't tell.
        """
        await self.receipts.catch_up()
        claims = await run_sync(self.claims.all)
        lost = [claim for claim in claims if not await self._is_known(claim)]
        await run_sync(self.claims.remove, lost)
        self.waiting = {claim.sighting.path: claim for claim in claims if claim not in lost}

    async def take_ready(self) -> None:
        """Publish files that have settled, up to IN_FLIGHT; raise OSError, UnavailableError or RefusedError."""
        if len(self.waiting) > IN_FLIGHT // 2:
            return  # a look costs time in a folder of many thousand files, so it must be worth it
        present = await run_sync(folder.scan, self.inbox)
        unclaimed = [sighting for sighting in present if not self._is_left(sighting)]
        ready = self.settling.observe(unclaimed, time.monotonic())
        for share in _shares(ready[: max(0, IN_FLIGHT - len(self.waiting))], self.limit):
            await self._take([sighting for sighting in share if sighting.size <= self.limit])
            for sighting in share:
                if sighting.size > self.limit:
                    await self._refuse(sighting)

    async def file_away_ended(self) -> None:
        """Move the files that have ended to `done` or `failed`; raise OSError where one can't be moved."""
        if (steps := self.receipts.steps) == self._looked_at_step:
            return
        for claim in list(self.waiting.values()):
            if (ending := await self._ending(claim)) is None:
                continue
            where, beside = ending
            await run_sync(folder.move_away, self.inbox, claim.sighting, where, beside)
            await run_sync(self.claims.remove, [claim])
            del self.waiting[claim.sighting.path]
            logger.info("inbox_filed", file=display_name(claim.sighting.path), to=where)
        self._looked_at_step = steps

    async def _is_known(self, claim: Claim) -> bool:
        """Return whether the log has the whole of what was claimed."""
        if claim.batch_id is None:
            return await self.receipts.find(claim.receipt_id) is not None
        batch = await self.receipts.find_batch(claim.batch_id)
        return batch is not None and len(batch.files) == batch.total

    async def _ending(self, claim: Claim) -> tuple[str, bytes | None] | None:
        """Return where a file belongs and what is written beside it; None while it has not ended."""
        if claim.batch_id is None:
            receipt = await self.receipts.find(claim.receipt_id)
            if receipt is None or not receipt.ended:
                return None
            return destination(receipt), _told(receipt) if receipt.status != "indexed" else None
        batch = await self.receipts.find_batch(claim.batch_id)
        if batch is None or not batch.ended:
            return None
        return destination_of_archive(batch), _told(batch) if batch.counts.indexed < batch.total else None

    def _is_left(self, sighting: Sighting) -> bool:
        claim = self.waiting.get(sighting.path)
        if claim is not None and claim.sighting == sighting:
            return True
        return self._unreadable.get(sighting.path, 0) > time.monotonic()

    async def _take(self, sightings: Sequence[Sighting]) -> None:
        contents = {sighting: content for sighting in sightings if (content := await self._read(sighting)) is not None}
        for sighting in list(contents):
            if await self._take_archive(sighting, contents[sighting]):
                del contents[sighting]
        if contents:
            await self._take_files(contents)

    async def _take_files(self, contents: Mapping[Sighting, bytes]) -> None:
        files = [_incoming(sighting, content, self.limit) for sighting, content in contents.items()]
        tickets = issue_tickets(files, Provenance(), datetime.now(UTC))
        taken = list(contents)

        async def load(ticket: Ticket) -> bytes:
            return contents[taken[ticket.position]]

        await self._publish(tickets, load, [Claim(taken[ticket.position], ticket.receipt_id) for ticket in tickets])

    async def _take_archive(self, sighting: Sighting, content: bytes) -> bool:
        """Publish an archive's members, a batch of their own so that it ends with them; return whether it is one."""
        try:
            with self.unpacker.spool() as spool:
                members = await self.unpacker.members(_incoming(sighting, content, self.limit), content, spool)
                if members is None:
                    return False
                tickets = issue_tickets([member.file for member in members], Provenance(), datetime.now(UTC))
                claim = Claim(sighting, tickets[0].receipt_id, tickets[0].batch_id)
                await self._publish(tickets, lambda ticket: members[ticket.position].content(), [claim])
        except Problem as problem:  # no room to unpack it
            raise UnavailableError(problem.detail) from problem
        return True

    async def _publish(self, tickets: Sequence[Ticket], load: Load, claims: Sequence[Claim]) -> None:
        await run_sync(self.claims.add, claims)
        await self.intake.take(tickets, load, Context())
        self.waiting |= {claim.sighting.path: claim for claim in claims}

    async def _read(self, sighting: Sighting) -> bytes | None:
        try:
            return await run_sync(folder.read, self.inbox, sighting)
        except (folder.ChangedFileError, FileNotFoundError):
            return None  # the next look sees it as it is then
        except OSError as error:
            self._unreadable[sighting.path] = time.monotonic() + UNREADABLE_SECONDS
            logger.warning("inbox_unreadable", file=display_name(sighting.path), error=error.strerror)
            return None

    async def _refuse(self, sighting: Sighting) -> None:
        """Move a file away that is too large to be read at all; it never was on the log and has no receipt."""
        reason = refusal(sighting.size, self.limit)
        await run_sync(folder.move_away, self.inbox, sighting, FAILED, _refusal_beside(reason))
        logger.warning("inbox_refused", file=display_name(sighting.path), bytes=sighting.size)


def _shares(sightings: Sequence[Sighting], limit: int) -> list[list[Sighting]]:
    """Cut files into shares that fit into memory together."""
    shares: list[list[Sighting]] = []
    room = 0
    for sighting in sightings:
        size = min(sighting.size, limit)
        if not shares or len(shares[-1]) == SHARE_FILES or size > room:
            shares.append([])
            room = SHARE_BYTES
        shares[-1].append(sighting)
        room -= size
    return shares


def _incoming(sighting: Sighting, content: bytes, limit: int) -> IncomingFile:
    name = display_name(sighting.path)
    sha256 = hashlib.sha256(content).hexdigest()
    return IncomingFile(name, media_type(None, name), len(content), sha256, refusal(len(content), limit))


def _told(outcome: Receipt | Batch) -> bytes:
    return outcome.model_dump_json(indent=2).encode() + b"\n"


def _refusal_beside(reason: Reason | None) -> bytes:
    said = {"status": "rejected", "reason": reason and reason.model_dump()}
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"
