"""Without keys, too, no page of another site can have a browser change something here; programs are left alone."""

import httpx
import pytest
from fastapi import APIRouter

from bantin.access.keys import Scope
from bantin.http import create_app
from bantin.service import Service

router = APIRouter()


@router.post("/v1/files")
@router.get("/v1/files")
async def take() -> int:
    return 1


async def status(method: str, headers: dict[str, str], scope: Scope = "ingest") -> int:
    transport = httpx.ASGITransport(create_app([Service("test", (router,), scope=scope)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as http:
        return (await http.request(method, "/v1/files", headers=headers)).status_code


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ({}, 200),  # curl, scripts
        ({"User-Agent": "curl/8", "Content-Type": "application/x-www-form-urlencoded"}, 200),
        ({"Origin": "http://localhost:8000"}, 200),
        ({"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),  # typed by its reader
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),  # no browser's, and no address at all
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_only_our_own_pages_and_programs_change_things(sent: dict[str, str], answered: int) -> None:
    assert await status("POST", sent) == answered
    assert await status("GET", sent) == 200
    assert await status("POST", sent, scope="search") == 200  # which changes nothing
