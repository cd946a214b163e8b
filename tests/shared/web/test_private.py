"""Proves that answers behind a key are marked private, but for what is public."""

from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, Response

from bantin.access.command import add_key
from bantin.access.front import OPEN, front_for
from bantin.access.keyring import Keyring
from bantin.access.settings import AccessSettings
from bantin.http import create_app
from bantin.service import Service

SAID = {"none": "", "revalidate": "no-cache", "short": "max-age=30", "stream": "no-store"}
guarded, opened = APIRouter(), APIRouter()


@guarded.get("/guarded/{name}")
async def answer(name: str) -> Response:
    return Response("x", headers={"Cache-Control": SAID[name]} if SAID[name] else {})


@opened.get("/asset")
async def asset() -> Response:
    return Response("x", headers={"Cache-Control": "public, max-age=9"})


async def ask(path: str, keys: Path | None) -> httpx.Response:
    service = Service("test", (guarded,), scope="search", open_routers=(opened,))
    headers = {"X-API-Key": add_key(keys, "a portal", ["search"]).presented} if keys else {}
    front = front_for(AccessSettings(), Keyring(keys)) if keys else OPEN
    transport = httpx.ASGITransport(create_app([service], front))
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as http:
        return await http.get(path)


@pytest.mark.parametrize(
    ("path", "control"),
    [
        ("/guarded/none", "private, no-cache"),
        ("/guarded/revalidate", "private, no-cache"),
        ("/guarded/short", "private, max-age=30"),
        ("/guarded/stream", "no-store"),
        ("/asset", "public, max-age=9"),
    ],
)
async def test_with_keys_answers_are_private(tmp_path: Path, path: str, control: str) -> None:
    answer = await ask(path, tmp_path / "keys.json")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, control)


async def test_without_keys_they_are_as_their_routes_say() -> None:
    assert (await ask("/guarded/short", None)).headers["cache-control"] == "max-age=30"
    assert "cache-control" not in (await ask("/guarded/none", None)).headers
