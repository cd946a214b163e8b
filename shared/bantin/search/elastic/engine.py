"""The search engine on Elasticsearch: binds the pure parts to a client, and retries nothing: callers know better."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any, Final, Self

import anyio
import anyio.to_thread
from elasticsearch import ApiError, AsyncElasticsearch

from bantin.search.cursor import encode_cursor
from bantin.search.elastic.address import parse_address
from bantin.search.elastic.aliases import IndexNames, create_first, create_unseen, drop, swap_in
from bantin.search.elastic.facets import HISTOGRAM, histogram_interval, read_facets, read_histogram
from bantin.search.elastic.failures import translated_failures
from bantin.search.elastic.index import ElasticIndex
from bantin.search.elastic.positions import LIFETIME, Position, cursor_value
from bantin.search.elastic.query import daily_histogram_body, search_body, sort_of
from bantin.search.elastic.results import read_page
from bantin.search.port import SearchRefusedError, SearchUnavailableError
from bantin.search.query import HistogramBucket, InvalidCursorError, Query, Results
from bantin.search.words import Words, parse_words

REQUEST_SECONDS: Final = 30.0
DROP_SECONDS: Final = 10.0


class ElasticEngine(ElasticIndex):
    """Implements `bantin.search.port.SearchEngine` on Elasticsearch 9."""

    def __init__(self, client: AsyncElasticsearch, name: str) -> None:
        self._names = IndexNames(name)
        super().__init__(client, self._names.write, live=True)

    @classmethod
    async def connect(cls, url: str) -> Self:
        """Return the engine at `http(s)://[USER:PASSWORD@]HOST:PORT[/INDEX]`; nothing is sent before it is used.

        An empty USER makes PASSWORD an API key. Raise ValueError for any other URL.
        """
        address = parse_address(url)
        client = AsyncElasticsearch(
            address.host,
            basic_auth=address.basic_auth,
            api_key=address.api_key,
            request_timeout=REQUEST_SECONDS,
            max_retries=0,
            retry_on_timeout=False,
        )
        return cls(client, address.name)

    async def prepare(self) -> None:
        """Create the first index and its aliases where there are none; any number of processes may try."""
        with translated_failures():
            await create_first(self._client, self._names)

    async def search(self, query: Query) -> Results:
        """Answer a query. By relevance it is answered from a point in time, which its cursors keep."""
        words = parse_words(query.text)
        position = Position.of(query, sort_of(query, words))
        if position.by_relevance and position.pit is None and query.size:
            position = replace(position, pit=await self._open_point_in_time())
        answer = await self._page(query, words, position)
        page = await anyio.to_thread.run_sync(read_page, query, words, answer)
        pit: str | None = answer.get("pit_id")
        if pit is not None and page.after is None:
            await self._close_point_in_time(pit)
        return Results(
            total=answer["hits"]["total"]["value"],
            hits=page.hits,
            facets=read_facets(query, answer["aggregations"]),
            histogram=await self._histogram(query, words, answer["aggregations"]),
            next_cursor=encode_cursor(query, cursor_value(page.after, pit)) if page.after else None,
        )

    @asynccontextmanager
    async def rebuild(self) -> AsyncGenerator[ElasticIndex]:
        """Give a new, empty index to fill; at the end of the block it goes live, if the block raises it is dropped."""
        with translated_failures():
            index = await create_unseen(self._client, self._names)
        try:
            yield ElasticIndex(self._client, index, live=False)
            with translated_failures():
                await swap_in(self._client, self._names, index)
        except BaseException:
            with anyio.move_on_after(DROP_SECONDS, shield=True), suppress(SearchUnavailableError, SearchRefusedError):
                await self._drop_unless_live(index)
            raise

    async def ready(self) -> None:
        """Return if the live index answers a search."""
        with translated_failures():
            await self._client.search(index=self._names.read, size=0, track_total_hits=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _page(self, query: Query, words: Words, position: Position) -> Mapping[str, Any]:
        body = search_body(query, words, position.after) | position.clause
        index = None if position.pit else self._names.read
        with translated_failures():
            try:
                answer = await self._client.search(index=index, body=body, allow_partial_search_results=False)
            except ApiError as error:
                if query.cursor and error.meta.status in ((400, 404) if position.pit else (400,)):
                    raise InvalidCursorError("the cursor has expired; start again without a cursor") from error
                raise
        return answer.body

    async def _histogram(self, query: Query, words: Words, counted: Mapping[str, Any]) -> tuple[HistogramBucket, ...]:
        """Read the histogram by month or year; by day it takes another request, cheap as it spans few days."""
        interval = histogram_interval(counted)
        if interval is None:
            return ()
        buckets = counted[HISTOGRAM]["months"]["buckets"]
        if interval == "day":
            with translated_failures():
                answer = await self._client.search(
                    index=self._names.read,
                    body=daily_histogram_body(query, words),
                    allow_partial_search_results=False,
                )
            buckets = answer["aggregations"][HISTOGRAM]["buckets"]
        return read_histogram(buckets, interval)

    async def _open_point_in_time(self) -> str:
        with translated_failures():
            answer = await self._client.open_point_in_time(index=self._names.read, keep_alive=LIFETIME)
        return answer["id"]

    async def _close_point_in_time(self, pit: str) -> None:
        with translated_failures():
            await self._client.options(ignore_status=404).close_point_in_time(id=pit)

    async def _drop_unless_live(self, index: str) -> None:
        """Drop an index whose filling failed, unless the failure came after it went live."""
        with translated_failures():
            live = await self._client.indices.exists_alias(index=index, name=self._names.write)
            if not live:
                await drop(self._client, index)
