"""Near-duplicates fold under the earliest published that matches, in every order and on every page."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bantin.events import Document, Person
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine, StoredArticle
from bantin.search.query import COLLAPSED_DEPTH, CollapsedTooDeepError, Hit, InvalidCursorError, Query, Sort
from tests.contracts.search.corpus import all_pages, ask, counts, fill, ranked, stored

DAY = date(2024, 7, 23)


async def folded(engine: SearchEngine, text: str = "", **query) -> list[tuple[str, int]]:
    hits = (await ask(engine, text, size=100, **query)).hits
    return [(hit.article.article_id, hit.duplicates) for hit in hits]


async def all_hits(engine: SearchEngine, query: Query) -> list[Hit]:
    """Return the hits of every page of a search."""
    hits: list[Hit] = []
    cursor: str | None = None
    while True:
        results = await engine.search(query.model_copy(update={"cursor": cursor}))
        hits += results.hits
        cursor = results.next_cursor
        if cursor is None:
            return hits


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    """One story in three copies, another in two, and one alone."""
    await fill(
        engine,
        [
            stored("reprint", "tin lũ", "lũ về sông", cluster="reprint", published_at=DAY, province="Bắc Kạn"),
            stored("first", "tin lũ", "lũ về sông Cầu", cluster="reprint", published_at=DAY - timedelta(days=2)),
            stored("undated", "tin lũ", "lũ về sông lớn", cluster="reprint"),
            stored("alone", "tin chợ", "chợ phiên", published_at=DAY - timedelta(days=1)),
            stored("b", "tin hội", "hội làng", cluster="x", published_at=DAY - timedelta(days=9)),
            stored("a", "tin hội", "hội làng", cluster="x", published_at=DAY - timedelta(days=9)),
        ],
    )
    return engine


async def test_the_earliest_published_stands_for_its_cluster(filled: SearchEngine):
    assert await folded(filled) == [("alone", 0), ("first", 2), ("a", 1)]
    assert await folded(filled, sort="oldest") == [("a", 1), ("first", 2), ("alone", 0)]
    assert sorted(await folded(filled, "tin")) == [("a", 1), ("alone", 0), ("first", 2)]


async def test_only_what_matches_stands_for_a_cluster_and_is_counted(filled: SearchEngine):
    assert await folded(filled, '"sông lớn"') == [("undated", 0)]
    assert await folded(filled, filters={"province": ("Bắc Kạn",)}) == [("reprint", 0)]
    assert await folded(filled, filters={"province": ("Bắc Kạn",)}, facets=()) == [("reprint", 0)]
    assert await folded(filled, published_from=DAY - timedelta(days=1)) == [("reprint", 0), ("alone", 0)]
    assert await folded(filled, "lũ -cầu") == [("reprint", 1)]


async def test_of_copies_made_from_one_form_the_one_about_what_is_asked_for_stands(engine: SearchEngine) -> None:
    notices = [
        stored(
            f"n{number}",
            f"Thông báo số {number}/TB-TTDV về việc đấu giá",
            f"Trung tâm thông báo số {number}/TB-TTDV về đấu giá quyền sử dụng đất của ông Lê Văn {name}",
            cluster="notices",
            published_at=DAY + timedelta(days=number),
            documents=(Document(kind="Thông báo", number=f"{number}/TB-TTDV"),),
            people=(Person(name=f"Lê Văn {name}"),),
        )
        for number, name in ((411, "Bảy"), (412, "Tám"), (413, "Tám"))
    ]
    await fill(engine, notices)
    assert await folded(engine, "thông báo số 413/TB-TTDV") == [("n413", 2)]
    assert await folded(engine, "đấu giá đất ông lê văn tám") == [("n412", 2)]
    assert await folded(engine, "đấu giá quyền sử dụng đất") == [("n411", 2)]
    assert await folded(engine, "thông báo số 413/TB-TTDV", sort="newest") == [("n413", 2)]
    assert await folded(engine, "thông báo số 412/TB-TTDV", offset=0) == [("n412", 2)]


async def test_unfolded_every_article_is_a_hit(filled: SearchEngine):
    whole = await folded(filled, collapse=False)
    assert whole == [("reprint", 0), ("alone", 0), ("first", 0), ("a", 0), ("b", 0), ("undated", 0)]


async def test_counts_are_of_articles(filled: SearchEngine):
    for text in ("", "tin"):
        results, unfolded = await ask(filled, text), await ask(filled, text, collapse=False)
        assert results.total == unfolded.total == 6
        assert (results.facets, results.histogram) == (unfolded.facets, unfolded.histogram)
    assert await counts(filled, "province") == [("Bắc Kạn", 1, False)]
    assert (await ask(filled, size=0)).total == 6


async def test_a_copy_that_comes_or_goes_changes_who_stands(filled: SearchEngine):
    await fill(filled, [stored("earlier", "tin lũ", cluster="reprint", published_at=DAY - timedelta(days=30))])
    assert ("earlier", 3) in await folded(filled)
    await filled.delete(["earlier", "first"])
    assert ("reprint", 1) in await folded(filled)


def made_up(chance: random.Random, number: int) -> StoredArticle:
    day = chance.choice([None, DAY - timedelta(days=chance.randint(0, 30))])
    cluster = f"c{chance.randint(0, 25)}" if chance.random() < 0.6 else ""
    return stored(f"a{number:03}", "tin", "từ " * chance.randint(0, 9), cluster=cluster, published_at=day)


def standing(corpus: Sequence[StoredArticle]) -> dict[str, int]:
    """Return who stands for each cluster, with how many fold: naively."""
    clusters: dict[str, list[StoredArticle]] = {}
    for held in corpus:
        clusters.setdefault(held.cluster_id, []).append(held)

    def age(held: StoredArticle) -> tuple[str, str]:
        day = held.article.published_at
        return day.isoformat() if day else "later", held.article.article_id

    return {min(copies, key=age).article.article_id: len(copies) - 1 for copies in clusters.values()}


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("size", [3, 100])
async def test_pages_together_are_the_unfolded_order_without_what_folds(engine: SearchEngine, sort: Sort, size: int):
    corpus = [made_up(random.Random(number), number) for number in range(45)]
    await fill(engine, corpus)
    expected = standing(corpus)
    hits = await all_hits(engine, Query(text="tin", sort=sort, size=size))
    assert {hit.article.article_id: hit.duplicates for hit in hits} == expected
    whole = await ranked(engine, "tin", sort=sort, collapse=False)
    assert [hit.article.article_id for hit in hits] == [each for each in whole if each in expected]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
async def test_pages_neither_skip_nor_repeat_a_cluster_while_copies_arrive_and_leave(engine: SearchEngine, sort: Sort):
    corpus = [made_up(random.Random(number), number) for number in range(40)]
    await fill(engine, corpus)
    expected = await ranked(engine, "tin", sort=sort)
    clusters = {held.article.article_id: held.cluster_id for held in corpus}
    query = Query(text="tin", sort=sort, size=4)
    seen: list[str] = []
    for number in range(30):
        page = await engine.search(query)
        seen += [hit.article.article_id for hit in page.hits]
        if page.next_cursor is None:
            break
        query = query.model_copy(update={"cursor": page.next_cursor})
        ages = (date(1990, 1, 1), DAY + timedelta(days=9), None)
        copies = [
            stored(f"new{number}-{at}", "tin", cluster=clusters[seen[-1 - at]], published_at=day)
            for at, day in enumerate(ages)
        ]
        await fill(engine, copies)
        await engine.delete([seen[-1]])
    assert seen == expected


async def test_one_cluster_of_many_copies_is_one_hit(engine: SearchEngine):
    copies = [stored(f"c{n:03}", "tin", cluster="c", published_at=DAY - timedelta(days=n)) for n in range(80)]
    await fill(engine, [*copies, stored("old", "tin", published_at=date(1990, 1, 1))])
    for sort in ("newest", "relevance"):
        hits = await all_hits(engine, Query(text="tin", sort=sort, size=1))
        assert {hit.article.article_id: hit.duplicates for hit in hits} == {"c079": 79, "old": 0}


@pytest.mark.parametrize("sort", ["newest", "relevance"])
async def test_collapsed_pages_end_at_their_depth_and_say_so(
    engine: SearchEngine, sort: Sort, monkeypatch: pytest.MonkeyPatch
):
    for module in ("embedded.collapsing", "elastic.pages", "elastic.positions"):
        monkeypatch.setattr(f"bantin.search.{module}.COLLAPSED_DEPTH", 25)
    await fill(engine, [stored(f"a{n:02}", "tin", published_at=DAY - timedelta(days=n)) for n in range(26)])
    query = Query(text="tin", sort=sort, size=10)
    sizes: list[int] = []
    for _ in range(3):
        page = await engine.search(query)
        sizes.append(len(page.hits))
        query = query.model_copy(update={"cursor": page.next_cursor})
    assert sizes == [10, 10, 5]
    with pytest.raises(CollapsedTooDeepError):
        await engine.search(query)
    assert len(await all_pages(engine, Query(text="tin", sort=sort, size=10, collapse=False))) == 26
    assert COLLAPSED_DEPTH == 1_000


async def test_folded_pages_by_date_go_on_in_another_process(filled: SearchEngine, engine_url: str):
    first = await ask(filled, size=2)
    async with open_engine(engine_url) as other:
        last = await ask(other, size=2, cursor=first.next_cursor)
    assert [hit.article.article_id for hit in (*first.hits, *last.hits)] == ["alone", "first", "a"]


@pytest.mark.parametrize("sort", ["newest", "relevance"])
async def test_a_cursor_belongs_to_folded_or_to_unfolded_results(filled: SearchEngine, sort: Sort):
    for collapse in (True, False):
        cursor = (await ask(filled, "tin", sort=sort, size=1, collapse=collapse)).next_cursor
        assert cursor
        with pytest.raises(InvalidCursorError):
            await ask(filled, "tin", sort=sort, size=1, cursor=cursor, collapse=not collapse)
