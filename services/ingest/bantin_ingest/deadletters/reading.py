"""Reads single records by their places on the log."""

from collections.abc import Collection

import anyio

from bantin.eventlog.port import EventLog, Record
from bantin.faults import UnavailableError
from bantin_ingest.deadletters.letters import Place

POLL_SECONDS = 0.5
POLL_RECORDS = 50
READ_SECONDS = 20.0


async def read_records(log: EventLog, places: Collection[Place]) -> dict[Place, Record]:
    """Return the records at these places; one that is not there (any more) is missing.

    Raise UnavailableError where the log does not give them in time.
    """
    found: dict[Place, Record] = {}
    with anyio.move_on_after(READ_SECONDS) as scope:
        for topic in {topic for topic, _, _ in places}:
            wanted = {(partition, offset) for name, partition, offset in places if name == topic}
            for record in await _read(log, topic, wanted):
                found[topic, record.partition, record.offset] = record
    if scope.cancelled_caught:
        raise UnavailableError(f"the log gave no dead letters within {READ_SECONDS:.0f} s")
    return found


async def _read(log: EventLog, topic: str, wanted: set[tuple[int, int]]) -> list[Record]:
    ends = await log.end_offsets(topic)
    left = {(partition, offset) for partition, offset in wanted if offset < ends.get(partition, 0)}
    if not left:
        return []
    starts = ends | {partition: min(o for p, o in left if p == partition) for partition, _ in left}
    found: list[Record] = []
    async with log.read(topic, starts) as reader:
        while left:
            for record in await reader.poll(max_records=POLL_RECORDS, timeout=POLL_SECONDS):
                if (record.partition, record.offset) in left:
                    found.append(record)
                left = {(p, o) for p, o in left if p != record.partition or o > record.offset}
    return found
