"""What the embedded log promises beyond the common suite: one file, several processes, honest errors."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import LogRefusedError, LogUnavailableError, Message, Record, Subscription
from bantin.eventlog.sqlite import connection, groupcommit
from bantin.topics import Topic

NEWS = Topic("news", None)
OTHER = Topic("other", None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


def news(*values: bytes) -> list[Message]:
    return [Message(NEWS.name, b"k", value) for value in values]


async def only(subscription: Subscription) -> list[bytes | None]:
    return [record.value for record in await subscription.poll(max_records=10, timeout=5)]


async def test_of_two_members_one_stands_by_and_takes_over(url: str) -> None:
    async with open_log(url) as log, open_log(url) as elsewhere:
        await log.create_topics([NEWS])
        async with elsewhere.subscribe("g", [NEWS.name]) as second:
            async with log.subscribe("g", [NEWS.name]) as first:
                await log.publish(news(b"1", b"2"))
                records = await first.poll(max_records=1, timeout=5)
                assert await second.poll(max_records=10, timeout=0.3) == []
                await first.commit({record.topic_partition: record.offset + 1 for record in records})
            assert await only(second) == [b"2"]


async def test_a_member_can_not_commit_for_another(url: str) -> None:
    async with open_log(url) as log:
        await log.create_topics([NEWS])
        await log.publish(news(b"1", b"2"))
        async with log.subscribe("g", [NEWS.name]) as first, log.subscribe("g", [NEWS.name]) as second:
            (record, _) = await first.poll(max_records=10, timeout=5)
            await second.commit({record.topic_partition: 2})
        assert list((await log.lag("g", [NEWS.name])).values()) == [2]


async def test_another_connection_is_seen_soon(url: str) -> None:
    """As another process would be: nothing but the file tells of it."""
    async with open_log(url) as log, open_log(url) as elsewhere:
        await log.create_topics([NEWS])
        async with log.subscribe("g", [NEWS.name]) as subscription:
            waiting = asyncio.create_task(only(subscription))
            await asyncio.sleep(0.3)
            await elsewhere.publish(news(b"1"))
            assert await waiting == [b"1"]


async def test_publishing_to_several_topics_is_all_or_nothing(url: str) -> None:
    async with open_log(url) as log:
        await log.create_topics([NEWS, OTHER])
        with pytest.raises(LogRefusedError, match="'missing' does not exist"):
            await log.publish([*news(b"1"), Message(OTHER.name, b"k", b"2"), Message("missing", b"k", b"3")])
        assert (await log.end_offsets(NEWS.name), await log.end_offsets(OTHER.name)) == ({0: 0}, {0: 0})


async def test_a_refused_publish_does_not_harm_those_beside_it(url: str) -> None:
    async with open_log(url) as log:
        await log.create_topics([NEWS])
        wrong = Message("missing", b"k", b"v")
        results = await asyncio.gather(
            *(log.publish([wrong] if number % 3 == 0 else news(b"%d" % number)) for number in range(30)),
            return_exceptions=True,
        )
        assert sum(isinstance(result, LogRefusedError) for result in results) == 10
        assert await log.end_offsets(NEWS.name) == {0: 20}


async def test_a_topic_with_a_backlog_does_not_hide_another(url: str) -> None:
    async with open_log(url) as log:
        await log.create_topics([NEWS, OTHER])
        await log.publish(news(*[b"old"] * 50))
        async with log.subscribe("g", [NEWS.name, OTHER.name]) as subscription:
            await subscription.poll(max_records=5, timeout=5)
            await log.publish([Message(OTHER.name, b"k", b"v")])
            seen: list[Record] = []
            for _ in range(2):
                seen += await subscription.poll(max_records=5, timeout=5)
            assert OTHER.name in {record.topic for record in seen}


async def test_a_locked_file_is_unavailable_until_it_is_free(
    url: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    async with open_log(url) as log:
        await log.create_topics([NEWS])
        intruder = sqlite3.connect(path, isolation_level=None)
        try:
            intruder.execute("BEGIN IMMEDIATE")
            with pytest.raises(LogUnavailableError, match=r"log\.db: database is locked"):
                await log.publish(news(b"1"))
            with pytest.raises(LogUnavailableError):
                await log.ready()
            intruder.execute("ROLLBACK")
        finally:
            intruder.close()
        await log.ready()
        await log.publish(news(b"1"))
        assert await log.end_offsets(NEWS.name) == {0: 1}


async def test_a_full_disk_is_unavailable_and_keeps_what_was_there(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_a_small_disk(path: Path) -> sqlite3.Connection:
        opened = connection.open_connection(path)
        opened.execute("PRAGMA max_page_count = 60")
        return opened

    monkeypatch.setattr(groupcommit, "open_connection", on_a_small_disk)
    async with open_log(url) as log:
        await log.create_topics([NEWS])
        await log.publish(news(b"small"))
        with pytest.raises(LogUnavailableError, match="disk is full"):
            await log.publish(news(b"large" * 100_000))
        await log.publish(news(b"small again"))
        async with log.read(NEWS.name, {}) as reader:
            assert [record.value for record in await reader.poll(max_records=9, timeout=1)] == [
                b"small",
                b"small again",
            ]


async def test_a_file_that_is_no_log_is_named(path: Path, url: str) -> None:
    path.write_bytes(b"this is no database" * 100)  # noqa: ASYNC240
    with pytest.raises(LogUnavailableError, match=r"log\.db can't be opened: file is not a database"):
        async with open_log(url):
            pass


async def test_a_log_of_a_newer_format_is_refused(path: Path, url: str) -> None:
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(LogRefusedError, match="format 99"):
        async with open_log(url):
            pass


async def test_waiting_costs_next_to_nothing(url: str) -> None:
    """The bound is ten times what was measured: it catches a busy loop, not a slow machine."""
    async with open_log(url) as log:
        await log.create_topics([NEWS])

        async def wait(group: str) -> None:
            async with log.subscribe(group, [NEWS.name]) as subscription:
                await subscription.poll(max_records=1, timeout=3)

        waiting = [asyncio.create_task(wait(f"g{number}")) for number in range(4)]
        await asyncio.sleep(1)
        before = time.process_time()
        await asyncio.sleep(1.5)
        assert time.process_time() - before < 0.15
        await asyncio.gather(*waiting)
