"""A sender who is too slow is told so and loses the connection; one who keeps the pace is heard to the end."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import anyio
import pytest
from fastapi import FastAPI, Request
from hypothesis import given
from hypothesis import strategies as st

from bantin.hosting import create_server, listen
from bantin.settings import Settings
from bantin.web.pace import Pace

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
SLOW = b"HTTP/1.1 408 "
UNTIL = 20.0


def echo() -> FastAPI:
    app = FastAPI()

    @app.post("/")
    async def count(request: Request) -> int:  # pyright: ignore[reportUnusedFunction]
        return len(await request.body())

    return app


@asynccontextmanager
async def serving(**limits: float) -> AsyncGenerator[int]:
    """Give the port of a server."""
    settings = Settings(host="127.0.0.1", port=0).model_copy(update=limits)
    with listen(settings) as listener:
        server = create_server(echo(), settings)
        task = asyncio.create_task(server._serve(sockets=[listener]))  # pyright: ignore[reportPrivateUsage] - leaves signals alone
        try:
            yield listener.getsockname()[1]
        finally:
            server.end()
            await task


async def answer(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Send pieces with pauses between them, and return what was heard until the connection ended."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = bytearray()

    async def hear() -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(65_536):
                heard.extend(piece)

    with anyio.fail_after(UNTIL):
        async with anyio.create_task_group() as group:
            group.start_soon(hear)
            with suppress(ConnectionError):
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(pause)
    writer.close()
    return bytes(heard)


async def test_a_head_that_never_ends_is_given_up() -> None:
    async with serving(head_timeout=0.1) as port:
        assert (await answer(port)).startswith(SLOW)
        assert (await answer(port, b"GET / HT")).startswith(SLOW)
        drip = await answer(port, b"GET / HTTP/1.1\r\n", *[b"X: y\r\n"] * 20, pause=0.02)
        assert drip.startswith(SLOW)
        assert b'"type": "urn:bantin:problem:too_slow"' in drip


async def test_a_body_that_stops_or_drips_is_given_up() -> None:
    async with serving(body_timeout=0.2, body_rate=1_000) as port:
        assert (await answer(port, HEAD + b"1\r\na\r\n")).startswith(SLOW)
        assert (await answer(port, HEAD, *[b"1\r\na\r\n"] * 40, pause=0.02)).startswith(SLOW)


async def test_who_keeps_the_pace_is_heard_and_may_go_on() -> None:
    async with serving(head_timeout=5, body_timeout=5, body_rate=1) as port:
        request = (HEAD, b"3\r\nabc\r\n", b"2\r\nde\r\n", b"0\r\n\r\n")
        heard = await answer(port, *request, *request, b"GET /openapi.json HTTP/1.0\r\n\r\n", pause=0.01)
        assert heard.count(b"HTTP/1.1 200 OK") == 3
        assert SLOW not in heard


@pytest.mark.parametrize(
    "sent",
    [
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n\r\nabc",
        HEAD + b"3\r\nab",
        HEAD,
    ],
)
async def test_who_ends_within_a_body_and_still_listens_is_told(sent: bytes) -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        writer.write_eof()
        with anyio.fail_after(UNTIL):
            heard = await reader.read()
        writer.close()
    assert heard.startswith(b"HTTP/1.1 400 ")
    assert heard.count(b"HTTP/1.1 ") == 1
    assert b"urn:bantin:problem:incomplete_request" in heard


@pytest.mark.parametrize("second", [b"GET / HT", HEAD + b"1\r\n"])
async def test_a_second_request_has_no_more_time_than_the_first(second: bytes) -> None:
    async with serving(head_timeout=0.2, body_timeout=0.2) as port:
        heard = await answer(port, HEAD + b"0\r\n\r\n", second, pause=0.1)
        assert heard.startswith(b"HTTP/1.1 200 OK")
        assert SLOW in heard


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 10**9)), max_size=50))
def test_nobody_is_given_more_than_one_pause(arrivals: list[tuple[float, int]]) -> None:
    pace = Pace(20.0, 60.0, 250.0)
    left = pace.body_seconds
    for waited, received in arrivals:
        before, left = left, pace.left(left - waited, received)
        assert 0 <= left <= pace.body_seconds
        assert left <= max(0.0, before - waited) + received / pace.body_rate
