"""Proves the service as it runs: enriched articles on the log end up in the engine, and are told of on the log."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest

from bantin.envelope import decode, encode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.events import ArticleIndexed
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from bantin.topics import ALL_TOPICS, ENRICHED, INDEX_GROUP, INDEXED
from bantin_index import app
from bantin_index.settings import IndexSettings


@pytest.fixture
def settings(tmp_path: Path) -> IndexSettings:
    return IndexSettings(data=tmp_path)


@pytest.fixture
async def log(settings: IndexSettings) -> AsyncGenerator[EventLog]:
    async with open_log(settings.log_url) as opened:
        await opened.create_topics(ALL_TOPICS)
        yield opened


@pytest.fixture
async def engine(settings: IndexSettings) -> AsyncGenerator[SearchEngine]:
    async with open_engine(settings.search_url) as opened:
        yield opened


@asynccontextmanager
async def at_work(service) -> AsyncGenerator[None]:
    """Run the service's tasks; let them end what they have in hand at the end."""
    stop = anyio.Event()
    tasks = [asyncio.create_task(task(stop)) for task in service.tasks]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def told(log: EventLog, count: int) -> Sequence[ArticleIndexed]:
    """The first `count` decisions on the log."""
    events: list[ArticleIndexed] = []
    with anyio.fail_after(30):
        async with log.read(INDEXED.name, {}) as reader:
            while len(events) < count:
                records = await reader.poll(max_records=10, timeout=0.2)
                events += [decode(record, ArticleIndexed) for record in records]
    return events


async def test_an_enriched_article_is_found_once_it_is_told(settings, log, engine, event) -> None:
    await log.publish([encode(event("r1", 0, "bản tin"), source="/test")])
    service = app.build(settings, log, engine)
    async with at_work(service):
        (first,) = await told(log, 1)
        assert (first.receipt_id, first.outcome) == ("r1", "indexed")
        assert (await engine.search(Query(text="ban tin"))).total == 1
        for check in service.checks.values():
            await check()
        await log.publish([encode(event("r2", 0, "bản tin"), source="/test")])
        second = (await told(log, 2))[1]
    assert (second.receipt_id, second.outcome) == ("r2", "duplicate")
    assert sum((await log.lag(INDEX_GROUP, [ENRICHED.name])).values()) == 0


async def test_the_service_alone_starts_on_an_empty_folder(settings, event) -> None:
    async with app.services(settings) as services, open_log(settings.log_url) as log, at_work(*services):
        await log.publish([encode(event("r1", 0, "bản tin"), source="/test")])
        assert [decision.outcome for decision in await told(log, 1)] == ["indexed"]


async def test_a_second_run_of_the_service_tells_the_same(settings, log, engine, event) -> None:
    batch = [encode(event("r1", 0, "a"), source="/test"), encode(event("r2", 0, "a"), source="/test")]
    for _ in range(2):
        await log.publish(batch)
    async with at_work(app.build(settings, log, engine)):
        decisions = await told(log, 4)
    assert {(decision.receipt_id, decision.outcome) for decision in decisions} == {
        ("r1", "indexed"),
        ("r2", "duplicate"),
    }


@pytest.mark.parametrize(
    ("url", "system"),
    [
        ("", "tantivy"),
        ("tantivy:///x", "tantivy"),
        ("https://es:9200", "elasticsearch"),
        ("http://es", "elasticsearch"),
    ],
)
def test_spans_name_the_engine_of_the_url(url, system) -> None:
    assert IndexSettings(search_url=url).search_system == system
