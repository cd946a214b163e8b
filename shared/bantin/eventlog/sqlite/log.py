"""The embedded adapter of the log port: opens the file and hands out subscriptions and readers."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Self

from filelock import FileLock

from bantin.eventlog.port import LogUnavailableError, Message, Reader, Subscription, TopicPartition
from bantin.eventlog.sqlite import tables
from bantin.eventlog.sqlite.connection import ConnectionThread
from bantin.eventlog.sqlite.groupcommit import GroupCommit
from bantin.eventlog.sqlite.membership import Membership
from bantin.eventlog.sqlite.subscription import SqliteReader, SqliteSubscription
from bantin.eventlog.sqlite.wakeup import Wakeup
from bantin.folders import make_private
from bantin.topics import Topic

PARTITION = 0


class SqliteLog:
    """Implements `bantin.eventlog.port.EventLog` on one file; make it with `open`."""

    system = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = GroupCommit(path)
        self._thread = ConnectionThread(path, "log-questions")
        self._wakeup = Wakeup()
        self._watcher = asyncio.create_task(self._wakeup.watch(path), name="log-watcher")

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the log file, made if missing; raise LogUnavailableError where that can't be done."""
        await asyncio.to_thread(_prepare, path)
        return cls(path)

    async def create_topics(self, topics: Sequence[Topic]) -> None:
        """Create the topics that do not exist yet."""
        names = [topic.name for topic in topics]
        await self._writer.run(lambda connection: tables.create_topics(connection, names))

    async def publish(self, messages: Sequence[Message]) -> None:
        """Append all messages in one transaction; after an error none of them is there."""
        rows = tables.rows_of(messages)
        await self._writer.run(lambda connection: tables.append(connection, rows))
        self._wakeup.notify()

    @asynccontextmanager
    async def subscribe(self, group: str, topics: Sequence[str]) -> AsyncGenerator[Subscription]:
        """Join `group`; while another member is given a topic, this one stands by for it."""
        thread = ConnectionThread(self._path, f"log-{group}")
        membership = Membership(self._path, group, topics)
        try:
            yield SqliteSubscription(group, membership, thread, self._writer, self._wakeup)
        finally:
            await thread.close()
            membership.leave()

    @asynccontextmanager
    async def read(self, topic: str, start: Mapping[int, int]) -> AsyncGenerator[Reader]:
        """Read a topic from the offset `start[0]`, or from its beginning."""
        thread = ConnectionThread(self._path, f"log-{topic}")
        try:
            yield SqliteReader(topic, start.get(PARTITION, 0), thread, self._wakeup)
        finally:
            await thread.close()

    async def end_offsets(self, topic: str) -> dict[int, int]:
        """Return the offset of the topic's next record; raise LogRefusedError if there is no such topic."""
        return {PARTITION: await self._thread.run(tables.end_offset, topic)}

    async def lag(self, group: str, topics: Sequence[str]) -> dict[TopicPartition, int]:
        """Return how many records of each topic the group has not committed."""
        return await self._thread.run(partial(_lag, group=group, topics=topics))

    async def has_members(self, group: str, topics: Sequence[str]) -> bool:
        """Return whether a member of the group is given one of the topics."""
        return await asyncio.to_thread(Membership(self._path, group, topics).has_others)

    async def ready(self) -> None:
        """Return if the file can be written; raise LogUnavailableError if not."""
        await self._writer.run(_write_nothing)

    async def close(self) -> None:
        """Finish writes that wait and close the file."""
        self._watcher.cancel()
        with suppress(asyncio.CancelledError):
            await self._watcher
        await self._writer.close()
        await self._thread.close()


def _prepare(path: Path) -> None:
    """Make folder and tables, one process at a time: switching to WAL waits for nobody."""
    try:
        make_private(path.parent)
        with FileLock(path.with_name(path.name + ".opening"), timeout=60):
            connection = sqlite3.connect(path)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                tables.create_tables(connection)
            finally:
                connection.close()
    except (sqlite3.Error, OSError) as error:
        raise LogUnavailableError(f"the log file {path} can't be opened: {error}") from error


def _write_nothing(connection: sqlite3.Connection) -> None:
    """Change no row, but take the write lock and a page: a file that can't be written fails here."""
    connection.execute("UPDATE topics SET next_offset = next_offset WHERE id = (SELECT min(id) FROM topics)")


def _lag(connection: sqlite3.Connection, group: str, topics: Sequence[str]) -> dict[TopicPartition, int]:
    return {
        TopicPartition(topic, PARTITION): tables.end_offset(connection, topic)
        - tables.committed(connection, group, topic)
        for topic in topics
    }
