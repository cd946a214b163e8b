"""A name that somebody else has lead to this machine opens nothing (DNS rebinding)."""

import httpx
import pytest
from fastapi import APIRouter

from bantin.access.front import front_for
from bantin.access.hosts import is_allowed, read_hosts
from bantin.access.settings import AccessSettings
from bantin.http import create_app
from bantin.service import Service

router = APIRouter()


@router.get("/v1/things")
async def things() -> int:
    return 1


async def status(host: str, allowed: str = "") -> int:
    app = create_app([Service("test", (router,))], front_for(AccessSettings(allowed_hosts=allowed), None))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:
        return (await http.get("/v1/things", headers={"Host": host})).status_code


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1:9", "[::1]", "[::1]:8000", "10.0.0.7"]
)
async def test_this_machine_and_addresses_in_figures_are_asked(host: str) -> None:
    assert await status(host) == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", "[evil.example]", "", "api"]
)
async def test_other_names_are_refused_until_they_are_allowed(host: str) -> None:
    assert await status(host) == 421
    if host in ("evil.example", "api"):
        assert await status(f"{host.upper()}:8000", allowed=f"tin.example, {host}") == 200


def test_a_request_with_two_names_is_refused() -> None:
    assert not is_allowed("127.0.0.1, evil.example", frozenset())


@pytest.mark.parametrize("text", ["https://tin.example", "tin.example:8000", "*", "a b"])
def test_what_is_no_name_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="is no host name"):
        read_hosts(text)
