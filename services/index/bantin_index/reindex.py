"""The search index made anew from the log: every enriched article from the first on, then one swap.

Searches see the old index until the new one is complete. The stage goes on meanwhile, writing to the old one. For the
last moment its writes are held, while the new index takes in what the log has gained: so nothing that anybody was told
is indexed is ever missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import anyio
import structlog
from anyio.to_thread import run_sync
from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags

from bantin.envelope import UndecodableRecordError, decode
from bantin.eventlog.port import EventLog, Reader, Record
from bantin.events import ArticleEnriched, ArticleIndexed
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin.search.port import SearchEngine
from bantin.topics import ENRICHED
from bantin_index.handler import ArticleWriter

BATCH_RECORDS = 250
POLL_SECONDS = 0.5
RETRY_SECONDS = 1.0
NEARLY_RECORDS = 100
"""So near to the log's end the rest is read while writes are held: well below a second."""

MOST_ROUNDS = 10
"""So often the log's end is read up to; if it runs away from us, writes are held for longer."""

UNTRACED = trace.set_span_in_context(
    NonRecordingSpan(SpanContext(trace_id=1, span_id=1, is_remote=False, trace_flags=TraceFlags.get_default()))
)
"""Within an unsampled span nothing is traced: the articles' own traces ended when they were first indexed."""

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Progress:
    """What a reindex has read so far, in records of the log (of `total`), and how they ended."""

    read: int = 0
    total: int = 0
    indexed: int = 0
    duplicates: int = 0
    refused: int = 0
    undecodable: int = 0
    position: dict[int, int] = field(default_factory=dict[int, int])


async def reindex(log: EventLog, engine: SearchEngine, system: str, progress: Progress | None = None) -> Progress:
    """Fill a new index from the log, with the decisions that the stage makes, and put it in the old one's place.

    Publishes nothing: what the receipts were told stays as it is. Where it raises before the swap, the old index
    stays. Raise RebuildRunningError while another reindex is under way.
    """
    progress = progress or Progress()
    async with log.read(ENRICHED.name, {}) as reader, engine.rebuild() as fresh:
        write = ArticleWriter(fresh, system)
        for _ in range(MOST_ROUNDS):
            if await _behind(log, progress) <= NEARLY_RECORDS:
                break
            await _catch_up(reader, write, await log.end_offsets(ENRICHED.name), progress)
        await fresh.hold_writes()
        await _behind(log, progress)
        await _catch_up(reader, write, await log.end_offsets(ENRICHED.name), progress)
    logger.info("reindexed", read=progress.read, indexed=progress.indexed, refused=progress.refused)
    return progress


async def _behind(log: EventLog, progress: Progress) -> int:
    """Return how many records are still to be read."""
    ends = await log.end_offsets(ENRICHED.name)
    progress.total = sum(ends.values())
    return sum(max(0, end - progress.position.get(partition, 0)) for partition, end in ends.items())


async def _catch_up(reader: Reader, write: ArticleWriter, ends: dict[int, int], progress: Progress) -> None:
    """Read to these ends of the log, and write it."""
    while any(progress.position.get(partition, 0) < end for partition, end in ends.items()):
        records = await reader.poll(max_records=BATCH_RECORDS, timeout=POLL_SECONDS)
        deliveries = await run_sync(_deliveries, records, progress)
        await _write_all(write, deliveries, progress)
        for record in records:
            progress.position[record.partition] = record.offset + 1


def _deliveries(records: Sequence[Record], progress: Progress) -> list[Delivery[ArticleEnriched]]:
    return [delivery for record in records if (delivery := _delivery(record, progress))]


def _delivery(record: Record, progress: Progress) -> Delivery[ArticleEnriched] | None:
    """Return the record's event; None for one that is a dead letter already, as no reader can decode it."""
    progress.read += 1
    try:
        return Delivery(decode(record, ArticleEnriched), UNTRACED)
    except UndecodableRecordError as error:
        progress.undecodable += 1
        logger.warning("reindex_undecodable", partition=record.partition, offset=record.offset, error=str(error))
        return None


async def _write_all(write: ArticleWriter, deliveries: Sequence[Delivery[ArticleEnriched]], progress: Progress) -> None:
    """Write until every delivery has ended, waiting where the engine is overloaded."""
    while deliveries:
        outcomes = await write(deliveries)
        waiting: list[Delivery[ArticleEnriched]] = []
        for delivery, outcome in zip(deliveries, outcomes, strict=True):
            if isinstance(outcome, Retry):
                waiting.append(delivery)
            else:
                _count(delivery, outcome, progress)
        if waiting:
            await anyio.sleep(RETRY_SECONDS)
        deliveries = waiting


def _count(delivery: Delivery[ArticleEnriched], outcome: Outcome, progress: Progress) -> None:
    if isinstance(outcome, Refuse):
        progress.refused += 1
        logger.warning("reindex_refused", article_id=delivery.event.article_id, detail=outcome.reason.detail)
    elif isinstance(outcome, Emit):
        indexed = [isinstance(event, ArticleIndexed) and event.outcome == "indexed" for event in outcome.events]
        progress.indexed += sum(indexed)
        progress.duplicates += len(indexed) - sum(indexed)
