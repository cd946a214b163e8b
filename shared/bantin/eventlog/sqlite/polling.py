"""Reading on from remembered positions: what a group's member and a reader outside any group have in common."""

import asyncio
import sqlite3
from contextlib import suppress
from typing import Protocol

from bantin.eventlog.port import Record
from bantin.eventlog.sqlite import tables
from bantin.eventlog.sqlite.wakeup import Wakeup

MAX_BYTES = 16 * 1024 * 1024
"""Of one batch, so that large files never pile up in memory; a single larger record comes alone."""


class Positions:
    """The next offset to read of each topic; topics take turns, so none waits behind another's backlog."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def set(self, topic: str, offset: int) -> None:
        """Read the topic from `offset`."""
        self._next[topic] = offset

    def take(self, connection: sqlite3.Connection, max_records: int) -> list[Record]:
        """Return the next records and move past them."""
        records: list[Record] = []
        left = MAX_BYTES
        for topic, start in list(self._next.items()):
            room = max_records - len(records)
            if room <= 0 or left <= 0:
                break
            found = tables.read(connection, topic, start, max_records=room, max_bytes=left)
            if not found:
                continue
            size = sum(len(record.value or b"") for record in found)
            if records and size > left:
                break  # the one record that is larger than the room: it comes in the next batch
            left -= size
            records += found
            del self._next[topic]  # to the end of the queue
            self._next[topic] = found[-1].offset + 1
        return records


class Poller(Protocol):
    """What fetches at each change of the file."""

    async def fetch(self, max_records: int) -> list[Record]:
        """Return the next records; [] if there are none now."""
        ...

    def longest_wait(self) -> float:
        """Return after how many seconds to fetch again though the file has not changed."""
        ...


async def poll_until(poller: Poller, wakeup: Wakeup, max_records: int, seconds: float) -> list[Record]:
    """Fetch until there are records or `seconds` have passed."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        change = wakeup.next_change
        if records := await poller.fetch(max_records):
            return records
        left = deadline - loop.time()
        if left <= 0:
            return []
        with suppress(TimeoutError):
            async with asyncio.timeout(min(left, poller.longest_wait())):
                await change.wait()
