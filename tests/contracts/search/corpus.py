"""Small made-up articles, and short ways to store them and to ask for them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from bantin.events import Article
from bantin.fingerprint import fingerprint
from bantin.search.port import SearchEngine, SearchIndex, StoredArticle
from bantin.search.query import Query, Results

CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)


def stored(
    article_id: str, title: str = "Tin", body: str = "", *, later: float = 0, cluster: str = "", **fields: Any
) -> StoredArticle:
    """Return an article captured `later` seconds after the others, in its own cluster or another's."""
    article = Article(
        article_id=article_id,
        version=f"{title}|{body}",
        title=title,
        body=body,
        original_text=f"{title}\n{body}",
        captured_at=CAPTURED + timedelta(seconds=later),
        content_type="text/plain",
        bytes=len(body),
        **fields,
    )
    return StoredArticle(article, (f"receipt-{article_id}",), cluster or article_id, fingerprint(body))


async def fill(index: SearchIndex, articles: Iterable[StoredArticle]) -> None:
    """Write articles, all of which must be taken."""
    results = await index.write(list(articles))
    assert {result.status for result in results} <= {"written"}, results


async def ask(engine: SearchEngine, text: str = "", **query: Any) -> Results:
    return await engine.search(Query(text=text, **query))


async def found(engine: SearchEngine, text: str = "", **query: Any) -> set[str]:
    """Return the ids of all that match, and check that they are counted exactly."""
    results = await ask(engine, text, size=100, **query)
    ids = {hit.article.article_id for hit in results.hits}
    assert results.total == len(results.hits) == len(ids)
    return ids


async def ranked(engine: SearchEngine, text: str = "", **query: Any) -> list[str]:
    return [hit.article.article_id for hit in (await ask(engine, text, size=100, **query)).hits]


async def counts(engine: SearchEngine, facet: str, text: str = "", **query: Any) -> list[tuple[str, int, bool]]:
    results = await ask(engine, text, facets=(facet,), **query)
    assert set(results.facets) == {facet}
    return [(value.value, value.count, value.selected) for value in results.facets[facet]]


async def all_pages(engine: SearchEngine, query: Query) -> list[str]:
    """Return the ids of every page of a search."""
    ids: list[str] = []
    cursor: str | None = None
    while True:
        results = await engine.search(query.model_copy(update={"cursor": cursor}))
        ids += [hit.article.article_id for hit in results.hits]
        if results.next_cursor is None:
            return ids
        assert results.hits
        cursor = results.next_cursor
