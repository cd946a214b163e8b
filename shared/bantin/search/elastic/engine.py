"""The search engine on Elasticsearch: binds the pure parts to a client, and retries nothing: callers know better."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Hashable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, suppress
from dataclasses import replace
from typing import Any, Final, Self

import anyio
from anyio.to_thread import run_sync
from elasticsearch import ApiError, AsyncElasticsearch

from bantin.events import Article
from bantin.search.clauses import TextField
from bantin.search.elastic.address import parse_address
from bantin.search.elastic.aliases import IndexNames, create_first, live_layout
from bantin.search.elastic.client import connect_client
from bantin.search.elastic.explaining import explaining_body, read_explained
from bantin.search.elastic.exporting import Renewal, batches
from bantin.search.elastic.facet_search import find_values_body, read_values
from bantin.search.elastic.facets import (
    HISTOGRAM,
    histogram_interval,
    read_facets,
    read_histogram,
    read_hit_count,
    read_published,
)
from bantin.search.elastic.failures import translated_failures, whole
from bantin.search.elastic.index import ElasticIndex
from bantin.search.elastic.limits import ADMIN_SECONDS, CHECK_SECONDS, SEARCH_WORK
from bantin.search.elastic.naming import meant
from bantin.search.elastic.pages import Page, collapsed_page, numbered_page, whole_page
from bantin.search.elastic.positions import LIFETIME, Position
from bantin.search.elastic.query import apart, daily_histogram_body, rejoined, sort_of
from bantin.search.elastic.rebuilding import FreshIndex, rebuilding
from bantin.search.elastic.related import near_duplicates_body, read_hits, related_body
from bantin.search.elastic.values import (
    TOKENS_AT_ONCE,
    frequencies_body,
    read_counts,
    read_frequencies,
    read_state,
    state_body,
    values_bodies,
)
from bantin.search.port import Layout, SearchRefusedError, SearchUnavailableError
from bantin.search.query import FacetValue, HistogramBucket, InvalidCursorError, Query, Results, Similar
from bantin.search.settling import settle
from bantin.search.suggesting import Suggester
from bantin.search.suggestions import Suggestion
from bantin.search.words import Words, parse_words, unquoted_question

DROP_SECONDS: Final = 10.0


class ElasticEngine(ElasticIndex):
    """Implements `bantin.search.port.SearchEngine` on Elasticsearch 9."""

    def __init__(self, client: AsyncElasticsearch, name: str) -> None:
        self._names = IndexNames(name)
        super().__init__(client, self._names.read, self._names.write, live=True)
        self._suggester = Suggester(self._moment, self._values)

    @classmethod
    async def connect(cls, url: str) -> Self:
        """Return the engine at `http(s)://[USER:PASSWORD@]HOST:PORT[/INDEX][?ca=PATH]`; nothing is sent yet.

        An empty USER makes PASSWORD an API key. Raise ValueError for any other URL.
        """
        address = parse_address(url)
        return cls(connect_client(address), address.name)

    async def prepare(self) -> None:
        """Create the first index and its aliases where there are none; any number of processes may try."""
        with translated_failures():
            await create_first(self._client.options(request_timeout=ADMIN_SECONDS), self._names)

    async def layout(self) -> Layout:
        """Return the mapping's version of the live index beside our own."""
        with translated_failures():
            return await live_layout(self._client, self._names)

    async def search(self, query: Query) -> Results:
        """Answer a query. What moves as articles arrive is answered from a point in time, which its cursors keep."""
        query = await self._settled(query)
        results = await self._answer(query, parse_words(query.wording))
        if not results.total and (words := unquoted_question(query.wording)):
            return await self._answer(query, words)
        return results

    async def similar(self, article_id: str) -> Similar | None:
        """Return articles related to one, and its near-duplicates apart; None where there is no such article."""
        stored = (await self.get([article_id])).get(article_id)
        if stored is None:
            return None
        related = await self._ask(related_body(stored))
        duplicates = await self._ask(near_duplicates_body(stored))
        return Similar(similar=read_hits(related), duplicates=read_hits(duplicates))

    async def facet_values(self, query: Query, field: str, text: str, size: int) -> Sequence[FacetValue]:
        """Return the values of a field that a text finds, counted over the articles that match."""
        query = await self._settled(query)
        answer = await self._ask(find_values_body(query, parse_words(query.wording), field, text))
        if not answer["hits"]["total"]["value"] and (words := unquoted_question(query.wording)):
            answer = await self._ask(find_values_body(query, words, field, text))
        return await run_sync(read_values, answer, query, field, text, size)

    async def export(self, query: Query) -> AsyncGenerator[Sequence[Article]]:
        """Give every article that matches, from a point in time that ends with the last one."""
        query = await self._settled(query.model_copy(update={"cursor": None}))
        pit = await self._open_point_in_time()

        async def ask(body: dict[str, Any]) -> Mapping[str, Any]:
            renewal.asked()
            try:
                return await self._ask(body | {"pit": {"id": pit, "keep_alive": LIFETIME}}, (404,))
            except InvalidCursorError as error:
                raise SearchUnavailableError("the export was read too slowly, and its point in time expired") from error

        renewal = Renewal(lambda: self._ask({"size": 0, "pit": {"id": pit, "keep_alive": LIFETIME}}))
        try:
            found = False
            for words in filter(None, (parse_words(query.wording), unquoted_question(query.wording))):
                async with renewal.while_open(), aclosing(batches(ask, query, words)) as exported:
                    async for batch in exported:
                        found = True
                        yield batch
                if found:
                    return
        finally:
            with anyio.move_on_after(DROP_SECONDS, shield=True), suppress(SearchUnavailableError, SearchRefusedError):
                await self._close_point_in_time(pit)

    async def suggest(self, text: str, size: int) -> Sequence[Suggestion]:
        """Return the values that the words begin."""
        return await self._suggester.suggest(text, size)

    async def frequencies(self, field: TextField, tokens: Sequence[str]) -> Sequence[int]:
        """Return how many articles hold each token."""
        counts: list[int] = []
        for start in range(0, len(tokens), TOKENS_AT_ONCE):
            answer = await self._ask(frequencies_body(field, tokens[start : start + TOKENS_AT_ONCE]))
            counts += read_frequencies(answer)
        return counts

    def rebuild(self) -> AbstractAsyncContextManager[FreshIndex]:
        """Give a new, empty index to fill; at the end of the block it goes live, if the block raises it is dropped."""
        return rebuilding(self._client, self._names)

    async def ready(self) -> None:
        """Return if the live index answers a search."""
        with translated_failures():
            hurried = self._client.options(request_timeout=CHECK_SECONDS)
            await hurried.search(index=self._names.read, size=0, track_total_hits=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._suggester.close()
        await self._client.close()

    async def _moment(self) -> Hashable:
        """Return what changes with every write."""
        return read_state(await self._ask(state_body()))

    async def _values(self) -> Mapping[str, Mapping[str, int]]:
        return {field: read_counts(await self._ask(body)) for field, body in values_bodies().items()}

    async def _answer(self, query: Query, words: Words) -> Results:
        position = Position.of(query, sort_of(query, words))
        if position.pinned and position.pit is None and query.size:
            position = replace(position, pit=await self._open_point_in_time())
        try:
            page = await self._page(query, words, position)
        except InvalidCursorError:
            if position.by_relevance or not position.pinned:
                raise
            page = await self._page(query, words, position.pinned_anew(await self._open_point_in_time()))
        if page.pit is not None and page.next_cursor is None:
            await self._close_point_in_time(page.pit)
        answer, total = page.answer, page.answer["hits"]["total"]["value"]
        return Results(
            total=total,
            hits=page.hits,
            facets=read_facets(query, answer["aggregations"]),
            histogram=await self._histogram(query, words, answer["aggregations"]),
            next_cursor=page.next_cursor,
            understood=meant(words, answer["aggregations"]),
            hit_count=read_hit_count(answer["aggregations"], total) if query.offset is not None else None,
            published=read_published(answer["aggregations"]) if query.offset is not None else None,
        )

    async def _page(self, query: Query, words: Words, position: Position) -> Page:
        expired = () if query.cursor is None else (400, 404) if position.pit else (400,)

        async def ask(body: dict[str, Any]) -> Mapping[str, Any]:
            """Ask for hits and facets side by side, where both are of one point in time."""
            body = body | position.clause
            if not (position.pit and query.facets and body["size"] and "aggs" in body):
                return await self._ask(body, expired)
            return rejoined(*await asyncio.gather(*(self._ask(part, expired) for part in apart(body))))

        if query.offset is not None:
            page = await numbered_page(ask, query, words, position)
        else:
            page = await (collapsed_page if query.collapse else whole_page)(ask, query, words, position)
        if query.explain and position.by_relevance and page.hits:
            scored = await ask(explaining_body(query, words, page.hits))
            return replace(page, hits=read_explained(scored, query, words, page.hits))
        return page

    async def _settled(self, query: Query) -> Query:
        """Return the query with what is settled, asking the live index."""
        settling = settle(query)
        try:
            asked = next(settling)
            while True:
                counts = await self.frequencies(asked.field, asked.tokens)
                asked = settling.send(dict(zip(asked.tokens, counts, strict=True)))
        except StopIteration as done:
            return done.value

    async def _ask(self, body: dict[str, Any], expired: Collection[int] = ()) -> Mapping[str, Any]:
        """Search the live index, or the point in time that the body names; `expired` statuses blame the cursor."""
        index = None if "pit" in body else self._names.read
        with translated_failures():
            try:
                limited = {"timeout": SEARCH_WORK, **body}
                answer = await self._client.search(
                    index=index, body=limited, allow_partial_search_results=False, include_named_queries_score=True
                )
            except ApiError as error:
                if error.meta.status in expired:
                    raise InvalidCursorError("the cursor has expired; start again without a cursor") from error
                raise
        return whole(answer.body)

    async def _histogram(self, query: Query, words: Words, counted: Mapping[str, Any]) -> tuple[HistogramBucket, ...]:
        """Read the histogram by month or year; by day it takes another request, as many days are seldom wanted."""
        interval = histogram_interval(counted, query.histogram)
        if interval is None:
            return ()
        buckets = counted[HISTOGRAM]["months"]["buckets"]
        if interval == "day":
            answer = await self._ask(daily_histogram_body(query, words))
            buckets = answer["aggregations"][HISTOGRAM]["buckets"]
        return read_histogram(buckets, interval)

    async def _open_point_in_time(self) -> str:
        with translated_failures():
            answer = await self._client.open_point_in_time(index=self._names.read, keep_alive=LIFETIME)
        return answer["id"]

    async def _close_point_in_time(self, pit: str) -> None:
        with translated_failures():
            await self._client.options(ignore_status=404).close_point_in_time(id=pit)
