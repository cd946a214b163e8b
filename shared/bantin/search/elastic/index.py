"""One Elasticsearch index (or the alias of the live one) that is written to and read from by id."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from elasticsearch import ApiError, AsyncElasticsearch

from bantin.search.elastic.documents import stored_article
from bantin.search.elastic.failures import TOO_LARGE, translated_failures
from bantin.search.elastic.limits import WRITE_SECONDS
from bantin.search.elastic.related import lookalikes_body, read_lookalikes
from bantin.search.elastic.writes import Bulk, bulks, write_results
from bantin.search.port import MOST_LOOKALIKES, Lookalike, SearchUnavailableError, StoredArticle, WriteResult

READ_BATCH: Final = 200
"""Articles fetched in one request."""

LOOKUP_BATCH: Final = 100
"""Fingerprints looked for in one request."""

Refresh = Literal["wait_for", "false"]


class ElasticIndex:
    """Implements `bantin.search.port.SearchIndex`.

    It is named by aliases only. Every write to the live index waits until a search sees it; one that is being filled
    does not refresh.
    """

    def __init__(self, client: AsyncElasticsearch, read_alias: str, write_alias: str, *, live: bool) -> None:
        self._client = client
        self._patient = client.options(request_timeout=WRITE_SECONDS)
        self._read_alias = read_alias
        self._write_alias = write_alias
        self._live = live
        self._refresh: Refresh = "wait_for" if live else "false"

    async def get(self, article_ids: Sequence[str]) -> Mapping[str, StoredArticle]:
        """Return those of the articles that exist, as last written: reading by id does not wait for a refresh."""
        found: dict[str, StoredArticle] = {}
        ids = list(dict.fromkeys(article_ids))
        for start in range(0, len(ids), READ_BATCH):
            with translated_failures():
                answer = await self._client.mget(index=self._read_alias, ids=ids[start : start + READ_BATCH])
            for document in answer["docs"]:
                if "error" in document:
                    raise SearchUnavailableError(f"Elasticsearch can't read now: {document['error']['reason']}")
                if document["found"]:
                    found[document["_id"]] = stored_article(document["_source"])
        return found

    async def lookalikes(self, fingerprints: Sequence[Sequence[str]]) -> Sequence[Sequence[Lookalike]]:
        """Return for each fingerprint the articles written that share most bands with it."""
        if not self._live:
            with translated_failures():
                await self._patient.indices.refresh(index=self._read_alias)
        found: list[list[Lookalike]] = []
        for start in range(0, len(fingerprints), LOOKUP_BATCH):
            found += await self._lookalikes(fingerprints[start : start + LOOKUP_BATCH])
        return found

    async def write(self, articles: Sequence[StoredArticle]) -> Sequence[WriteResult]:
        """Write articles, in requests of limited size; return one result each, in order."""
        results: list[WriteResult] = []
        for bulk in bulks(articles):
            with translated_failures():
                results += await self._send(bulk)
        return results

    async def delete(self, article_ids: Sequence[str]) -> None:
        """Remove articles; those that do not exist are no error."""
        if not article_ids:
            return
        operations = [{"delete": {"_id": article_id}} for article_id in article_ids]
        with translated_failures():
            answer = await self._bulk(operations)
        failed = [item["delete"] for item in answer["items"] if item["delete"]["status"] not in (200, 404)]
        if failed:
            raise SearchUnavailableError(f"Elasticsearch did not delete {failed[0]['_id']}: {failed[0]['error']}")

    async def _lookalikes(self, fingerprints: Sequence[Sequence[str]]) -> list[list[Lookalike]]:
        searches: list[dict[str, Any]] = []
        for bands in fingerprints:
            searches += [{"allow_partial_search_results": False}, lookalikes_body(bands, MOST_LOOKALIKES)]
        with translated_failures():
            answer = await self._patient.msearch(index=self._read_alias, searches=searches)
        for each in answer["responses"]:
            if "error" in each:
                raise SearchUnavailableError(f"Elasticsearch can't search now: {each['error']['reason']}")
        return [read_lookalikes(each) for each in answer["responses"]]

    async def _send(self, bulk: Bulk) -> list[WriteResult]:
        try:
            answer = await self._bulk(bulk.operations)
        except ApiError as error:
            if error.meta.status == TOO_LARGE:
                return [WriteResult("refused", f"too large for Elasticsearch: {error}")] * bulk.count
            raise
        return write_results(answer)

    async def _bulk(self, operations: Sequence[Any]) -> Mapping[str, Any]:
        answer = await self._patient.bulk(
            index=self._write_alias,
            operations=operations,
            refresh=self._refresh,
            require_alias=True,
        )
        return answer.body
