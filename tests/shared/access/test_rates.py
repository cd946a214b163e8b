"""Who asks too often is told when to come again; nobody else is, and memory does not grow with who asks."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter
from hypothesis import given
from hypothesis import strategies as st

from bantin.access.command import add_key
from bantin.access.counters import BoundedCounters
from bantin.access.front import front_for
from bantin.access.guard import KEY_HEADER
from bantin.access.keyring import Keyring
from bantin.access.rates import read_limit
from bantin.access.settings import AccessSettings
from bantin.http import create_app
from bantin.service import Service

router = APIRouter()


@router.get("/v1/search")
@router.get("/v1/suggest")
@router.post("/v1/files")
async def answer() -> int:
    return 1


@asynccontextmanager
async def serving(
    settings: AccessSettings, keys: Path | None = None, client: str = "198.51.100.1"
) -> AsyncGenerator[httpx.AsyncClient]:
    app = create_app([Service("test", (router,), scope="ingest")], front_for(settings, keys and Keyring(keys)))
    transport = httpx.ASGITransport(app, client=(client, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield http


async def test_beyond_the_limit_a_request_is_told_when_to_come_again() -> None:
    async with serving(AccessSettings(rate_limit_search="2/minute")) as http:
        within = [await http.get("/v1/search") for _ in range(2)]
        beyond = await http.get("/v1/search")
        assert [one.headers["ratelimit"].partition(";t=")[0] for one in within] == ['"search";r=1', '"search";r=0']
        assert within[0].headers["ratelimit-policy"] == '"search";q=2;w=60'
        assert beyond.status_code == 429
        assert beyond.headers["content-type"] == "application/problem+json"
        assert beyond.json()["type"] == "urn:bantin:problem:too_many_requests"
        assert 1 <= int(beyond.headers["retry-after"]) <= 60
        assert beyond.headers["ratelimit"].startswith('"search";r=0;t=')
        for other in ("/v1/suggest", "/healthz"):
            assert (await http.get(other)).status_code == 200
        assert (await http.post("/v1/files")).status_code == 200


async def test_by_default_nothing_is_limited_on_a_machine_of_ones_own() -> None:
    async with serving(AccessSettings()) as http:
        answers = [await http.get("/v1/search") for _ in range(300)]
    assert {one.status_code for one in answers} == {200}
    assert "ratelimit" not in answers[0].headers


async def test_every_key_has_its_own_limit_wherever_it_is_used(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    one, other = ({KEY_HEADER: add_key(keys, name, ["ingest"]).presented} for name in ("one", "other"))
    async with serving(AccessSettings(rate_limit_upload="2/hour"), keys) as http:
        assert [(await http.post("/v1/files", headers=one)).status_code for _ in range(3)] == [200, 200, 429]
        assert (await http.post("/v1/files", headers=other)).status_code == 200


async def test_guessing_keys_is_limited_by_address_and_right_keys_still_get_in(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    right = add_key(keys, "a portal", ["ingest"]).presented
    async with serving(AccessSettings(), keys) as http:
        guesses = [await http.get("/v1/search", headers={KEY_HEADER: f"{right[:-2]}{n:02x}x"}) for n in range(40)]
        assert [one.status_code for one in guesses] == [401] * 30 + [429] * 10
        assert (await http.get("/v1/search")).status_code == 401  # no key is no guess
        assert (await http.get("/v1/search", headers={KEY_HEADER: right})).status_code == 200


async def test_requests_without_a_key_have_a_limit_of_their_own(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    right = add_key(keys, "a portal", ["ingest"]).presented
    async with serving(AccessSettings(rate_limit_missing_keys="3/minute"), keys) as http:
        assert [(await http.get("/v1/search")).status_code for _ in range(5)] == [401] * 3 + [429] * 2
        assert (await http.get("/v1/search", headers={KEY_HEADER: "a guess"})).status_code == 401
        assert (await http.get("/v1/search", headers={KEY_HEADER: right})).status_code == 200
    async with serving(AccessSettings(), keys) as http:
        assert [(await http.get("/v1/search")).status_code for _ in range(62)] == [401] * 60 + [429] * 2


async def test_requests_beyond_a_keys_scopes_count_against_the_key(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    other = {KEY_HEADER: add_key(keys, "a reader", ["search"]).presented}
    async with serving(AccessSettings(rate_limit_search="5/minute"), keys) as http:
        answers = [(await http.get("/v1/search", headers=other)).status_code for _ in range(8)]
    assert answers == [403] * 5 + [429] * 3


async def test_the_addresses_of_one_ipv6_line_count_as_one() -> None:
    settings = AccessSettings(rate_limit_search="1/minute", trusted_proxies="198.51.100.1")
    async with serving(settings) as http:
        statuses = [
            (await http.get("/v1/search", headers={"X-Forwarded-For": address})).status_code
            for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")
        ]
    assert statuses == [200, 429, 200]


async def test_naming_another_client_does_not_help() -> None:
    async with serving(AccessSettings(rate_limit_search="1/minute")) as http:
        told = [{"X-Forwarded-For": f"192.0.2.{n}", "Forwarded": f"for=192.0.2.{n}"} for n in range(3)]
        assert [(await http.get("/v1/search", headers=one)).status_code for one in told] == [200, 429, 429]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 30))))
def test_counts_are_those_of_the_current_window(requests: list[tuple[str, float]]) -> None:
    now = 0.0
    counters = BoundedCounters(clock=lambda: now)
    windows: dict[str, tuple[float, int]] = {}
    for who, pause in requests:
        now += pause
        ends, count = windows.get(who, (now, 0))
        windows[who] = (ends, count + 1) if now < ends else (now + 60, 1)
        assert counters.incr(who, 60) == counters.get(who) == windows[who][1]
        assert counters.get_expiry(who) == windows[who][0]


def test_however_many_ask_the_counters_do_not_grow() -> None:
    counters = BoundedCounters(most=100)
    for number in range(1_000):
        counters.incr(f"{number}", 60)
    assert len(counters) == 100
    assert (counters.get("999"), counters.get("0")) == (1, 0)


@pytest.mark.parametrize("text", ["soon", "0/minute", "10/fortnight"])
def test_what_is_no_limit_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"6000/minute|let nothing through"):
        read_limit(text)
