"""What only Elasticsearch has, on a real one: analyzers, aliases, points in time, and its absence."""

import asyncio
import base64
import json
import unicodedata
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from elasticsearch import AsyncElasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bantin.events import Article
from bantin.search.elastic import lease
from bantin.search.elastic.aliases import MAPPING_VERSION, IndexNames, create_unseen, hold_writes
from bantin.search.elastic.analysis import EXACT, FOLDED, FOLDED_BIGRAM, analysis
from bantin.search.elastic.engine import ElasticEngine
from bantin.search.elastic.lease import Lease
from bantin.search.port import Layout, RebuildRunningError, SearchUnavailableError, StoredArticle
from bantin.search.query import InvalidCursorError, Query
from bantin.vietnamese.syllables import exact_syllables, folded_syllables, joined_pairs
from tests.engines.elasticsearch import ElasticsearchServer, drop_indexes

pytestmark = [pytest.mark.elasticsearch, pytest.mark.timeout(400)]

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
TEXT = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "0159 .,-_/\"'’()<&\u00ad\u200dＡｂ１"), max_size=60)


def stored(number: int, title: str = "Chợ phiên vùng cao") -> StoredArticle:
    article = Article(
        article_id=f"a{number}",
        version="v",
        title=title,
        body="Bà con họp chợ.",
        original_text="",
        captured_at=datetime(2024, 1, 1, tzinfo=UTC),
        content_type="text/plain",
        bytes=1,
    )
    return StoredArticle(article, ("r",), article.article_id)


@asynccontextmanager
async def connected(url: str, name: str) -> AsyncGenerator[ElasticEngine]:
    engine = await ElasticEngine.connect(f"{url}/{name}")
    try:
        yield engine
    finally:
        await engine.close()


@asynccontextmanager
async def client_of(url: str) -> AsyncGenerator[AsyncElasticsearch]:
    async with AsyncElasticsearch(url) as client:
        yield client


@pytest.fixture
def name() -> str:
    return f"test-{uuid4().hex[:12]}"


@pytest.fixture
async def engine(elasticsearch_url: str, name: str) -> AsyncGenerator[ElasticEngine]:
    async with connected(elasticsearch_url, name) as engine:
        await engine.prepare()
        yield engine
    await drop_indexes(elasticsearch_url, name)


async def indexes(url: str, name: str) -> list[str]:
    async with client_of(url) as client:
        return list((await client.indices.get(index=f"{name}-v*")).body)


async def open_contexts(url: str) -> int:
    async with client_of(url) as client:
        stats = await client.nodes.stats(metric="indices", index_metric="search")
        return sum(node["indices"]["search"]["open_contexts"] for node in stats["nodes"].values())


async def test_analyzers_cut_and_compare_as_our_own_text_module(elasticsearch_url: str, name: str):
    async with client_of(elasticsearch_url) as client:
        await client.indices.create(index=name, settings={"analysis": analysis()})

        async def tokens(analyzer: str, text: str) -> list[str]:
            answer = await client.indices.analyze(index=name, analyzer=analyzer, text=text)
            return [token["token"] for token in answer["tokens"]]

        async def check(text: str) -> None:
            for form in (text, unicodedata.normalize("NFD", text)):
                assert await tokens(EXACT, form) == exact_syllables(form)
                assert await tokens(FOLDED, form) == folded_syllables(form)
                assert await tokens(FOLDED_BIGRAM, form) == joined_pairs(folded_syllables(form))

        loop = asyncio.get_running_loop()

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(TEXT)
        def agree(text: str) -> None:
            asyncio.run_coroutine_threadsafe(check(text), loop).result()

        await asyncio.to_thread(agree)
        await client.indices.delete(index=name)


async def test_any_number_of_processes_prepare_one_index(elasticsearch_url: str, name: str):
    async with connected(elasticsearch_url, name) as one, connected(elasticsearch_url, name) as other:
        await asyncio.gather(*(each.prepare() for each in (one, other) * 4))
        await one.ready()
    assert len(await indexes(elasticsearch_url, name)) == 1
    await drop_indexes(elasticsearch_url, name)


async def test_nothing_is_written_to_an_index_that_was_never_prepared(elasticsearch_url: str, name: str):
    async with connected(elasticsearch_url, name) as engine:
        (result,) = await engine.write([stored(1)])
        assert result.status == "retry"
        for call in (engine.get(["a1"]), engine.search(Query()), engine.ready()):
            with pytest.raises(SearchUnavailableError):
                await call
    assert await indexes(elasticsearch_url, name) == []


async def test_a_rebuild_leaves_one_index_whether_it_ends_or_fails(
    engine: ElasticEngine, elasticsearch_url: str, name: str
):
    first = await indexes(elasticsearch_url, name)
    with pytest.raises(RuntimeError, match="half way"):
        async with engine.rebuild() as index:
            await index.write([stored(1)])
            raise RuntimeError("half way")
    assert await indexes(elasticsearch_url, name) == first
    async with engine.rebuild() as index:
        await index.write([stored(1), stored(2)])
    assert len(await indexes(elasticsearch_url, name)) == 1
    assert await indexes(elasticsearch_url, name) != first
    assert (await engine.search(Query())).total == 2


