"""While the index is rebuilt, again and again, no answer is wrong: nothing told of is missing, nothing is stale.

The service is at work all the while, taking in new articles, newer captures and repeats; every answer is compared with
what the log had told before the question was asked.
"""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import uuid4

import anyio
import pytest

from bantin.envelope import decode, encode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.events import ArticleIndexed
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from bantin.topics import ALL_TOPICS, INDEXED
from bantin_index import app
from bantin_index.rebuilds import Rebuilds
from bantin_index.settings import IndexSettings
from tests.index.captures import make_event

BEFORE = 40
MEANWHILE = 80
REBUILDS = 2


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> IndexSettings:
    if request.param == "embedded":
        return IndexSettings(data=tmp_path)
    url = f"{request.getfixturevalue('elasticsearch_url')}/test-{uuid4().hex[:12]}"
    return IndexSettings(data=tmp_path, search_url=url)


@pytest.fixture
async def log(settings: IndexSettings) -> AsyncGenerator[EventLog]:
    async with open_log(settings.log_url) as opened:
        await opened.create_topics(ALL_TOPICS)
        yield opened


@pytest.fixture
async def engine(settings: IndexSettings) -> AsyncGenerator[SearchEngine]:
    async with open_engine(settings.search_url) as opened:
        yield opened


class World:
    """What was sent, and what the log has told of it: of each article the newest capture, by its minute."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._minutes: dict[str, tuple[str, int]] = {}
        self.told: dict[str, int] = {}
        self.settled: set[str] = set()
        self.answers = 0

    async def send(self, article: int, minute: int) -> None:
        receipt = f"r{article}-{minute}"
        self._minutes[receipt] = (f"a{article}", minute)
        text = f"bài {article} lúc {minute}"
        with anyio.CancelScope(shield=True):  # what is noted as sent is sent
            await self._log.publish([encode(make_event(receipt, minute, text, f"a{article}"), source="/test")])

    async def send_on(self) -> None:
        """Send new articles, newer captures of old ones, and repeats."""
        for number in range(BEFORE, BEFORE + MEANWHILE):
            await self.send(number, 0)
            await self.send(number % BEFORE, number)
            await self.send(number % BEFORE, 0)
            await asyncio.sleep(0.05)

    async def listen(self) -> None:
        """Read what the service tells, until cancelled."""
        async with self._log.read(INDEXED.name, {}) as reader:
            while True:
                for record in await reader.poll(max_records=100, timeout=0.05):
                    receipt = decode(record, ArticleIndexed).receipt_id
                    article, minute = self._minutes[receipt]
                    self.told[article] = max(minute, self.told.get(article, 0))
                    self.settled.add(receipt)  # which may be told again

    async def settle(self) -> None:
        with anyio.fail_after(60):
            while len(self.settled) < len(self._minutes):
                await asyncio.sleep(0.02)

    async def ask_on(self, engine: SearchEngine) -> None:
        """Ask for everything, over and over, and compare."""
        while True:
            told = dict(self.told)
            total = (await engine.search(Query(collapse=False))).total
            assert len(told) <= total <= len(set(self._minutes.values()))
            held = {article.article_id: article async for batch in engine.export(Query()) for article in batch}
            for article_id, minute in told.items():
                assert article_id in held, f"{article_id} is missing"
                assert int(held[article_id].title.rpartition(" ")[2]) >= minute, f"{article_id} is stale"
            self.answers += 1


@pytest.mark.timeout(300)
async def test_no_answer_is_wrong_while_the_index_is_rebuilt(settings, log, engine) -> None:
    world, stop = World(log), anyio.Event()
    for number in range(BEFORE):
        await world.send(number, 0)
    async with anyio.create_task_group() as service:
        for task in app.build(settings, log, engine).tasks:
            service.start_soon(task, stop)
        async with anyio.create_task_group() as load:
            load.start_soon(world.listen)
            await world.settle()
            async with anyio.create_task_group() as sending:
                sending.start_soon(world.send_on)
                sending.start_soon(world.ask_on, engine)
                rebuilds = Rebuilds(log, engine, settings.search_system)
                for _ in range(REBUILDS):
                    answers = world.answers
                    assert (await rebuilds.run()).state == "done"
                    with anyio.fail_after(60):
                        while world.answers < answers + 2:
                            await asyncio.sleep(0.02)
                sending.cancel_scope.cancel()
            await world.settle()
            load.cancel_scope.cancel()
        stop.set()
    held = await engine.get(list(world.told))
    assert {key: int(value.article.title.rpartition(" ")[2]) for key, value in held.items()} == world.told
