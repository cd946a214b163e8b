"""Publishes records again, behind whatever is live: only while the index has next to nothing else to do.

They go to the live topic, so that a rebuild reads everything in one order; a file that is dropped meanwhile waits for
MOST_AHEAD of them at most.
"""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Final

import anyio

from bantin.eventlog.port import EventLog, Message, Record, TopicPartition
from bantin.topics import ENRICHED, INDEX_GROUP

SHARE_RECORDS: Final = 16
MOST_AHEAD: Final = 32
LOOK_SECONDS: Final = 0.1
PATIENCE_SECONDS: Final = 60.0
ABSENT_SECONDS: Final = 5.0
"""So long nobody may read for the index: a restart takes less."""

POLL_SECONDS: Final = 0.5
BATCH_RECORDS: Final = 200
NOBODY: Final = "no index service reads this log"


class IndexIdleError(Exception):
    """The index service takes nothing from the log."""


async def read_through(log: EventLog, start: Mapping[int, int] | None = None) -> AsyncIterator[Record]:
    """Give the enriched records from an offset of each partition to what is the log's end now."""
    ends = await log.end_offsets(ENRICHED.name)
    reached = {partition: (start or {}).get(partition, 0) for partition in ends}
    async with log.read(ENRICHED.name, reached) as reader:
        while any(reached[partition] < end for partition, end in ends.items()):
            for record in await reader.poll(max_records=BATCH_RECORDS, timeout=POLL_SECONDS):
                reached[record.partition] = record.offset + 1
                if record.offset < ends[record.partition]:
                    yield record


def article_of(record: Record) -> str:
    """Return which article an enriched record is about, by its key; empty where it has none."""
    return (record.key or b"").decode(errors="replace")


async def attended(log: EventLog) -> None:
    """Return where the index service reads the log; raise IndexIdleError where it does not, so nothing is published."""
    deadline = time.monotonic() + ABSENT_SECONDS
    while not await log.has_members(INDEX_GROUP, (ENRICHED.name,)):
        if time.monotonic() > deadline:
            raise IndexIdleError(f"{NOBODY}, so nothing was published: is the platform running?")
        await anyio.sleep(LOOK_SECONDS)


async def publish_behind(log: EventLog, records: AsyncIterator[Record]) -> int:
    """Publish the records as they are, and return how many that were; raise IndexIdleError where nobody takes them."""
    published = 0
    share: list[Message] = []
    async for record in records:
        share.append(Message(ENRICHED.name, record.key, record.value, record.headers))
        if len(share) == SHARE_RECORDS:
            published += await _publish(log, share)
            share = []
    return published + (await _publish(log, share) if share else 0)


async def caught_up(log: EventLog) -> None:
    """Return once the index has taken all that is on the log now; raise IndexIdleError where it gets no further."""
    ends = await log.end_offsets(ENRICHED.name)
    await _until(log, lambda waiting: all(waiting.reached[partition] >= end for partition, end in ends.items()))


async def _publish(log: EventLog, share: list[Message]) -> int:
    await _until(log, lambda waiting: waiting.records <= MOST_AHEAD - SHARE_RECORDS)
    await log.publish(share)
    return len(share)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """How many records the index has before it, and up to where it has come in each partition."""

    records: int
    reached: Mapping[int, int]


async def _waiting(log: EventLog) -> _Waiting:
    ends = await log.end_offsets(ENRICHED.name)
    lag = await log.lag(INDEX_GROUP, (ENRICHED.name,))
    reached = {partition: end - lag.get(TopicPartition(ENRICHED.name, partition), 0) for partition, end in ends.items()}
    return _Waiting(sum(lag.values()), reached)


async def _until(log: EventLog, enough: Callable[[_Waiting], bool]) -> None:
    """Return once there is little enough before the index; raise IndexIdleError where it moves no more."""
    reached, since = -1, time.monotonic()
    while not enough(waiting := await _waiting(log)):
        if sum(waiting.reached.values()) > reached:
            reached, since = sum(waiting.reached.values()), time.monotonic()
        idle = time.monotonic() - since
        if idle > ABSENT_SECONDS and not await log.has_members(INDEX_GROUP, (ENRICHED.name,)):
            raise IndexIdleError(f"{NOBODY}, and {waiting.records:,} records wait for it: is the platform running?")
        if idle > PATIENCE_SECONDS:
            raise IndexIdleError(f"the index takes none of {waiting.records:,} records: what does its /readyz say?")
        await anyio.sleep(LOOK_SECONDS)
