"""The client is whom the nearest of our proxies names, and nobody can name himself another."""

import pytest
from fastapi import APIRouter, Request
from httpx import ASGITransport, AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from bantin.access.front import front_for
from bantin.access.proxies import ProxyHeader, read_address, read_proxies
from bantin.access.settings import AccessSettings
from bantin.http import create_app
from bantin.service import Service

OURS = "10.0.0.0/8, 2001:db8:1::/48"


def origin(peer: str, *lines: tuple[str, str], header: ProxyHeader = "x-forwarded-for", ours: str = OURS) -> str:
    headers = Headers(raw=[(name.encode(), value.encode("latin-1")) for name, value in lines])
    found = read_proxies(ours, header).origin(peer, headers)
    return f"{found.scheme or ''} {found.address}".strip()


def xff(value: str) -> tuple[str, str]:
    return "x-forwarded-for", value


def forwarded(value: str) -> tuple[str, str]:
    return "forwarded", value


@pytest.mark.parametrize(
    ("peer", "lines", "found"),
    [
        ("203.0.113.9", [xff("198.51.100.1")], "203.0.113.9"),  # not one of ours: what it says is not believed
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", [xff("198.51.100.1")], "198.51.100.1"),
        ("10.0.0.1", [xff("127.0.0.1, 10.9.9.9, 198.51.100.1")], "198.51.100.1"),  # the client wrote the first two
        ("10.0.0.1", [xff("127.0.0.1"), xff("198.51.100.1, 10.0.0.2")], "198.51.100.1"),
        ("10.0.0.1", [xff("10.0.0.3, 10.0.0.2")], "10.0.0.3"),
        ("10.0.0.1", [xff("198.51.100.1, unknown")], "10.0.0.1"),
        ("10.0.0.1", [xff("198.51.100.1, ")], "10.0.0.1"),
        ("10.0.0.1", [xff("198.51.100.1:4711")], "198.51.100.1"),
        ("::ffff:10.0.0.1", [xff("[2001:db8:2::7]:4711")], "2001:db8:2::7"),
        ("10.0.0.1", [xff("2001:db8:2::7")], "2001:db8:2::7"),
        ("10.0.0.1", [xff("198.51.100.1"), ("x-forwarded-proto", "https")], "https 198.51.100.1"),
        ("10.0.0.1", [("x-forwarded-proto", "ftp, https")], "https 10.0.0.1"),
        ("10.0.0.1", [("x-forwarded-proto", "https, javascript")], "10.0.0.1"),
        ("203.0.113.9", [("x-forwarded-proto", "https")], "203.0.113.9"),
        ("10.0.0.1", [forwarded("for=198.51.100.1;proto=https")], "10.0.0.1"),  # not the header that ours write
    ],
)
def test_the_first_from_the_right_that_is_not_ours_is_the_client(
    peer: str, lines: list[tuple[str, str]], found: str
) -> None:
    assert origin(peer, *lines) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("for=198.51.100.1", "198.51.100.1"),
        ('For="[2001:db8:2::7]:4711";Proto=https;by=10.0.0.1', "https 2001:db8:2::7"),
        ('for=127.0.0.1, for="198.51.100.1:80" ; proto=http', "http 198.51.100.1"),
        ("for=198.51.100.1;proto=https, for=10.0.0.2;proto=http", "https 198.51.100.1"),
        ('for="127.0.0.1, for=198.51.100.1", for=198.51.100.2', "198.51.100.2"),
        ("for=198.51.100.1, for=_hidden;proto=https", "https 10.0.0.1"),
        ('for=198.51.100.1, for="', "10.0.0.1"),
        ("for=198.51.100.1, ???, for=10.0.0.2", "10.0.0.2"),
    ],
)
def test_the_standard_header_is_read_where_ours_write_that(value: str, found: str) -> None:
    assert origin("10.0.0.1", forwarded(value), xff("192.0.2.1"), header="forwarded") == found


@given(st.text(st.characters(max_codepoint=255)), st.sampled_from(["x-forwarded-for", "forwarded"]))
def test_whatever_stands_there_has_an_answer(value: str, header: ProxyHeader) -> None:
    assert origin("10.0.0.1", (header, value), header=header)


@given(st.lists(st.ip_addresses().map(str), max_size=4))
def test_nothing_a_client_writes_makes_it_another(claims: list[str]) -> None:
    assert origin("10.0.0.1", xff(", ".join([*claims, "198.51.100.1"]))) == "198.51.100.1"


def test_what_is_no_proxy_is_told() -> None:
    with pytest.raises(ValueError, match=r"'proxy\.example' is no address and no network"):
        read_proxies("10.0.0.1, proxy.example")
    assert read_address("") is None


async def test_a_route_sees_the_client_and_its_scheme() -> None:
    router = APIRouter()

    @router.get("/who")
    async def who(request: Request) -> str:
        return f"{request.url.scheme} {request.client.host if request.client else None}"

    front = front_for(AccessSettings(trusted_proxies="10.0.0.1"), None)
    app = create_app([Service("test", (router,))], front)
    told = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https"}
    for peer, seen in (("10.0.0.1", "https 198.51.100.1"), ("10.0.0.2", "http 10.0.0.2")):
        async with AsyncClient(transport=ASGITransport(app, client=(peer, 1)), base_url="http://localhost") as http:
            assert (await http.get("/who", headers=told)).json() == seen
