"""Proves that the documentation works without the internet, and that its policy lets nothing else in."""

import base64
import hashlib
import re

import httpx
import pytest
from fastapi import FastAPI

from bantin.http import create_app


@pytest.fixture
def app() -> FastAPI:
    return create_app([])


async def get(app: FastAPI, path: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get(path)


async def test_the_page_needs_nothing_from_elsewhere(app: FastAPI) -> None:
    page = await get(app, "/docs")
    assert page.status_code == 200
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(addresses) == 3
    for address in addresses:
        asset = await get(app, address)
        assert asset.status_code == 200, address
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "://" not in page.text
    assert (await get(app, "/openapi.json")).json()["openapi"].startswith("3.1")


async def test_the_policy_names_this_server_and_the_pages_own_script_only(app: FastAPI) -> None:
    page = await get(app, "/docs")
    policy = page.headers["content-security-policy"]
    (script,) = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


async def test_another_file_is_not_served(app: FastAPI) -> None:
    assert (await get(app, "/docs/assets/redoc.standalone.js")).status_code == 404
