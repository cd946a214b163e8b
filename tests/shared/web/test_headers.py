"""Every answer, good or bad, tells browsers to keep it to itself, and none tells what made it."""

import re
from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi import APIRouter

from bantin.http import create_app
from bantin.service import Service
from bantin.site.security import CONTENT_SECURITY_POLICY, HEADERS

router = APIRouter()


@router.get("/v1/things")
async def things() -> int:
    return 1


@router.get("/crash")
async def crash() -> None:
    raise ZeroDivisionError


@pytest.fixture
async def http() -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app([Service("test", (router,))]), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


ANSWERS = ["/v1/things", "/v1/none", "/crash", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"]


@pytest.mark.parametrize("path", ANSWERS)
async def test_every_answer_has_the_headers_that_browsers_need(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    for name, value in HEADERS.items():
        if name != "Content-Security-Policy":
            assert headers[name] == value
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not {"set-cookie", "server", "x-powered-by"} & set(headers)
    assert not re.search(r"uvicorn|starlette|python", str(headers), re.IGNORECASE)


def test_pages_load_nothing_inline_and_nothing_foreign() -> None:
    sources = {directive.split()[0]: directive.split()[1:] for directive in CONTENT_SECURITY_POLICY.split("; ")}
    assert {word for words in sources.values() for word in words} == {"'none'", "'self'"}
    assert sources["default-src"] == sources["frame-ancestors"] == sources["base-uri"] == ["'none'"]
