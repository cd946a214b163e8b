"""The search index made anew from the log: every enriched article from the first on, then one swap.

Searches see the old index until the new one is complete. The stage may go on meanwhile: what it wrote into the old
index while the new one was being filled is read once more after the swap, which changes nothing where it is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import anyio
import structlog
from opentelemetry.context import Context

from bantin.envelope import UndecodableRecordError, decode
from bantin.eventlog.port import EventLog, Reader, Record
from bantin.events import ArticleEnriched, ArticleIndexed
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin.search.port import SearchEngine, SearchIndex
from bantin.topics import ENRICHED
from bantin_index.handler import ArticleWriter

BATCH_RECORDS = 500
POLL_SECONDS = 0.5
RETRY_SECONDS = 1.0

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Reindexed:
    """What a reindex has read so far, in records of the log, and how they ended."""

    read: int = 0
    indexed: int = 0
    duplicates: int = 0
    refused: int = 0
    undecodable: int = 0
    position: dict[int, int] = field(default_factory=dict[int, int])


async def reindex(log: EventLog, engine: SearchEngine, system: str) -> Reindexed:
    """Fill a new index from the log, with the decisions that the stage makes, and put it in the old one's place.

    Publishes nothing: what the receipts were told stays as it is. Where it raises before the swap, the old index stays.
    """
    progress = Reindexed()
    async with log.read(ENRICHED.name, {}) as reader:
        async with engine.rebuild() as fresh:
            await _catch_up(log, reader, ArticleWriter(fresh, system), progress)
        await _catch_up(log, reader, ArticleWriter(_live(engine), system), progress)
    logger.info("reindexed", read=progress.read, indexed=progress.indexed, refused=progress.refused)
    return progress


def _live(engine: SearchEngine) -> SearchIndex:
    return engine


async def _catch_up(log: EventLog, reader: Reader, write: ArticleWriter, progress: Reindexed) -> None:
    """Read to what is the log's end now, and write it."""
    ends = await log.end_offsets(ENRICHED.name)
    while any(progress.position.get(partition, 0) < end for partition, end in ends.items()):
        records = await reader.poll(max_records=BATCH_RECORDS, timeout=POLL_SECONDS)
        deliveries = [delivery for record in records if (delivery := _delivery(record, progress))]
        await _write_all(write, deliveries, progress)
        for record in records:
            progress.position[record.partition] = record.offset + 1


def _delivery(record: Record, progress: Reindexed) -> Delivery[ArticleEnriched] | None:
    """Return the record's event; None for one that is a dead letter already, as no reader can decode it."""
    progress.read += 1
    try:
        return Delivery(decode(record, ArticleEnriched), Context())
    except UndecodableRecordError as error:
        progress.undecodable += 1
        logger.warning("reindex_undecodable", partition=record.partition, offset=record.offset, error=str(error))
        return None


async def _write_all(
    write: ArticleWriter, deliveries: Sequence[Delivery[ArticleEnriched]], progress: Reindexed
) -> None:
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


def _count(delivery: Delivery[ArticleEnriched], outcome: Outcome, progress: Reindexed) -> None:
    if isinstance(outcome, Refuse):
        progress.refused += 1
        logger.warning("reindex_refused", article_id=delivery.event.article_id, detail=outcome.reason.detail)
    elif isinstance(outcome, Emit):
        indexed = [isinstance(event, ArticleIndexed) and event.outcome == "indexed" for event in outcome.events]
        progress.indexed += sum(indexed)
        progress.duplicates += len(indexed) - sum(indexed)
