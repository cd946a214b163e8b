"""A rebuilt index replaces the live one at once, or not at all."""

import anyio
import pytest

from bantin.search.connect import open_engine
from bantin.search.port import RebuildRunningError, SearchEngine, SearchUnavailableError
from bantin.search.query import InvalidCursorError, Query
from tests.contracts.search.corpus import fill, found, stored


async def test_a_rebuilt_index_replaces_the_live_one(engine: SearchEngine):
    await fill(engine, [stored("old"), stored("both", later=9)])
    async with engine.rebuild() as fresh:
        assert await fresh.get(["old", "both"]) == {}
        await fill(fresh, [stored("new"), stored("both", "mới"), stored("gone")])
        await fresh.delete(["gone"])
        assert set(await fresh.get(["new", "both", "gone"])) == {"new", "both"}
        assert await found(engine) == {"old", "both"}
    assert await found(engine) == {"new", "both"}
    await fill(engine, [stored("later")])
    assert await found(engine) == {"new", "both", "later"}


async def test_a_rebuild_that_fails_changes_nothing(engine: SearchEngine):
    await fill(engine, [stored("old")])
    with pytest.raises(RuntimeError, match="broken off"):
        async with engine.rebuild() as fresh:
            await fill(fresh, [stored("new")])
            raise RuntimeError("broken off")
    assert await found(engine) == {"old"}
    await fill(engine, [stored("next")])
    async with engine.rebuild() as fresh:
        await fill(fresh, [stored("new")])
    assert await found(engine) == {"new"}


async def test_searches_go_on_while_an_index_is_rebuilt(engine: SearchEngine):
    """At every moment a search sees the whole old index or the whole new one."""
    await fill(engine, [stored(f"old{n}") for n in range(20)])
    seen: list[frozenset[str]] = []
    done = anyio.Event()

    async def search_on() -> None:
        while not done.is_set():
            seen.append(frozenset(await found(engine)))

    async with anyio.create_task_group() as searching:
        searching.start_soon(search_on)
        async with engine.rebuild() as fresh:
            for n in range(20):
                await fill(fresh, [stored(f"new{n}")])
        seen.append(frozenset(await found(engine)))
        done.set()
    whole = {frozenset(f"{name}{n}" for n in range(20)) for name in ("old", "new")}
    assert set(seen) == whole


async def test_a_rebuilt_index_is_there_after_reopening_and_for_other_readers(engine: SearchEngine, engine_url: str):
    await fill(engine, [stored("old")])
    async with open_engine(engine_url) as reader:
        assert await found(reader) == {"old"}
        async with engine.rebuild() as fresh:
            await fill(fresh, [stored("new")])
        assert await found(reader) == {"new"}
    await engine.close()
    async with open_engine(engine_url) as again:
        await again.prepare()
        assert await found(again) == {"new"}


async def test_preparing_again_keeps_what_is_there(engine: SearchEngine, engine_url: str):
    await fill(engine, [stored("a")])
    async with open_engine(engine_url) as other, anyio.create_task_group() as tasks:
        tasks.start_soon(other.prepare)
        tasks.start_soon(engine.prepare)
    assert await found(engine) == {"a"}


async def test_held_writes_wait_for_the_new_index(engine: SearchEngine):
    """Between the hold and the swap nothing gets into the old index: told to come again, it gets into the new one."""
    await fill(engine, [stored("old")])
    async with engine.rebuild() as fresh:
        await fill(engine, [stored("meanwhile")])
        await fresh.hold_writes()
        assert not await is_written(engine, "late")
        with pytest.raises(SearchUnavailableError):
            await engine.delete(["old"])
        assert await found(engine) == {"old", "meanwhile"}
        await fill(fresh, [stored("old"), stored("meanwhile")])
    assert await is_written(engine, "late")
    assert await found(engine) == {"old", "meanwhile", "late"}


async def test_held_writes_go_on_after_a_rebuild_that_fails(engine: SearchEngine):
    with pytest.raises(RuntimeError, match="broken off"):
        async with engine.rebuild() as fresh:
            await fresh.hold_writes()
            raise RuntimeError("broken off")
    assert await is_written(engine, "later")
    assert await found(engine) == {"later"}


async def test_a_second_rebuild_is_told_of_the_first(engine: SearchEngine, engine_url: str):
    async with open_engine(engine_url) as other, engine.rebuild() as fresh:
        for each in (engine, other):
            with pytest.raises(SearchUnavailableError, match=r"rebuild|writing"):
                async with each.rebuild():
                    raise AssertionError("two at once")
        with pytest.raises(RebuildRunningError):
            async with engine.rebuild():
                raise AssertionError("two at once")
        await fill(fresh, [stored("new")])
    assert await found(engine) == {"new"}


async def test_the_layout_of_a_new_index_is_ours(engine: SearchEngine):
    layout = await engine.layout()
    assert layout.live == layout.ours


@pytest.mark.parametrize("text", ["tin", ""])
async def test_a_cursor_that_began_on_the_old_index_goes_on_or_is_said_to_have_expired(engine: SearchEngine, text: str):
    """It never skips, repeats or mixes: the same articles are in both indexes, scored in another order."""
    articles = [stored(f"a{number}", "tin " * (number + 1)) for number in range(5)]
    await fill(engine, articles)
    query = Query(text=text, size=2)
    first = await engine.search(query)
    assert first.next_cursor
    async with engine.rebuild() as fresh:
        await fill(fresh, articles[::-1])
    shown = [hit.article.article_id for hit in first.hits]
    cursor: str | None = first.next_cursor
    try:
        while cursor:
            page = await engine.search(query.model_copy(update={"cursor": cursor}))
            shown += [hit.article.article_id for hit in page.hits]
            cursor = page.next_cursor
    except InvalidCursorError as error:
        assert "expired" in str(error)
    else:
        assert sorted(shown) == [f"a{number}" for number in range(5)]


async def is_written(engine: SearchEngine, article_id: str) -> bool:
    """Write an article; return whether the index took it, False where it says to come again."""
    try:
        (result,) = await engine.write([stored(article_id)])
    except SearchUnavailableError:
        return False
    assert result.status in ("written", "retry")
    return result.status == "written"
