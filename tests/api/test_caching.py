"""Proves that answers may be kept and asked about again, and that only what they say makes them other answers."""

import gzip
import json
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from bantin.events import Document
from bantin_api import caching
from bantin_api.answers import SearchAnswer
from bantin_api.routes import UNSAID
from tests.api.corpus import FESTIVAL, make_article, stored

PATHS = (
    "/v1/search?q=hoa+ban",
    "/v1/search?size=1",
    "/v1/search?fields=title,published_at",
    "/v1/suggest?q=h",
    "/v1/facets/province?q=d",
    "/v1/articles/festival",
    "/v1/articles/festival/similar",
    "/v1/documents/kh/12",
    "/v1/people/lo thi mai",
    "/v1/feed",
    "/v1/feed?format=atom",
    "/v1/feed?format=json",
)


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that cursors are kept by, in seconds."""
    now = [1_000_000.0]
    monkeypatch.setattr(caching.time, "time", lambda: now[0])
    return now


async def ask(client: httpx.AsyncClient, path: str, **headers: str) -> httpx.Response:
    return await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("path", PATHS)
async def test_an_answer_that_is_held_is_not_sent_again(client: httpx.AsyncClient, path: str) -> None:
    first = await ask(client, path)
    assert first.status_code == 200, first.text
    assert first.headers["etag"].startswith('W/"')
    assert first.headers["cache-control"] in ("no-cache", "max-age=30")
    again = await ask(client, path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["vary"].count("Accept-Encoding") == 1
    for name in ("etag", "cache-control", "last-modified", "vary"):
        assert again.headers.get(name) == first.headers.get(name)
    assert (await ask(client, path, if_none_match='"other"')).status_code == 200


@pytest.mark.parametrize("path", ["/openapi.json", "/opensearch.xml"])
async def test_descriptions_are_kept_as_well(client: httpx.AsyncClient, path: str) -> None:
    first = await ask(client, path)
    assert first.headers["cache-control"].startswith("public, ")
    again = await ask(client, path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("path", [path for path in PATHS if "suggest" not in path])  # those may lag behind
async def test_an_answer_that_says_something_else_is_another(client: httpx.AsyncClient, engine, path: str) -> None:
    first = await ask(client, path)
    changed = FESTIVAL.model_copy(
        update={"title": "Hoa ban nở", "captured_at": FESTIVAL.captured_at.replace(year=2026), "districts": ("Điện",)}
    )
    arrived = make_article(
        "new",
        "Hoa đào, hoa ban",
        FESTIVAL.body,
        province="Đắk Lắk",
        people=FESTIVAL.people,
        documents=(Document(kind="Kế hoạch", number="12/KH-UBND"),),
    )
    await engine.write([stored(changed), stored(arrived)])
    answer = await ask(client, path, if_none_match=first.headers["etag"])
    assert answer.status_code == 200
    assert answer.headers["etag"] != first.headers["etag"]


async def test_how_long_a_search_took_and_its_scores_make_no_difference() -> None:
    hit: dict[str, Any] = dict.fromkeys(("published_at", "province", "section", "source"))
    hit |= {"article_id": "a", "title": "t", "authors": (), "snippet": "", "highlight": {}, "duplicates": 0}
    hit["explanation"] = None
    rest: dict[str, Any] = {"total": 1, "facets": {}, "histogram": (), "did_you_mean": None, "understood": {}}

    def tag(took: int, score: float, title: str = "t") -> str:
        answer = SearchAnswer.model_validate(
            {**rest, "took_ms": took, "hits": [{**hit, "score": score, "title": title}], "next_cursor": None}
        )
        return caching.kept_answer(Request({"type": "http", "headers": []}), answer, unsaid=UNSAID).headers["etag"]

    assert tag(1, 0.5) == tag(7, 0.25)
    assert tag(1, 0.5) != tag(1, 0.5, "another")


async def test_where_a_cursor_leads_makes_none_for_a_while(client: httpx.AsyncClient, moment: list[float]) -> None:
    first = await ask(client, "/v1/search?size=1")
    assert first.json()["next_cursor"]
    tag = first.headers["etag"]
    assert (await ask(client, "/v1/search?size=1", if_none_match=tag)).status_code == 304
    moment[0] += caching.CURSOR_SECONDS
    assert (await ask(client, "/v1/search?size=1", if_none_match=tag)).status_code == 200


@pytest.mark.parametrize("path", ["/v1/articles/festival", "/v1/feed"])
async def test_what_has_a_date_can_be_asked_about_by_it(client: httpx.AsyncClient, path: str) -> None:
    first = await ask(client, path)
    assert first.headers["last-modified"] == "Fri, 01 Aug 2025 02:03:04 GMT"
    again = await ask(client, path, if_modified_since=first.headers["last-modified"])
    assert again.status_code == 304
    earlier = await ask(client, path, if_modified_since="Fri, 01 Aug 2025 02:03:03 GMT")
    assert earlier.status_code == 200


@pytest.mark.parametrize("path", PATHS)
async def test_head_says_what_get_would(client: httpx.AsyncClient, path: str) -> None:
    got, asked = await client.get(path), await client.head(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers["etag"] == got.headers["etag"]


async def test_an_export_streams_compressed_part_by_part(client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/v1/export", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["cache-control"] == "no-store"
        assert "content-length" not in answer.headers
        body = b"".join([part async for part in answer.aiter_raw()])
    assert {json.loads(line)["article_id"] for line in gzip.decompress(body).splitlines()} == {
        "festival",
        "dyke",
        "market",
        "undated",
    }
