"""A new index beside the live one: filled, swapped in, and the old one dropped once nobody reads it."""

from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final

import anyio
from elasticsearch import AsyncElasticsearch

from bantin.search.elastic.aliases import (
    IndexNames,
    create_unseen,
    drop,
    drop_leftovers,
    hold_writes,
    let_write,
    live_indexes,
    swap_in,
)
from bantin.search.elastic.failures import translated_failures
from bantin.search.elastic.index import ElasticIndex
from bantin.search.elastic.lease import Lease
from bantin.search.elastic.limits import ADMIN_SECONDS
from bantin.search.port import Lookalike, SearchRefusedError, SearchUnavailableError, StoredArticle, WriteResult

TIDY_SECONDS: Final = 10.0
"""How long we try to take back what a rebuild did that failed."""

GRACE_SECONDS: Final = 10.0
"""How long the old index stays for requests, cursors and exports that began on it."""

LOOK_SECONDS: Final = 0.2


class FreshIndex(ElasticIndex):
    """A new index that is being filled; whoever writes to it shows that the rebuild is alive."""

    def __init__(self, client: AsyncElasticsearch, names: IndexNames, index: str, lease: Lease) -> None:
        super().__init__(client, names.filling(index), names.filling(index), live=False)
        self.index = index
        self._admin = client.options(request_timeout=ADMIN_SECONDS)
        self._names = names
        self._lease = lease

    async def get(self, article_ids: Sequence[str]) -> Mapping[str, StoredArticle]:
        """Return those of the articles that exist."""
        await self._renew()
        return await super().get(article_ids)

    async def lookalikes(self, fingerprints: Sequence[Sequence[str]]) -> Sequence[Sequence[Lookalike]]:
        """Return for each fingerprint the articles written that share most bands with it."""
        await self._renew()
        return await super().lookalikes(fingerprints)

    async def write(self, articles: Sequence[StoredArticle]) -> Sequence[WriteResult]:
        """Write articles, and return one result each."""
        await self._renew()
        return await super().write(articles)

    async def hold_writes(self) -> None:
        """See the port."""
        with translated_failures():
            await self._lease.confirm()
            for index in await live_indexes(self._admin, self._names):
                await hold_writes(self._admin, index)

    async def go_live(self) -> Sequence[str]:
        """Take the live index's place; return those that were live before."""
        with translated_failures():
            await self._lease.confirm()
            return await swap_in(self._admin, self._names, self.index)

    async def give_up(self) -> None:
        """Drop this index, unless the failure came after it went live, and let the live one take writes again."""
        live = await live_indexes(self._admin, self._names)
        for index in live:
            await let_write(self._admin, index)
        if self.index not in live:
            await drop(self._admin, self.index)

    async def _renew(self) -> None:
        with translated_failures():
            await self._lease.renew()


@asynccontextmanager
async def rebuilding(client: AsyncElasticsearch, names: IndexNames) -> AsyncGenerator[FreshIndex]:
    """Give a new, empty index to fill; at the end of the block it goes live, if the block raises it is dropped.

    Raise RebuildRunningError while another process rebuilds.
    """
    admin = client.options(request_timeout=ADMIN_SECONDS)
    lease = Lease(admin, names.lease)
    try:
        with translated_failures():
            await lease.take()
            await drop_leftovers(admin, names)
            fresh = FreshIndex(client, names, await create_unseen(admin, names), lease)
        try:
            yield fresh
            replaced = await fresh.go_live()
        except BaseException:
            with _tidying():
                await fresh.give_up()
            raise
        await _retire(admin, replaced)
    finally:
        with _tidying():
            await lease.release()


@contextmanager
def _tidying() -> Generator[None]:
    """Let the block run to its end even if we are cancelled; that the engine does not answer is no news by then."""
    tolerated = suppress(SearchUnavailableError, SearchRefusedError)
    with anyio.move_on_after(TIDY_SECONDS, shield=True), tolerated, translated_failures():
        yield


async def _retire(client: AsyncElasticsearch, replaced: Sequence[str]) -> None:
    """Drop the indexes that were live, as soon as nothing reads them any more or GRACE_SECONDS have passed."""
    try:
        with anyio.move_on_after(GRACE_SECONDS), suppress(SearchUnavailableError), translated_failures():
            while True:
                await anyio.sleep(LOOK_SECONDS)
                if not await _readers(client, replaced):
                    break
    finally:
        with anyio.CancelScope(shield=True), translated_failures():
            for index in replaced:
                await drop(client, index)


async def _readers(client: AsyncElasticsearch, indexes: Sequence[str]) -> int:
    """Return how many searches and points in time are open on some indexes."""
    if not indexes:
        return 0
    answer = await client.indices.stats(index=indexes, metric="search")
    shares: Mapping[str, Mapping[str, Mapping[str, int]]] = answer.body["_all"]
    counts = shares["total"].get("search", {})
    return counts.get("open_contexts", 0) + counts.get("query_current", 0)
