"""What only a cluster can do to us: a broker that crashes, a group that is reshuffled, rights that are missing."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import LogRefusedError, LogUnavailableError, Message, Record, Subscription
from bantin.topics import Topic
from tests.engines.kafka import KafkaServer, kafka_server
from tests.engines.process import free_ports

pytestmark = pytest.mark.kafka

Unique = Callable[[str], str]


def numbered(topic: str, numbers: range) -> list[Message]:
    return [Message(topic, b"%d" % (number % 11), b"%d" % number) for number in numbers]


def values(records: list[Record]) -> set[int]:
    return {int(record.value or b"") for record in records}


async def work(member: Subscription, done: list[Record], stopped: asyncio.Event) -> None:
    """Poll and commit until stopped; go on when the log is away for a while."""
    while not stopped.is_set():
        with suppress(LogUnavailableError):
            records = await member.poll(max_records=3, timeout=0.2)
            done += records
            await member.commit({record.topic_partition: record.offset + 1 for record in records})


async def until(true: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.05)


async def test_a_broker_that_crashes_loses_nothing_acknowledged_and_everybody_goes_on(own_kafka: KafkaServer) -> None:
    url, topic, done, stopped = f"kafka://{own_kafka.address}", "news", list[Record](), asyncio.Event()
    async with open_log(url) as log:
        await log.create_topics([Topic(topic, None, partitions=2)])
        await log.publish(numbered(topic, range(50)))
        async with log.subscribe("group", [topic]) as member:
            worker = asyncio.create_task(work(member, done, stopped))
            await until(lambda: len(values(done)) >= 20)
            await asyncio.to_thread(own_kafka.kill)
            during = asyncio.create_task(log.publish(numbered(topic, range(50, 60))))
            with pytest.raises(LogUnavailableError):
                await log.ready()
            await asyncio.to_thread(own_kafka.start)
            await asyncio.wait([during])
            if during.exception() is not None:  # it may give up: then it is for the caller to publish again
                await log.publish(numbered(topic, range(50, 60)))
            await log.publish(numbered(topic, range(60, 100)))
            await until(lambda: values(done) >= set(range(100)))
            stopped.set()
            await worker
        assert sum((await log.lag("group", [topic])).values()) == 0


async def test_members_share_the_work_and_a_reshuffle_loses_nothing(kafka_url: str, unique: Unique) -> None:
    topic, group = unique("shared"), unique("group")
    first, second = list[Record](), list[Record]()
    async with open_log(kafka_url) as log, open_log(kafka_url) as elsewhere:
        await log.create_topics([Topic(topic, None, partitions=6)])
        await log.publish(numbered(topic, range(100)))
        stopped, all_stopped = asyncio.Event(), asyncio.Event()
        async with elsewhere.subscribe(group, [topic]) as remaining:
            async with log.subscribe(group, [topic]) as leaving:
                workers = [
                    asyncio.create_task(work(leaving, first, stopped)),
                    asyncio.create_task(work(remaining, second, all_stopped)),
                ]
                start = 100
                while not (first and second):
                    await log.publish(numbered(topic, range(start, start + 50)))
                    start += 50
                    await asyncio.sleep(0.2)
                stopped.set()
                await workers[0]
            await log.publish(numbered(topic, range(start, start + 100)))
            await until(lambda: values(first + second) == set(range(start + 100)))
            all_stopped.set()
            await workers[1]
        assert set((await log.lag(group, [topic])).values()) == {0}


async def test_what_a_member_did_not_commit_in_time_comes_to_the_next_owner(kafka_url: str, unique: Unique) -> None:
    topic, group, done, stopped = unique("moved"), unique("group"), list[Record](), asyncio.Event()
    async with open_log(kafka_url) as log, open_log(kafka_url) as elsewhere:
        await log.create_topics([Topic(topic, None, partitions=2)])
        await log.publish(numbered(topic, range(40)))
        async with log.subscribe(group, [topic]) as slow:
            taken: list[Record] = []
            async with asyncio.timeout(60):
                while len(taken) < 40:
                    taken += await slow.poll(max_records=40, timeout=1)
            async with elsewhere.subscribe(group, [topic]) as quick:
                worker = asyncio.create_task(work(quick, done, stopped))
                await until(lambda: bool(done))
                await slow.commit({record.topic_partition: record.offset + 1 for record in taken})
                async with asyncio.timeout(60):
                    while sum((await log.lag(group, [topic])).values()):
                        await asyncio.sleep(0.2)
                stopped.set()
                await worker
    moved = {record.partition for record in done}
    assert len(moved) == 1, "each of two members has one of two partitions"
    assert values(done) == {int(record.value or b"") for record in taken if record.partition in moved}


async def test_a_member_that_pauses_longer_than_its_session_stays_a_member(kafka_url: str, unique: Unique) -> None:
    topic, group = unique("paused"), unique("group")
    async with open_log(kafka_url) as log:
        await log.create_topics([Topic(topic, None, partitions=1)])
        await log.publish(numbered(topic, range(10)))
        async with log.subscribe(group, [topic]) as member:
            async with asyncio.timeout(30):
                while not (first := await member.poll(max_records=1, timeout=1)):
                    pass
            member.pause()
            for _ in range(12):
                assert await member.poll(max_records=10, timeout=1) == []
            await member.commit({record.topic_partition: record.offset + 1 for record in first})
            member.resume()
            rest = await member.poll(max_records=100, timeout=10)
            assert [record.value for record in rest] == [b"%d" % number for number in range(1, 10)]
            assert sum((await log.lag(group, [topic])).values()) == 9


async def test_a_cluster_that_is_away_is_unavailable_and_does_not_hang() -> None:
    (port,) = free_ports(1)
    async with open_log(f"kafka://127.0.0.1:{port}") as log:
        async with asyncio.timeout(60):
            with pytest.raises(LogUnavailableError):
                await log.publish([Message("news", b"k", b"v")])
            with pytest.raises(LogUnavailableError):
                async with log.subscribe("group", ["news"]):
                    pass


async def test_only_the_right_password_gets_in_and_only_to_the_broker_we_trust() -> None:
    message = Message("news", b"k", b"v")
    with kafka_server(password="right") as server:
        trusting = f"{server.address}?ca={server.certificate}"
        async with open_log(f"kafka://bantin:right@{trusting}") as log:
            await log.create_topics([Topic("news", None, partitions=1)])
            await log.publish([message])
            async with log.subscribe("group", ["news"]) as member:
                assert [record.value for record in await member.poll(max_records=9, timeout=20)] == [b"v"]
        for mechanism in ("PLAIN", "SCRAM-SHA-256"):
            async with open_log(f"kafka://bantin:right@{trusting}&mechanism={mechanism}") as log:
                await log.publish([message])
        async with open_log(f"kafka://bantin:wrong@{trusting}") as log:
            for refused in (log.publish([message]), log.ready(), log.create_topics([Topic("more", None)])):
                with pytest.raises(LogRefusedError, match="user and password") as caught:
                    await refused
                assert "wrong" not in str(caught.value)
            with pytest.raises(LogRefusedError):
                async with log.subscribe("group", ["news"]):
                    pass
        async with open_log(f"kafka://bantin:right@{server.address}") as log:
            with pytest.raises(LogRefusedError, match="certificate"):
                await log.publish([message])
