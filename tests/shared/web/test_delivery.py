"""Proves how answers travel: compressed where it pays, to the sites listed only, and without a body after HEAD."""

import gzip
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import brotli
import httpx
import pytest
import zstandard
from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from sse_starlette import EventSourceResponse

from bantin.access.front import OPEN, Front, front_for
from bantin.access.keyring import Keyring
from bantin.access.settings import AccessSettings
from bantin.http import create_app
from bantin.service import Service
from bantin.web.compression import MINIMUM_BYTES

PORTAL = "https://portal.example"
LONG = "tin " * MINIMUM_BYTES
closed: list[str] = []
router = APIRouter()


@router.get("/v1/long")
async def long() -> dict[str, str]:
    return {"text": LONG}


@router.get("/v1/short")
async def short() -> dict[str, str]:
    return {"text": "tin"}


@router.get("/page")
async def page() -> Response:
    return Response("<p>tin</p>", media_type="text/html", headers={"Cache-Control": "public, max-age=5"})


@router.get("/v1/export")
async def export() -> StreamingResponse:
    async def lines() -> AsyncGenerator[bytes]:
        try:
            while True:
                yield b'{"a":1}\n'
                await anyio.lowlevel.checkpoint()
        finally:
            closed.append("export")

    return StreamingResponse(lines(), media_type="application/x-ndjson")


@router.get("/v1/events")
async def events() -> EventSourceResponse:
    async def each() -> AsyncGenerator[str]:
        yield LONG

    return EventSourceResponse(each())


def client(origins: tuple[str, ...] = (), front: Front = OPEN) -> httpx.AsyncClient:
    service = Service("test", (router,), scope="search")
    app = create_app([service], front, origins)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://test", headers={"Accept-Encoding": ""}
    )


@pytest.mark.parametrize(
    ("accepted", "encoding", "decompress"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, br, zstd", "zstd", lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body)),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
    ],
)
async def test_long_answers_are_compressed_as_the_client_takes_them(accepted: str, encoding: str, decompress: Any):
    async with client() as http, http.stream("GET", "/v1/long", headers={"Accept-Encoding": accepted}) as answer:
        assert answer.headers["content-encoding"] == encoding
        assert "accept-encoding" in answer.headers["vary"].lower()
        body = b"".join([part async for part in answer.aiter_raw()])
    assert len(body) == int(answer.headers["content-length"]) < len(LONG) / 10
    assert LONG in decompress(body).decode()


@pytest.mark.parametrize(("path", "accepted"), [("/v1/short", "gzip"), ("/v1/long", ""), ("/v1/events", "gzip, br")])
async def test_small_answers_and_event_streams_are_not(path: str, accepted: str) -> None:
    async with client() as http:
        answer = await http.get(path, headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in answer.headers


async def test_head_is_answered_as_get_without_the_body() -> None:
    async with client() as http:
        got, asked = await http.get("/v1/long"), await http.head("/v1/long")
        assert (await http.head("/v1/none")).status_code == 404
        assert (await http.head("/healthz")).status_code == 200
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers == got.headers


async def test_head_does_not_read_a_stream_through() -> None:
    closed.clear()
    async with client() as http:
        with anyio.fail_after(10):
            answer = await http.head("/v1/export", headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.content, closed) == (200, b"", ["export"])


async def test_no_other_site_may_read_by_default() -> None:
    async with client() as http:
        answer = await http.get("/v1/short", headers={"Origin": PORTAL})
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_pages_of_listed_sites_may_read_the_api_without_credentials() -> None:
    async with client((PORTAL,)) as http:
        answer = await http.get("/v1/short", headers={"Origin": PORTAL})
        problem = await http.get("/v1/none", headers={"Origin": PORTAL})
    for one in (answer, problem):
        assert one.headers["access-control-allow-origin"] == PORTAL
        assert "access-control-allow-credentials" not in one.headers
        assert {"ETag", "Retry-After", "Link"} <= set(one.headers["access-control-expose-headers"].split(", "))
        assert "Origin" in one.headers["vary"]


@pytest.mark.parametrize(("path", "origin"), [("/v1/short", "https://other.example"), ("/page", PORTAL)])
async def test_others_may_not_and_pages_are_for_nobody_elses_scripts(path: str, origin: str) -> None:
    async with client((PORTAL,)) as http:
        answer = await http.get(path, headers={"Origin": origin})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


async def test_browsers_may_ask_beforehand_whether_a_key_may_be_sent(tmp_path: Path) -> None:
    asked = {
        "Origin": PORTAL,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-api-key,content-type",
    }
    async with client((PORTAL,), front_for(AccessSettings(), Keyring(tmp_path / "none.json"))) as http:
        answer = await http.options("/v1/short", headers=asked)
        refused = await http.options("/v1/short", headers={**asked, "Origin": "https://other.example"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == PORTAL
    assert "X-API-Key" in answer.headers["access-control-allow-headers"]
    assert answer.headers["access-control-max-age"] == "600"
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers
