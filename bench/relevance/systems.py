"""What is measured: an engine of ours behind its port, and Elasticsearch as it is with one `standard` field."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final, Protocol
from uuid import uuid4

from elasticsearch import AsyncElasticsearch

from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine, StoredArticle
from bantin.search.query import Query
from bench.elasticsearch_node import temporary_index
from bench.relevance.measures import DEPTH

EMBEDDED: Final = "embedded"
ELASTICSEARCH: Final = "Elasticsearch"
STANDARD: Final = "`standard`"
_BATCH: Final = 500


class System(Protocol):
    """Something that ranks articles."""

    async def fill(self, articles: Sequence[StoredArticle]) -> None:
        """Index articles."""
        ...

    async def rank(self, text: str) -> list[str]:
        """Return the ids of the first DEPTH hits."""
        ...


class EngineSystem:
    """An engine of ours."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    async def fill(self, articles: Sequence[StoredArticle]) -> None:
        """See the protocol."""
        await self._engine.prepare()
        for first in range(0, len(articles), _BATCH):
            await self._engine.write(articles[first : first + _BATCH])

    async def rank(self, text: str) -> list[str]:
        """See the protocol."""
        results = await self._engine.search(Query(text=text, size=DEPTH, facets=(), collapse=False))
        return [hit.article.article_id for hit in results.hits]


class StandardSystem:
    """A `match` query over one text field with Elasticsearch's default analyzer."""

    def __init__(self, client: AsyncElasticsearch, index: str) -> None:
        self._client = client
        self._index = index

    async def fill(self, articles: Sequence[StoredArticle]) -> None:
        """See the protocol."""
        mapping = {"properties": {"text": {"type": "text", "analyzer": "standard"}}}
        await self._client.options(ignore_status=400).indices.create(
            index=self._index, settings={"number_of_shards": 1}, mappings=mapping
        )
        for first in range(0, len(articles), _BATCH):
            operations: list[Mapping[str, object]] = []
            for stored in articles[first : first + _BATCH]:
                article = stored.article
                operations += [
                    {"index": {"_id": article.article_id}},
                    {"text": f"{article.title}\n\n{article.body}"},
                ]
            await self._client.bulk(index=self._index, operations=operations)
        await self._client.indices.refresh(index=self._index)

    async def rank(self, text: str) -> list[str]:
        """See the protocol."""
        answer = await self._client.search(
            index=self._index, query={"match": {"text": text}}, size=DEPTH, source=False, track_total_hits=False
        )
        return [hit["_id"] for hit in answer["hits"]["hits"]]


def embedded(folder: str) -> AbstractAsyncContextManager[System]:
    """Open the embedded engine with an empty index in a folder."""
    return _opened(f"tantivy:///{folder}/{uuid4().hex}")


@asynccontextmanager
async def elasticsearch(url: str) -> AsyncGenerator[System]:
    """Open the Elasticsearch engine with an empty index, which is deleted at the end."""
    async with temporary_index(url) as name, _opened(f"{url}/{name}") as system:
        yield system


@asynccontextmanager
async def standard(url: str) -> AsyncGenerator[System]:
    """Open an empty index with one `standard` field, which is deleted at the end."""
    async with temporary_index(url) as name, AsyncElasticsearch(url) as client:
        yield StandardSystem(client, name)


@asynccontextmanager
async def _opened(url: str) -> AsyncGenerator[System]:
    async with open_engine(url) as engine:
        yield EngineSystem(engine)
