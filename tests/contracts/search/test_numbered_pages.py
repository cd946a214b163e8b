"""Pages by number: any of the first, in every order, with near-duplicates folded or not."""

from datetime import UTC, date, datetime

import pytest

from bantin.search.port import SearchEngine
from bantin.search.query import COLLAPSED_DEPTH, Query, Sort, Span
from tests.contracts.search.corpus import ask, fill, stored

COPIED = (3, 4, 5)


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    await fill(
        engine,
        [
            stored(
                f"a{number:02}",
                "tin" + " tin" * (number % 4),
                published_at=date(2020, 1, number + 1),
                cluster="copied" if number in COPIED else "",
            )
            for number in range(12)
        ]
        + [stored("undated", "tin không ngày")],
    )
    return engine


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("collapse", [True, False])
async def test_pages_by_number_are_the_pages_of_one_list(filled: SearchEngine, sort: Sort, collapse: bool):
    asked = Query(text="tin", sort=sort, collapse=collapse, facets=())
    whole = await filled.search(asked.model_copy(update={"size": 100}))
    listed = [(hit.article.article_id, hit.duplicates) for hit in whole.hits]
    paged: list[tuple[str, int]] = []
    for offset in range(0, 15, 4):
        page = await filled.search(asked.model_copy(update={"size": 4, "offset": offset}))
        assert page.total == 13
        assert page.hit_count == len(listed) == (11 if collapse else 13)
        assert page.next_cursor is None
        paged += [(hit.article.article_id, hit.duplicates) for hit in page.hits]
    assert paged == listed


async def test_a_page_by_number_tells_when_the_matching_articles_were_published(filled: SearchEngine):
    span = Span(first=datetime(2019, 12, 31, 17, tzinfo=UTC), last=datetime(2020, 1, 11, 17, tzinfo=UTC))
    assert (await ask(filled, "tin", size=0, offset=0)).published == span
    assert (await ask(filled, "không ngày", size=0, offset=0)).published is None
    assert (await ask(filled, "chẳng có", size=0, offset=0)).published is None
    assert (await ask(filled, "tin")).published is None


async def test_the_last_page_ends_where_pages_by_number_do(filled: SearchEngine):
    for collapse in (True, False):
        page = await ask(filled, offset=COLLAPSED_DEPTH - 1, size=10, collapse=collapse)
        assert page.hits == ()
        assert page.total == 13


async def test_conditions_and_filters_hold_on_every_page(filled: SearchEngine):
    page = await ask(filled, published_from=date(2020, 1, 4), published_to=date(2020, 1, 6), offset=0)
    assert [(hit.article.article_id, hit.duplicates) for hit in page.hits] == [("a03", 2)]
    assert (page.total, page.hit_count) == (3, 1)
