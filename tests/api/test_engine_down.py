"""While the engine does not answer, readers are told so, and when to come again; refused credentials are ours."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from bantin.http import create_app
from bantin.search.connect import open_engine
from bantin_api import app
from bantin_api.settings import ApiSettings
from tests.shared.search.elastic.stub import Stub, error, stub

PATHS = (
    "/v1/search?q=tin",
    "/v1/suggest?q=tin",
    "/v1/facets/province?q=b",
    "/v1/articles/a1",
    "/v1/articles/a1/similar",
    "/v1/feed?format=rss",
    "/v1/export?format=ndjson",
)


@pytest.fixture
async def node() -> AsyncGenerator[Stub]:
    async with stub() as made:
        yield made


@pytest.fixture
async def http(node: Stub) -> AsyncGenerator[httpx.AsyncClient]:
    async with open_engine(node.url) as engine:
        transport = httpx.ASGITransport(create_app([app.build(ApiSettings(), engine)]))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            yield client


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("status", "kind"), [(429, "circuit_breaking_exception"), (503, "no_shard_available")])
async def test_readers_are_told_when_to_come_again(http, node, path: str, status: int, kind: str) -> None:
    node.status, node.body = status, error(kind)
    answer = await http.get(path)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:bantin:problem:search_unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert kind not in answer.text


async def test_a_refusal_is_told_without_a_time_to_come_again(http, node) -> None:
    node.status, node.body = 403, error("security_exception")
    answer = await http.get("/v1/search?q=tin")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:bantin:problem:search_refused")
    assert "retry-after" not in answer.headers
