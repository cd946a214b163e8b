"""What every log adapter promises, proven on each: SQLite always, Kafka on a real broker."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog, Headers, Message, Reader, Record, Subscription, TopicPartition
from bantin.topics import Topic, dead_letters

Unique = Callable[[str], str]
MIB = 1024 * 1024


@pytest.fixture
async def log(log_url: str) -> AsyncIterator[EventLog]:
    async with open_log(log_url) as opened:
        yield opened


@pytest.fixture
async def topic(log: EventLog, unique: Unique) -> str:
    name = unique("news")
    await log.create_topics([Topic(name, None, partitions=3)])
    return name


async def take(source: Subscription | Reader, count: int, *, batch: int = 500) -> list[Record]:
    """Poll until `count` records are there; fail if they stay away."""
    records: list[Record] = []
    async with asyncio.timeout(60):
        while len(records) < count:
            records += await source.poll(max_records=batch, timeout=1)
    assert len(records) == count
    return records


def ends(records: list[Record]) -> dict[TopicPartition, int]:
    """Return the offsets that commit all of the records."""
    return {record.topic_partition: record.offset + 1 for record in records}


def numbered(topic: str, count: int) -> list[Message]:
    return [Message(topic, f"article-{number % 5}".encode(), str(number).encode()) for number in range(count)]


async def test_two_groups_each_see_every_message(log: EventLog, topic: str, unique: Unique) -> None:
    await log.publish(numbered(topic, 20))
    for group in (unique("extract"), unique("archive")):
        async with log.subscribe(group, [topic]) as subscription:
            records = await take(subscription, 20)
            assert {record.value for record in records} == {str(number).encode() for number in range(20)}


async def test_records_of_one_key_keep_their_order(log: EventLog, topic: str, unique: Unique) -> None:
    for part in range(4):
        await log.publish(
            [Message(topic, m.key, b"%d" % (int(m.value or b"") + part * 25)) for m in numbered(topic, 25)]
        )
    async with log.subscribe(unique("group"), [topic]) as subscription:
        records = await take(subscription, 100, batch=7)
    for key in {record.key for record in records}:
        values = [int(record.value or b"") for record in records if record.key == key]
        assert values == sorted(values)
    assert len({record.topic_partition for record in records if record.key == b"article-1"}) == 1


async def test_a_batch_holds_no_more_than_asked(log: EventLog, topic: str, unique: Unique) -> None:
    await log.publish(numbered(topic, 30))
    async with log.subscribe(unique("group"), [topic]) as subscription:
        for _ in range(3):
            assert 1 <= len(await subscription.poll(max_records=4, timeout=10)) <= 4


async def test_committed_records_are_not_delivered_again_uncommitted_ones_are(
    log: EventLog, topic: str, unique: Unique
) -> None:
    group = unique("group")
    await log.publish(numbered(topic, 30))
    async with log.subscribe(group, [topic]) as subscription:
        first = await take(subscription, 10, batch=10)
        await subscription.commit(ends(first))
        await take(subscription, 20)  # delivered, not committed
    async with log.subscribe(group, [topic]) as subscription:
        again = await take(subscription, 20)
    assert {(r.partition, r.offset) for r in first}.isdisjoint((r.partition, r.offset) for r in again)
    assert sorted(int(record.value or b"") for record in first + again) == list(range(30))


async def test_another_log_object_goes_on_where_the_group_stopped(
    log: EventLog, log_url: str, topic: str, unique: Unique
) -> None:
    group = unique("group")
    await log.publish(numbered(topic, 5))
    async with log.subscribe(group, [topic]) as subscription:
        await subscription.commit(ends(await take(subscription, 5)))
    async with open_log(log_url) as later:
        await later.publish([Message(topic, b"k", b"new")])
        async with later.subscribe(group, [topic]) as subscription:
            assert [record.value for record in await take(subscription, 1)] == [b"new"]


async def test_a_poll_returns_nothing_when_its_time_is_up_and_wakes_for_news(
    log: EventLog, topic: str, unique: Unique
) -> None:
    async with log.subscribe(unique("group"), [topic]) as subscription:
        assert await subscription.poll(max_records=1, timeout=0.3) == []
        waiting = asyncio.create_task(take(subscription, 1))
        await asyncio.sleep(0.2)
        await log.publish([Message(topic, b"k", b"news")])
        assert [record.value for record in await waiting] == [b"news"]


async def test_a_reader_without_group_starts_anywhere_and_follows(log: EventLog, topic: str) -> None:
    await log.publish([Message(topic, b"one key", str(number).encode()) for number in range(10)])
    async with log.read(topic, {}) as reader:
        records = await take(reader, 10)
    assert [record.value for record in records] == [str(number).encode() for number in range(10)]
    place = records[0].partition
    async with log.read(topic, {place: records[6].offset}) as reader:
        assert [record.value for record in await take(reader, 4)] == [b"6", b"7", b"8", b"9"]
        await log.publish([Message(topic, b"one key", b"10")])
        assert [record.value for record in await take(reader, 1)] == [b"10"]


async def test_a_reader_may_leave_before_it_has_read_anything(log: EventLog, topic: str) -> None:
    for _ in range(3):
        async with log.read(topic, {}):
            pass


async def test_a_group_has_members_while_somebody_reads_in_it(log: EventLog, topic: str, unique: Unique) -> None:
    group = unique("index")
    assert not await log.has_members(group, [topic])
    await log.publish(numbered(topic, 1))
    async with log.subscribe(group, [topic]) as subscription:
        await take(subscription, 1)
        assert await log.has_members(group, [topic])
        assert not await log.has_members(unique("others"), [topic])
        await log.publish(numbered(topic, 1))
        await take(subscription, 1)  # being asked about takes nothing from a member
    async with asyncio.timeout(30):
        while await log.has_members(group, [topic]):
            await asyncio.sleep(0.1)


async def test_lag_counts_what_is_not_committed(log: EventLog, topic: str, unique: Unique) -> None:
    group = unique("group")
    await log.publish(numbered(topic, 12))
    assert sum((await log.lag(group, [topic])).values()) == 12
    async with log.subscribe(group, [topic]) as subscription:
        first = await take(subscription, 5, batch=5)
        await subscription.commit(ends(first))
        assert sum((await log.lag(group, [topic])).values()) == 7
        await subscription.commit(ends(await take(subscription, 7)))
    assert set((await log.lag(group, [topic])).values()) == {0}


async def test_end_offsets_name_the_next_record(log: EventLog, topic: str) -> None:
    assert set((await log.end_offsets(topic)).values()) == {0}
    await log.publish(numbered(topic, 9))
    before = await log.end_offsets(topic)
    assert sum(before.values()) == 9
    async with log.read(topic, before) as reader:
        await log.publish([Message(topic, b"k", b"next")])
        (record,) = await take(reader, 1)
    assert record.offset == before[record.partition]


async def test_creating_topics_again_changes_nothing(log: EventLog, topic: str) -> None:
    await log.publish(numbered(topic, 3))
    await log.create_topics([Topic(topic, None, partitions=3), Topic(topic + ".more", None, compacted=True)])
    assert sum((await log.end_offsets(topic)).values()) == 3
    assert sum((await log.end_offsets(topic + ".more")).values()) == 0


async def test_one_publish_reaches_several_topics(log: EventLog, topic: str, unique: Unique) -> None:
    other = unique("receipts")
    await log.create_topics([Topic(other, None)])
    await log.publish([Message(topic, b"k", b"raw"), Message(other, b"k", b"receipt")])
    async with log.subscribe(unique("group"), [topic, other]) as subscription:
        records = await take(subscription, 2)
    assert {(record.topic, record.value) for record in records} == {(topic, b"raw"), (other, b"receipt")}


async def test_a_dead_letter_keeps_every_byte_of_the_failed_record(log: EventLog, topic: str, unique: Unique) -> None:
    dead = dead_letters(Topic(topic, None), unique("extract"))
    await log.create_topics([dead])
    await log.publish([Message(topic, b"\xff", b"\x00\xfe", (("ce_type", b"\xff"),))])
    async with log.read(topic, {}) as reader:
        (failed,) = await take(reader, 1)
    await log.publish([Message(dead.name, failed.key, failed.value, (*failed.headers, ("reason", b"undecodable")))])
    async with log.subscribe(unique("receipts"), [dead.name]) as subscription:
        (letter,) = await take(subscription, 1)
    assert (letter.key, letter.value) == (b"\xff", b"\x00\xfe")
    assert letter.headers == (("ce_type", b"\xff"), ("reason", b"undecodable"))


async def test_an_undecodable_record_passes_between_good_ones(log: EventLog, topic: str, unique: Unique) -> None:
    values = [b'{"good": 1}', b"\xff\xfe not json, not utf-8 \x00", b'{"good": 2}']
    await log.publish([Message(topic, b"k", value, (("ce_id", b"\x80"),)) for value in values])
    async with log.subscribe(unique("group"), [topic]) as subscription:
        assert [record.value for record in await take(subscription, 3)] == values


any_bytes = st.one_of(st.none(), st.binary(max_size=40))
any_headers = st.lists(st.tuples(st.text("abc_-é", max_size=5), any_bytes), max_size=5).map(tuple)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=any_bytes, value=any_bytes, headers=any_headers)
def test_any_bytes_come_back_as_they_were(
    log_url: str, any_bytes_topic: str, key: bytes | None, value: bytes | None, headers: Headers
) -> None:
    """Null, empty, repeated and non-UTF-8 ones, with and without key and value."""

    async def there_and_back() -> Record:
        async with open_log(log_url) as log:
            ends_before = await log.end_offsets(any_bytes_topic)
            await log.publish([Message(any_bytes_topic, key, value, headers)])
            async with log.read(any_bytes_topic, ends_before) as reader:
                (record,) = await take(reader, 1)
                return record

    record = asyncio.run(there_and_back())
    assert (record.key, record.value, record.headers) == (key, value, headers)


@pytest.fixture
def any_bytes_topic(log_url: str, unique: Unique) -> str:
    name = unique("bytes")

    async def create() -> None:
        async with open_log(log_url) as log:
            await log.create_topics([Topic(name, None, partitions=1)])

    asyncio.run(create())
    return name


async def test_large_files_pass_and_never_pile_up_in_one_batch(log: EventLog, topic: str, unique: Unique) -> None:
    sizes = [10 * MIB + 1, 50 * MIB, 9 * MIB, 1, 9 * MIB]
    await log.publish(
        [Message(topic, b"k", size.to_bytes(4, "big") * (size // 4) + b"." * (size % 4)) for size in sizes]
    )
    seen: list[int] = []
    async with log.subscribe(unique("group"), [topic]) as subscription:
        while len(seen) < len(sizes):
            batch = [len(record.value or b"") for record in await subscription.poll(max_records=100, timeout=10)]
            assert sum(batch) <= 16 * MIB or len(batch) == 1
            seen += batch
    assert seen == sizes


async def test_a_paused_member_gets_nothing_and_then_everything(log: EventLog, topic: str, unique: Unique) -> None:
    await log.publish(numbered(topic, 10))
    async with log.subscribe(unique("group"), [topic]) as subscription:
        first = await take(subscription, 3, batch=3)
        subscription.pause()
        assert await subscription.poll(max_records=10, timeout=0.5) == []
        await log.publish([Message(topic, b"article-1", b"10")])
        assert await subscription.poll(max_records=10, timeout=0.5) == []
        subscription.resume()
        rest = await take(subscription, 8)
        await subscription.commit(ends(first + rest))
    assert sorted(int(record.value or b"") for record in first + rest) == list(range(11))


async def test_concurrent_publishers_lose_nothing(log: EventLog, log_url: str, topic: str) -> None:
    async with open_log(log_url) as other:
        await asyncio.gather(
            *(
                (log, other)[number % 2].publish([Message(topic, b"%d" % (number % 9), b"%d" % number)])
                for number in range(300)
            )
        )
    async with log.read(topic, {}) as reader:
        records = await take(reader, 300)
    assert sorted(int(record.value or b"") for record in records) == list(range(300))


async def test_ready_returns_where_the_log_answers(log: EventLog) -> None:
    await log.ready()