async def test_a_rebuild_that_is_cancelled_drops_its_index(engine: ElasticEngine, elasticsearch_url: str, name: str):
    begun = asyncio.Event()

    async def rebuild() -> None:
        async with engine.rebuild():
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(rebuild())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(await indexes(elasticsearch_url, name)) == 1


async def test_an_index_of_an_older_mapping_is_searched_but_not_written_until_it_is_rebuilt(
    engine: ElasticEngine, elasticsearch_url: str, name: str
):
    await engine.write([stored(1)])
    (live,) = await indexes(elasticsearch_url, name)
    names = IndexNames(name)
    older = f"{name}-v{MAPPING_VERSION - 1}-0"
    async with client_of(elasticsearch_url) as client:
        await client.indices.add_block(index=live, block="write")
        await client.indices.clone(index=live, target=older, settings={"index.blocks.write": None})
        moved = [{"remove_index": {"index": live}}, {"add": {"index": older, "alias": names.read}}]
        await client.indices.update_aliases(actions=moved)
    await engine.prepare()
    layout = await engine.layout()
    assert (layout.live, layout.ours) == (MAPPING_VERSION - 1, MAPPING_VERSION)
    assert [result.status for result in await engine.write([stored(2)])] == ["retry"]
    assert (await engine.search(Query(text="cho phien"))).total == 1
    assert set(await engine.get(["a1"])) == {"a1"}
    async with engine.rebuild() as index:
        await index.write([stored(1), stored(2)])
    assert await engine.layout() == Layout(MAPPING_VERSION, MAPPING_VERSION)
    assert (await engine.search(Query(text="cho phien"))).total == 2
    assert older not in await indexes(elasticsearch_url, name)


async def test_what_a_rebuild_left_that_was_killed_is_gone_after_the_next(
    engine: ElasticEngine, elasticsearch_url: str, name: str, monkeypatch: pytest.MonkeyPatch
):
    """Killed in its last moment it leaves a lease, a half-filled index, and writes that are held."""
    names = IndexNames(name)
    (live,) = await indexes(elasticsearch_url, name)
    async with client_of(elasticsearch_url) as client:
        await Lease(client, names.lease).take()
        left = await create_unseen(client, names)
        await hold_writes(client, live)
    assert [result.status for result in await engine.write([stored(1)])] == ["retry"]
    with pytest.raises(RebuildRunningError, match=r"another rebuild is running: process \d+ on .* try again"):
        async with engine.rebuild():
            raise AssertionError("two at once")
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0)
    with pytest.raises(RuntimeError, match="half way"):
        async with engine.rebuild():
            assert left not in await indexes(elasticsearch_url, name)
            raise RuntimeError("half way")
    assert await indexes(elasticsearch_url, name) == [live]
    assert [result.status for result in await engine.write([stored(1)])] == ["written"]


async def test_pages_by_relevance_hold_a_point_in_time_until_the_last(engine: ElasticEngine, elasticsearch_url: str):
    await engine.write([stored(number) for number in range(3)])
    before = await open_contexts(elasticsearch_url)
    first = await engine.search(Query(text="chợ", size=2))
    assert await open_contexts(elasticsearch_url) == before + 1
    await engine.write([stored(number, "chợ chợ chợ") for number in range(3, 6)])
    last = await engine.search(Query(text="chợ", size=2, cursor=first.next_cursor))
    assert last.next_cursor is None
    assert sorted(hit.article.article_id for hit in (*first.hits, *last.hits)) == ["a0", "a1", "a2"]
    assert await open_contexts(elasticsearch_url) == before
    with pytest.raises(InvalidCursorError, match="expired"):
        await engine.search(Query(text="chợ", size=2, cursor=first.next_cursor))


async def test_folded_pages_by_date_go_on_without_their_point_in_time(engine: ElasticEngine, elasticsearch_url: str):
    await engine.write([stored(number) for number in range(3)])
    first = await engine.search(Query(size=2))
    assert first.next_cursor
    cursor = first.next_cursor + "=" * (-len(first.next_cursor) % 4)
    (pit, *_) = json.loads(base64.urlsafe_b64decode(cursor))[2]
    async with client_of(elasticsearch_url) as client:
        await client.close_point_in_time(id=pit)
    last = await engine.search(Query(size=2, cursor=first.next_cursor))
    assert [hit.article.article_id for hit in (*first.hits, *last.hits)] == ["a0", "a1", "a2"]
    assert last.next_cursor is None


async def test_an_absent_engine_is_unavailable_and_serves_again_after_a_crash(
    own_elasticsearch: ElasticsearchServer, name: str
):
    async with connected(own_elasticsearch.url, name) as engine:
        await engine.prepare()
        assert [result.status for result in await engine.write([stored(1)])] == ["written"]
        await asyncio.to_thread(own_elasticsearch.kill)
        for call in (engine.ready(), engine.search(Query()), engine.get(["a1"]), engine.write([stored(2)])):
            with pytest.raises(SearchUnavailableError):
                await call
        await asyncio.to_thread(own_elasticsearch.start)
        await engine.ready()
        assert set(await engine.get(["a1", "a2"])) == {"a1"}
        assert [result.status for result in await engine.write([stored(2)])] == ["written"]
        assert (await engine.search(Query(text="cho phien"))).total == 2
