"""A group's member, and a reader outside any group."""

import sqlite3
from collections.abc import Mapping
from math import inf

import structlog

from bantin.eventlog.port import Record, TopicPartition
from bantin.eventlog.sqlite import tables
from bantin.eventlog.sqlite.connection import ConnectionThread
from bantin.eventlog.sqlite.groupcommit import GroupCommit
from bantin.eventlog.sqlite.membership import Membership
from bantin.eventlog.sqlite.polling import Positions, poll_until
from bantin.eventlog.sqlite.wakeup import Wakeup

STANDBY_SECONDS = 0.5
"""How often a member that stands by asks whether it may take over."""

logger = structlog.get_logger(__name__)


class SqliteSubscription:
    """Implements `bantin.eventlog.port.Subscription`."""

    def __init__(
        self, group: str, membership: Membership, thread: ConnectionThread, writer: GroupCommit, wakeup: Wakeup
    ) -> None:
        self._group = group
        self._membership = membership
        self._thread = thread
        self._writer = writer
        self._wakeup = wakeup
        self._positions = Positions()
        self._paused = False

    async def poll(self, *, max_records: int, timeout: float) -> list[Record]:  # noqa: ASYNC109  the port's
        """Return the next records of the topics that this member is given."""
        return await poll_until(self, self._wakeup, max_records, timeout)

    async def fetch(self, max_records: int) -> list[Record]:
        """Return what is there now; nothing while paused."""
        return [] if self._paused else await self._thread.run(self._fetch, max_records)

    def longest_wait(self) -> float:
        """Ask for the place of another member, which no change of the file announces."""
        return STANDBY_SECONDS if self._membership.stands_by else inf

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Commit where this member holds the topic; leave the others out."""
        mine = {place.topic: offset for place, offset in offsets.items() if self._membership.owns(place.topic)}
        if len(mine) < len(offsets):
            logger.info("commit left out topics that another member reads now", group=self._group)
        if mine:
            await self._writer.run(lambda connection: tables.commit(connection, self._group, mine))

    def pause(self) -> None:
        """Deliver nothing until `resume`."""
        self._paused = True

    def resume(self) -> None:
        """Deliver again, at once to a poll that waits."""
        self._paused = False
        self._wakeup.notify()

    def _fetch(self, connection: sqlite3.Connection, max_records: int) -> list[Record]:
        if self._membership.stands_by:
            for topic in self._membership.claim():
                self._positions.set(topic, tables.committed(connection, self._group, topic))
        return self._positions.take(connection, max_records)


class SqliteReader:
    """Implements `bantin.eventlog.port.Reader`."""

    def __init__(self, topic: str, start: int, thread: ConnectionThread, wakeup: Wakeup) -> None:
        self._positions = Positions()
        self._positions.set(topic, start)
        self._thread = thread
        self._wakeup = wakeup

    async def poll(self, *, max_records: int, timeout: float) -> list[Record]:  # noqa: ASYNC109  the port's
        """Return the topic's next records."""
        return await poll_until(self, self._wakeup, max_records, timeout)

    async def fetch(self, max_records: int) -> list[Record]:
        """Return what is there now."""
        return await self._thread.run(self._positions.take, max_records)

    def longest_wait(self) -> float:
        """Wait for the change alone."""
        return inf
