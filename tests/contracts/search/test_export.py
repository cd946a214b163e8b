"""Exports: every article that matches, once, as the index was when the export began."""

from datetime import date, timedelta

import pytest

from bantin.search.port import SearchEngine
from bantin.search.query import Query, Sort
from tests.contracts.search.corpus import fill, ranked, stored

DAY = date(2024, 7, 23)
MANY = 230


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    """More articles than any batch holds: many of one day, some without a date, all of a few clusters."""
    await fill(
        engine,
        [
            stored(
                f"a{n:03}",
                "tin" if n % 2 else "tin vui",
                "từ " * (n % 7),
                cluster=f"c{n % 3}",
                section=f"s{n % 2}",
                published_at=None if n % 5 == 0 else DAY - timedelta(days=n % 4),
            )
            for n in range(MANY)
        ],
    )
    return engine


async def exported(engine: SearchEngine, query: Query) -> list[str]:
    ids: list[str] = []
    async for batch in engine.export(query):
        assert batch
        ids += [article.article_id for article in batch]
    return ids


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance", None])
async def test_an_export_is_the_whole_search_in_its_order(filled: SearchEngine, sort: Sort | None):
    query = Query(text="vui", sort=sort, size=1)
    ids = await exported(filled, query)
    assert sorted(ids) == [f"a{n:03}" for n in range(0, MANY, 2)]
    first_page = await ranked(filled, "vui", sort=sort, collapse=False)
    assert ids[: len(first_page)] == first_page


async def test_copies_are_articles_of_their_own_and_filters_hold(filled: SearchEngine):
    assert len(await exported(filled, Query())) == MANY
    odd = Query(filters={"section": ("s1",)}, facets=("section",), published_to=DAY - timedelta(days=1))
    assert set(await exported(filled, odd)) == {f"a{n:03}" for n in range(MANY) if n % 2 and n % 5}
    dated = Query(filters={"section": ("s0",)}, published_from=DAY, published_to=DAY)
    assert set(await exported(filled, dated)) == {f"a{n:03}" for n in range(0, MANY, 4) if n % 5}
    assert await exported(filled, Query(text="không có gì")) == []


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
async def test_what_is_written_meanwhile_changes_nothing(filled: SearchEngine, sort: Sort):
    query = Query(text="tin", sort=sort)
    expected = await exported(filled, query)
    assert len(set(expected)) == MANY
    ids: list[str] = []
    async for batch in filled.export(query):
        ids += [article.article_id for article in batch]
        await fill(filled, [stored(f"new{len(ids)}-{n}", "tin", published_at=day) for n, day in enumerate((DAY, None))])
        await fill(filled, [stored(expected[-1], "khác hẳn", later=len(ids)), stored(expected[0], "khác", later=9)])
        await filled.delete([expected[-2]])
    assert ids == expected


async def test_an_export_can_be_left(filled: SearchEngine):
    export = filled.export(Query())
    first = await anext(export)
    await export.aclose()
    assert 0 < len(first) < MANY


async def test_a_question_that_quotes_what_no_article_holds_is_read_as_in_a_search(engine: SearchEngine):
    await fill(engine, [stored("a", "Cầu Sông Hàn khánh thành năm 2000")])
    question = 'khi nào "khánh thành cầu sông hàn"'
    assert await exported(engine, Query(text=question)) == await ranked(engine, question) == ["a"]
