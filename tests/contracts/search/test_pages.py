"""Sorting, and cursors that neither skip nor repeat."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bantin.search.port import SearchEngine
from bantin.search.query import InvalidCursorError, Query, Sort
from tests.contracts.search.corpus import all_pages, ask, fill, ranked, stored

DAY = date(2024, 7, 23)


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    """Thirty articles: many of one day, some without a date."""
    await fill(
        engine,
        [
            stored(f"a{n:02}", "tin", "từ " * n, published_at=None if n % 5 == 0 else DAY - timedelta(days=n % 3))
            for n in range(30)
        ],
    )
    return engine


async def test_articles_without_a_date_come_last_in_both_directions(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("undated"),
            stored("plain", published_at=DAY),
            stored("minute", published_at=datetime(2024, 7, 22, 17, 1, tzinfo=UTC)),
            stored("old", published_at=date(1954, 5, 7)),
            stored("also-plain", published_at=DAY),
            stored("ancient", published_at=date.min),
            stored("far", published_at=date.max),
        ],
    )
    newest = ["far", "minute", "also-plain", "plain", "old", "ancient", "undated"]
    assert await ranked(engine) == await ranked(engine, "tin", sort="newest") == newest
    oldest = ["ancient", "old", "also-plain", "plain", "minute", "far", "undated"]
    assert await ranked(engine, sort="oldest") == oldest


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("size", [1, 7, 10, 30, 100])
async def test_pages_together_are_the_whole(filled: SearchEngine, sort: Sort, size: int):
    query = Query(text="tin", sort=sort, size=size)
    pages = await all_pages(filled, query)
    assert pages == await ranked(filled, "tin", sort=sort)
    assert sorted(pages) == [f"a{n:02}" for n in range(30)]


async def test_every_page_counts_the_whole(filled: SearchEngine):
    first = await ask(filled, sort="newest", size=10)
    second = await ask(filled, sort="newest", size=10, cursor=first.next_cursor)
    assert first.total == second.total == 30
    assert (second.facets, second.histogram) == (first.facets, first.histogram)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
async def test_pages_hold_while_articles_arrive_and_leave(filled: SearchEngine, sort: Sort):
    expected = await ranked(filled, sort=sort)
    seen: list[str] = []
    query = Query(sort=sort, size=4)
    for number in range(20):
        page = await filled.search(query)
        seen += [hit.article.article_id for hit in page.hits]
        if page.next_cursor is None:
            break
        query = query.model_copy(update={"cursor": page.next_cursor})
        arrivals = [date(2030, 1, 1), date(1990, 1, 1), DAY, None]
        await fill(filled, [stored(f"new{number}-{i}", published_at=day) for i, day in enumerate(arrivals)])
        await filled.delete([seen[-1]])
    assert len(seen) == len(set(seen))
    assert [article_id for article_id in seen if article_id in expected] == expected


async def test_pages_by_relevance_hold_while_articles_arrive(filled: SearchEngine):
    expected = await ranked(filled, "tin")
    query = Query(text="tin", size=7)
    seen: list[str] = []
    for number in range(5):
        page = await filled.search(query)
        seen += [hit.article.article_id for hit in page.hits]
        query = query.model_copy(update={"cursor": page.next_cursor})
        await fill(filled, [stored(f"tin{number}", "tin tin tin")])
    assert seen == expected
    assert query.cursor is None


async def test_relevance_without_words_is_newest_first(filled: SearchEngine):
    assert await ranked(filled, "", sort="relevance") == await ranked(filled, "🙂") == await ranked(filled, "-xyz")
    assert await ranked(filled, "🙂") == await ranked(filled, sort="newest")
    assert await all_pages(filled, Query(text="🙂", size=7)) == await ranked(filled)


async def test_the_last_page_has_no_cursor(filled: SearchEngine):
    assert (await ask(filled, size=30)).next_cursor is None
    assert (await ask(filled, size=29)).next_cursor is not None


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "e30", "WzEsMl0", "ă", "A" * 5000])
@pytest.mark.parametrize("sort", ["newest", "relevance"])
async def test_a_cursor_that_is_not_ours_is_refused(filled: SearchEngine, cursor: str, sort: Sort):
    with pytest.raises(InvalidCursorError):
        await ask(filled, "tin", sort=sort, cursor=cursor)


@pytest.mark.parametrize("sort", ["newest", "relevance"])
async def test_a_cursor_of_another_query_is_refused(filled: SearchEngine, sort: Sort):
    cursor = (await ask(filled, "tin", sort=sort)).next_cursor
    assert cursor
    for other in ({"text": "từ"}, {"sort": "oldest"}, {"filters": {"section": ("x",)}}, {"published_to": DAY}):
        with pytest.raises(InvalidCursorError):
            await filled.search(Query.model_validate({"text": "tin", "sort": sort, "cursor": cursor} | other))
