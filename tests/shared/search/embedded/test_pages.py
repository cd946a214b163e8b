"""Cursors of the embedded engine: pinned snapshots expire one by one, and ids that begin alike don't confuse dates."""

from pathlib import Path

import pytest

from bantin.search.embedded import pages
from bantin.search.embedded.engine import TantivyEngine
from bantin.search.query import InvalidCursorError, Query
from tests.contracts.search.corpus import all_pages, ask, fill, stored


async def test_the_least_lately_used_snapshot_expires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages, "MAX_PINNED", 2)
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    await fill(engine, [stored("a", "tin"), stored("b", "tin")])
    first = (await ask(engine, "tin", size=1)).next_cursor
    for number in range(2):
        await fill(engine, [stored(f"c{number}", "tin")])
        await ask(engine, "tin", size=1)
    with pytest.raises(InvalidCursorError, match="expired"):
        await ask(engine, "tin", size=1, cursor=first)
    await engine.close()


async def test_searches_between_two_commits_share_one_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages, "MAX_PINNED", 1)
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    await fill(engine, [stored("a", "tin"), stored("b", "tin")])
    first = (await ask(engine, "tin", size=1)).next_cursor
    await ask(engine, "ti", size=1)
    await ask(engine, "tin", size=1, sort="relevance")
    assert (await ask(engine, "tin", size=1, cursor=first)).hits
    await engine.close()


async def test_ids_that_begin_alike_are_neither_skipped_nor_repeated(tmp_path: Path):
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    ids = sorted([f"cùng một khởi đầu {number}" for number in range(40)] + ["", "c", "cùng", "d"])
    await fill(engine, [stored(article_id) for article_id in ids])
    for size in (1, 3, 100):
        assert await all_pages(engine, Query(size=size)) == ids
    await engine.close()
