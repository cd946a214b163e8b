"""What a stage has in hand: the records that it works on, and those that are settled behind one that is not."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass

from bantin.eventlog.port import Record, TopicPartition

MAX_BYTES = 32 * 1024 * 1024
"""Of the records that wait in a hand; with one poll on top, so much of a log is in memory at most."""

MAX_UNCOMMITTED = 2_000
"""Records that come again after a crash though they were settled, because one before them was not."""


@dataclass(slots=True)
class Place:
    """Where a record lay, how many bytes it takes, and whether it is settled."""

    partition: TopicPartition
    offset: int
    size: int
    settled: bool = False


class Hand:
    """Takes records as they arrive and says up to where their partitions may be committed.

    It is full when `limit` records wait or they take MAX_BYTES: with a limit of 1, as long as any waits.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._places: defaultdict[TopicPartition, deque[Place]] = defaultdict(deque)
        self._held = 0
        self._waiting = 0
        self._bytes = 0
        self._changed = asyncio.Event()

    def take(self, record: Record) -> Place:
        """Take a record; it waits until its place is settled."""
        place = Place(record.topic_partition, record.offset, len(record.value or b""))
        self._places[place.partition].append(place)
        self._held += 1
        self._waiting += 1
        self._bytes += place.size
        return place

    def settle(self, place: Place) -> None:
        """Note that everything a record led to is durable."""
        place.settled = True
        self._waiting -= 1
        self._bytes -= place.size
        self._changed.set()

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    @property
    def full(self) -> bool:
        """Whether to take no more for now."""
        return self._waiting >= self._limit or self._bytes >= MAX_BYTES or self._held >= MAX_UNCOMMITTED

    def wake(self) -> None:
        """Wake who waits for a change."""
        self._changed.set()

    async def changes(self, seconds: float) -> bool:
        """Wait until something has changed since the last call; return False when that takes longer."""
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        self._changed.clear()
        return True

    def offsets(self) -> dict[TopicPartition, int]:
        """Return the next offset of each partition up to which all is settled, where it moved, and let go of that."""
        moved: dict[TopicPartition, int] = {}
        for partition, places in self._places.items():
            while places and places[0].settled:
                moved[partition] = places.popleft().offset + 1
                self._held -= 1
        return moved
