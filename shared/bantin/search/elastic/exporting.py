"""Every article that matches, a batch at a time, from one point in time."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import structlog
from anyio.to_thread import run_sync

from bantin.events import Article
from bantin.search.elastic.query import search_body
from bantin.search.port import SearchRefusedError, SearchUnavailableError
from bantin.search.query import InvalidCursorError, Query
from bantin.search.words import Words

BATCH_ARTICLES: Final = 50

RENEWAL_SECONDS: Final = 60.0
"""How often a point in time is asked for another while, whose reader takes its time."""

LONGEST_PAUSE: Final = 60
"""So many times in a row, until a reader counts as gone."""

logger = structlog.get_logger(__name__)


class Renewal:
    """Keeps a point in time open while nothing is asked of it; `renew` asks for another while."""

    def __init__(self, renew: Callable[[], Awaitable[object]]) -> None:
        self._renew = renew
        self._pauses = 0

    def asked(self) -> None:
        """Note that the reader goes on."""
        self._pauses = 0

    @asynccontextmanager
    async def while_open(self) -> AsyncGenerator[None]:
        """Renew beside the block. A failure is left for the next batch to meet."""
        renewing = asyncio.create_task(self._go_on())
        try:
            yield
        finally:
            renewing.cancel()

    async def _go_on(self) -> None:
        while self._pauses < LONGEST_PAUSE:
            await asyncio.sleep(RENEWAL_SECONDS)
            self._pauses += 1
            try:
                await self._renew()
            except (SearchUnavailableError, SearchRefusedError, InvalidCursorError) as error:
                logger.warning("point_in_time_not_renewed", error=str(error))


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
