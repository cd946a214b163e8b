"""Proves that the index can be made anew from the log: same articles, same decisions, nothing told twice."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bantin.envelope import encode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog, Message
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine, WriteResult
from bantin.search.query import Query
from bantin.topics import ENRICHED, INDEXED
from bantin_index import reindex as reindex_module
from bantin_index.handler import ArticleWriter
from bantin_index.reindex import reindex


@pytest.fixture
async def log(tmp_path: Path) -> AsyncGenerator[EventLog]:
    async with open_log(f"sqlite:///{tmp_path / 'log.db'}") as opened:
        await opened.create_topics((ENRICHED, INDEXED))
        yield opened


@pytest.fixture
async def tantivy(tmp_path: Path) -> AsyncGenerator[SearchEngine]:
    async with open_engine(f"tantivy:///{tmp_path / 'index'}") as opened:
        await opened.prepare()
        yield opened


@pytest.fixture
def captures(event):
    """Three articles, one of them captured three times, the newest capture in the middle."""
    return [
        event("r1", 0, "bản đầu"),
        event("r2", 9, "bản cuối"),
        event("r3", 5, "bản giữa"),
        event("r4", 0, "bài khác", article_id="a2"),
        event("r5", 0, "bài nữa", article_id="a3"),
        event("r1", 0, "bản đầu"),
    ]


async def publish(log: EventLog, events) -> None:
    await log.publish([encode(event, source="/test") for event in events])


async def found(engine: SearchEngine) -> dict[str, str]:
    results = await engine.search(Query(size=100))
    return {hit.article.article_id: hit.article.title for hit in results.hits}


async def test_an_index_made_anew_holds_what_the_stage_wrote(log, tantivy, captures, deliver) -> None:
    await publish(log, captures)
    await ArticleWriter(tantivy, "tantivy")(deliver(*captures))
    before = await tantivy.get(["a1", "a2", "a3"])
    await tantivy.write([before["a2"]])
    await tantivy.delete(["a3"])
    progress = await reindex(log, tantivy, "tantivy")
    assert (progress.read, progress.indexed, progress.duplicates, progress.refused) == (6, 5, 1, 0)
    after = await tantivy.get(["a1", "a2", "a3"])
    assert await found(tantivy) == {"a1": "bản cuối", "a2": "bài khác", "a3": "bài nữa"}
    assert {key: (value.writers, value.cluster_id) for key, value in after.items()} == {
        key: (value.writers, value.cluster_id) for key, value in before.items()
    }


async def test_what_comes_while_the_new_index_fills_is_in_it_before_it_goes_live(
    log, tantivy, captures, event, deliver, monkeypatch
) -> None:
    await publish(log, captures)
    late = [event("r9", 0, "bài đến muộn", article_id="a9")]
    rebuild = tantivy.rebuild

    class LateArrival:
        """The stage settles one more article just before its writes are held."""

        def __init__(self, fresh) -> None:
            self.get, self.write, self.lookalikes = fresh.get, fresh.write, fresh.lookalikes
            self._hold = fresh.hold_writes

        async def hold_writes(self) -> None:
            await publish(log, late)
            await ArticleWriter(tantivy, "tantivy")(deliver(*late))
            await self._hold()

    @asynccontextmanager
    async def late_arrival():
        async with rebuild() as fresh:
            yield LateArrival(fresh)
            assert set(await fresh.get(["a1", "a2", "a3", "a9"])) == {"a1", "a2", "a3", "a9"}, "whole before it is live"

    monkeypatch.setattr(tantivy, "rebuild", late_arrival)
    await reindex(log, tantivy, "tantivy")
    assert (await found(tantivy))["a9"] == "bài đến muộn"


async def test_a_failing_reindex_leaves_the_old_index(log, tantivy, captures, deliver, monkeypatch) -> None:
    await publish(log, captures)
    await ArticleWriter(tantivy, "tantivy")(deliver(*captures))

    async def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(reindex_module, "_write_all", fail)
    with pytest.raises(OSError, match="disk full"):
        await reindex(log, tantivy, "tantivy")
    assert set(await found(tantivy)) == {"a1", "a2", "a3"}


async def test_a_record_that_nobody_can_read_is_counted_and_passed_over(log, engine, event) -> None:
    await publish(log, [event("r1", 0, "v")])
    await log.publish([Message(ENRICHED.name, b"a1", b"{", (("ce_type", b"\xff"),))])
    progress = await reindex(log, engine, "memory")
    assert (progress.read, progress.undecodable) == (2, 1)
    assert set(engine.held) == {"a1"}


async def test_an_overloaded_engine_is_waited_for_and_a_refused_article_counted(
    log, engine, event, monkeypatch
) -> None:
    await publish(log, [event("r1", 0, "v"), event("r2", 0, "w", article_id="a2")])
    engine.fresh.answers = {"a1": WriteResult("refused", "never"), "a2": WriteResult("retry", "429")}
    waits: list[float] = []

    async def recover(seconds: float) -> None:
        waits.append(seconds)
        del engine.fresh.answers["a2"]

    monkeypatch.setattr(reindex_module.anyio, "sleep", recover)
    progress = await reindex(log, engine, "memory")
    assert (progress.indexed, progress.refused, len(waits)) == (1, 1, 1)
    assert set(engine.held) == {"a2"}
