"""Every article that matches, a batch at a time, from one point in time."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Any, Final

from anyio.to_thread import run_sync

from bantin.events import Article
from bantin.search.elastic.query import search_body
from bantin.search.query import Query
from bantin.search.words import Words

BATCH_ARTICLES: Final = 50


async def batches(
    ask: Callable[[dict[str, Any]], Awaitable[Mapping[str, Any]]], query: Query, words: Words
) -> AsyncGenerator[tuple[Article, ...]]:
    """Give the articles of a query in its order, near-duplicates as articles of their own. `ask` sends a body."""
    after = None
    while True:
        answer = await ask(export_body(query, words, after))
        items = answer["hits"]["hits"]
        if not items:
            return
        yield await run_sync(_articles, items)
        after = items[-1]["sort"]


def export_body(query: Query, words: Words, after: list[Any] | None) -> dict[str, Any]:
    """Return the body for the articles behind the sort values `after`."""
    body = search_body(query, words, after) | {"size": BATCH_ARTICLES, "track_total_hits": False}
    del body["aggs"]
    return body | {"_source": ["article"]}


def _articles(items: list[Mapping[str, Any]]) -> tuple[Article, ...]:
    return tuple(Article.model_validate(item["_source"]["article"]) for item in items)
