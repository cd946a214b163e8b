"""`bantin replay`: the current extractor over the raw log, into a shadow index; what would change, before it does.

The readings go to a log of their own in a temporary folder. `apply` copies those of the articles that changed to the
live log, behind whatever is live, so the index and every later rebuild take them.
"""

import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import anyio
import structlog

from bantin.envelope import UndecodableRecordError, decode
from bantin.eventlog.port import EventLog, Record
from bantin.eventlog.sqlite.log import SqliteLog
from bantin.events import ArticleEnriched, ArticleReceived, ArticleRejected, Event
from bantin.handler import Delivery, Emit, Handler, Refuse, Retry
from bantin.search.port import SearchEngine
from bantin.telemetry.tracing import publish_events
from bantin.topics import ENRICHED, RAW
from bantin_index.reindex import UNTRACED, Progress
from bantin_standalone.repair.backfill import caught_up, publish_behind, read_through
from bantin_standalone.repair.differences import Difference, lacking
from bantin_standalone.repair.shadow import shadow_of

SOURCE = "/bantin/replay"
BATCH_RECORDS = 64
POLL_SECONDS = 0.5
RETRY_SECONDS = 0.5

Tell = Callable[["Replayed"], None]

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Replayed:
    """What a replay has read, of `total` records, and found.

    `refused` are the files that hold no article any more, by article_id; the index keeps what it has of those.
    `applied` is how many readings were published.
    """

    total: int = 0
    read: int = 0
    articles: int = 0
    refused: dict[str, str] = field(default_factory=dict[str, str])
    differences: tuple[Difference, ...] = ()
    applied: int = 0

    @property
    def changed(self) -> tuple[Difference, ...]:
        """The articles that the index holds otherwise."""
        return tuple(one for one in self.differences if one.kind == "stale")


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
                events = await _extracted(records, extract)
                _count(events, told)
                kept = [(event, UNTRACED) for event in events if isinstance(event, ArticleEnriched)]
                await publish_events(readings_log, kept, source=SOURCE)
                tell(told)
            yield readings_log
        finally:
            await readings_log.close()


async def compare(readings_log: EventLog, live: SearchEngine, told: Replayed) -> None:
    """Note in `told` in what the live index differs from the readings."""
    async with shadow_of(readings_log, Progress()) as should:
        told.differences = tuple([difference async for difference in lacking(should, live)])


async def apply(log: EventLog, readings_log: EventLog, told: Replayed) -> None:
    """Publish the readings of every article that changed, and wait until the index has them."""
    ids = frozenset(one.article_id for one in told.changed)
    told.applied = await publish_behind(log, read_through(readings_log), ids)
    await caught_up(log)


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
            yield [record for record in records if record.offset < ends[record.partition] and window.holds(record)]


async def _extracted(records: Sequence[Record], extract: Handler[ArticleReceived]) -> list[Event]:
    """Return what the extractor makes of records, in their order; what it can't process is a dead letter already."""
    waiting = [delivery for record in records if (delivery := _delivery(record))]
    events: list[Event] = []
    while waiting:
        outcomes = await extract(waiting)
        again: list[Delivery[ArticleReceived]] = []
        for delivery, outcome in zip(waiting, outcomes, strict=True):
            match outcome:
                case Emit(made):
                    events += made
                case Retry():
                    again.append(delivery)
                case Refuse(reason):
                    logger.warning("replay_refused", article_id=delivery.event.article_id, detail=reason.detail)
        if again:
            await anyio.sleep(RETRY_SECONDS)
        waiting = again
    return events


def _delivery(record: Record) -> Delivery[ArticleReceived] | None:
    try:
        return Delivery(decode(record, ArticleReceived), UNTRACED)
    except UndecodableRecordError as error:
        logger.warning("replay_undecodable", partition=record.partition, offset=record.offset, error=str(error))
        return None


def _count(events: Sequence[Event], told: Replayed) -> None:
    for event in events:
        if isinstance(event, ArticleRejected):
            told.refused[event.article_id] = event.reason.code
        else:
            told.refused.pop(event.article_id, None)
            told.articles += 1
