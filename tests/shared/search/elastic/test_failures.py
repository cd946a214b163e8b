"""What Elasticsearch answers when it can't or won't serve us becomes the port's two errors; bugs stay visible."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError, AsyncElasticsearch, ConnectionError, ConnectionTimeout

from bantin.events import Article
from bantin.search.elastic.failures import translated_failures
from bantin.search.elastic.index import ElasticIndex
from bantin.search.port import SearchRefusedError, SearchUnavailableError, StoredArticle


def api_error(status: int, kind: str = "some_exception") -> ApiError:
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "127.0.0.1", 9200))
    return ApiError(kind, meta, {"error": {"type": kind, "root_cause": [{"type": kind, "reason": "why"}]}})


@pytest.mark.parametrize(
    "error",
    [
        ConnectionError("refused"),
        ConnectionTimeout("slow"),
        api_error(429, "circuit_breaking_exception"),
        api_error(500),
        api_error(502),
        api_error(503),
        api_error(404, "index_not_found_exception"),
        api_error(403, "cluster_block_exception"),
    ],
)
def test_what_may_pass_is_unavailable(error: Exception):
    with pytest.raises(SearchUnavailableError), translated_failures():
        raise error


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_and_rights_are_refusals(status: int):
    with pytest.raises(SearchRefusedError, match="credentials"), translated_failures():
        raise api_error(status, "security_exception")


def test_a_wrong_request_is_a_bug_and_stays_one():
    with pytest.raises(ApiError), translated_failures():
        raise api_error(400, "parsing_exception")


class CannedClient:
    """Answers every bulk with what it was given."""

    def __init__(self, *answers: Exception | dict[str, Any]) -> None:
        self.answers = list(answers)

    def options(self, **_: Any) -> "CannedClient":
        return self

    async def bulk(self, **_: Any) -> Any:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return type("Answer", (), {"body": answer})


def index(*answers: Exception | dict[str, Any]) -> ElasticIndex:
    return ElasticIndex(cast(AsyncElasticsearch, CannedClient(*answers)), "articles", "articles-write", live=True)


def articles(count: int, characters: int = 1) -> Sequence[StoredArticle]:
    body = "x" * characters
    fields: dict[str, Any] = {"captured_at": datetime(2024, 1, 1, tzinfo=UTC), "content_type": "text/plain", "bytes": 1}
    return [
        StoredArticle(
            Article(article_id=f"a{number}", version="v", title="t", body=body, original_text=body, **fields), (), "c"
        )
        for number in range(count)
    ]


async def test_results_of_several_bulks_come_back_in_order():
    written, late = {"index": {"status": 201}}, {"index": {"status": 429, "error": {"type": "busy", "reason": "why"}}}
    target = index({"items": [written] * 499 + [late]}, {"items": [late, written]})
    results = await target.write(articles(502))
    assert [number for number, result in enumerate(results) if result.status == "retry"] == [499, 500]
    assert len(results) == 502


async def test_an_article_too_large_for_a_request_is_refused_alone():
    target = index(api_error(413), {"items": [{"index": {"status": 201}}]})
    large, small = articles(1, 9_000_000), articles(1)
    results = await target.write([*large, *small])
    assert [result.status for result in results] == ["refused", "written"]


async def test_an_overloaded_engine_is_unavailable_as_a_whole():
    with pytest.raises(SearchUnavailableError):
        await index(api_error(429)).write(articles(2))


async def test_deleting_what_is_gone_is_no_error_but_a_failure_is():
    await index({"items": [{"delete": {"_id": "a", "status": 404}}]}).delete(["a"])
    failed = {"delete": {"_id": "a", "status": 503, "error": {"type": "busy"}}}
    with pytest.raises(SearchUnavailableError, match="busy"):
        await index({"items": [failed]}).delete(["a"])
