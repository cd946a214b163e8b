"""Every answer, good or bad, tells browsers to keep it to itself, and none tells what made it."""

import base64
import hashlib
import re
from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi import APIRouter

from bantin.http import create_app
from bantin.service import Service
from bantin.site.documentation import documentation_policy
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


async def test_the_description_runs_its_own_script_only(http: httpx.AsyncClient) -> None:
    page = await http.get("/docs")
    (script,) = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (allowed,) = re.findall(r"script-src ([^;]+)", page.headers["Content-Security-Policy"])
    assert f"'sha256-{digest}'" in allowed.split()
    for address in re.findall(r'<script src="([^"]+)"', page.text):
        assert address.startswith("/") or "/".join(address.split("/")[:3]) in allowed.split()


def test_a_policy_names_the_hosts_of_a_pages_files_and_no_others() -> None:
    policy = documentation_policy('<script src="https://cdn.example/a.js"></script><script>go()</script>')
    assert "script-src 'self' https://cdn.example 'sha256-" in policy
    assert policy.count("sha256") == 1


def test_pages_load_nothing_inline_and_nothing_foreign() -> None:
    sources = {directive.split()[0]: directive.split()[1:] for directive in CONTENT_SECURITY_POLICY.split("; ")}
    assert {word for words in sources.values() for word in words} == {"'none'", "'self'"}
    assert sources["default-src"] == sources["frame-ancestors"] == sources["base-uri"] == ["'none'"]
