"""`bantin replay`: the current extractor over the raw log, into a shadow index; what would change, before it does.

The readings go to a log of their own in a temporary folder. `apply` copies those of the articles that changed to the
live log, behind whatever is live, so the index and every later rebuild take them. So it does with articles that the
index lacks: files that were refused and are read now become `indexed`, as their receipts then say.
"""

import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import anyio
import structlog

from bantin.envelope import UndecodableRecordError, decode
from bantin.eventlog.port import EventLog, Record
from bantin.eventlog.sqlite.log import SqliteLog
from bantin.events import ArticleEnriched, ArticleReceived, ArticleRejected, Reason
from bantin.handler import Delivery, Emit, Handler, Outcome, Refuse, Retry
from bantin.search.port import SearchEngine
from bantin.telemetry.tracing import publish_events
from bantin.topics import ENRICHED, RAW
from bantin_index.reindex import UNTRACED, Progress
from bantin_standalone.repair.backfill import article_of, attended, caught_up, publish_behind, read_through
from bantin_standalone.repair.differences import Difference, lacking
from bantin_standalone.repair.shadow import shadow_of

SOURCE = "/bantin/replay"
BATCH_RECORDS = 64
POLL_SECONDS = 0.5
RETRY_SECONDS = 0.5

Tell = Callable[["Replayed"], None]

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file in which the extractor finds no article now, and why.

    With `held` the index has the article that it once gave (or another file of the same address), and keeps it.
    """

    article_id: str
    receipt_id: str
    file_name: str
    code: str
    held: bool = False


@dataclass(slots=True)
class Replayed:
    """What a replay has read and found.

    `read` records of the `total` on the log lie behind it; everything else is about the `files` of its window.
    `article_ids` are of the articles found in them, `applied` is how many readings were published.
    """

    total: int = 0
    read: int = 0
    files: int = 0
    article_ids: set[str] = field(default_factory=set[str])
    refused: list[RefusedFile] = field(default_factory=list[RefusedFile])
    differences: tuple[Difference, ...] = ()
    applied: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """Which files are read again, by the time at which they were received; None leaves a side open."""

    first: datetime | None = None
    past: datetime | None = None

    def __str__(self) -> str:
        """Say from when until when."""
        first, past = (moment.isoformat() if moment else "…" for moment in (self.first, self.past))
        return f"{first}/{past}"

    def holds(self, record: Record) -> bool:
        """Return whether a record was received within it."""
        late = self.first is not None and record.timestamp < self.first.timestamp() * 1000
        early = self.past is not None and record.timestamp >= self.past.timestamp() * 1000
        return not (late or early)


@asynccontextmanager
async def readings(
    log: EventLog, extract: Handler[ArticleReceived], window: Window, told: Replayed, tell: Tell
) -> AsyncGenerator[EventLog]:
    """Give a log of what the extractor makes now of the files in a window; it goes away at the block's end."""
    with tempfile.TemporaryDirectory(prefix="bantin-replay-") as folder:
        readings_log = await SqliteLog.open(Path(folder) / "log.db")
        try:
            await readings_log.create_topics((ENRICHED,))
            async for records in _raw(log, window, told):
                kept = [(event, UNTRACED) for event in await _extracted(records, extract, told)]
                await publish_events(readings_log, kept, source=SOURCE)
                tell(told)
            yield readings_log
        finally:
            await readings_log.close()


async def compare(readings_log: EventLog, live: SearchEngine, told: Replayed) -> None:
    """Note in `told` in what the live index differs from the readings, and what it holds of refused files."""
    async with shadow_of(readings_log, Progress()) as should:
        told.differences = tuple([_of_a_replay(difference) async for difference in lacking(should, live)])
    for start in range(0, len(told.refused), BATCH_RECORDS):
        some = told.refused[start : start + BATCH_RECORDS]
        held = await live.get([one.article_id for one in some])
        told.refused[start : start + len(some)] = [replace(one, held=one.article_id in held) for one in some]


async def apply(log: EventLog, readings_log: EventLog, told: Replayed) -> None:
    """Publish the readings of every article that changes or is gained, and wait until the index has them.

    Raise IndexIdleError where the index takes nothing, before anything is published if it is not there at all.
    """
    ids = frozenset(one.article_id for one in told.differences)
    await attended(log)
    readings_ = (record async for record in read_through(readings_log) if article_of(record) in ids)
    told.applied = await publish_behind(log, readings_)
    await caught_up(log)


def _of_a_replay(difference: Difference) -> Difference:
    return replace(difference, kind="gained") if difference.kind == "missing" else difference


async def _raw(log: EventLog, window: Window, told: Replayed) -> AsyncIterator[Sequence[Record]]:
    """Give the raw records of a window in batches, up to what is the log's end now."""
    ends = await log.end_offsets(RAW.name)
    told.total = sum(ends.values())
    reached = dict.fromkeys(ends, 0)
    async with log.read(RAW.name, {}) as reader:
        while any(reached[partition] < end for partition, end in ends.items()):
            records = await reader.poll(max_records=BATCH_RECORDS, timeout=POLL_SECONDS)
            for record in records:
                reached[record.partition] = record.offset + 1
            told.read += len(records)
            within = [record for record in records if record.offset < ends[record.partition] and window.holds(record)]
            told.files += len(within)
            yield within


async def _extracted(
    records: Sequence[Record], extract: Handler[ArticleReceived], told: Replayed
) -> list[ArticleEnriched]:
    """Return the articles that the extractor finds in records, in their order, and note in `told` what it refuses."""
    waiting = [delivery for record in records if (delivery := _delivery(record))]
    found: list[ArticleEnriched] = []
    while waiting:
        outcomes = await extract(waiting)
        again: list[Delivery[ArticleReceived]] = []
        for delivery, outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, Retry):
                again.append(delivery)
            else:
                found += _taken(delivery.event, outcome, told)
        if again:
            await anyio.sleep(RETRY_SECONDS)
        waiting = again
    return found


def _taken(file: ArticleReceived, outcome: Outcome, told: Replayed) -> list[ArticleEnriched]:
    """Return the articles of a file, none or one; note in `told` which it is, or why there is none."""
    made = outcome.events if isinstance(outcome, Emit) else ()
    refusals = [event.reason for event in made if isinstance(event, ArticleRejected)]
    if isinstance(outcome, Refuse):  # which would be a dead letter
        refusals.append(outcome.reason)
        logger.warning("replay_refused", article_id=file.article_id, detail=outcome.reason.detail)
    told.refused += [_refused(file, reason) for reason in refusals]
    found = [event for event in made if isinstance(event, ArticleEnriched)]
    told.article_ids.update(event.article_id for event in found)
    return found


def _refused(file: ArticleReceived, reason: Reason) -> RefusedFile:
    return RefusedFile(file.article_id, file.receipt_id, file.file_name, reason.code)


def _delivery(record: Record) -> Delivery[ArticleReceived] | None:
    try:
        return Delivery(decode(record, ArticleReceived), UNTRACED)
    except UndecodableRecordError as error:
        logger.warning("replay_undecodable", partition=record.partition, offset=record.offset, error=str(error))
        return None
