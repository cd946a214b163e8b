"""The relay and the front do to a connection what they say, and nothing when they are told nothing."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from aiohttp import web

from chaos.front import Front
from chaos.relay import Relay


@asynccontextmanager
async def echo() -> AsyncGenerator[Relay]:
    """A relay before a server that sends back what it gets."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(1024):
            writer.write(chunk)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    relay = Relay(*server.sockets[0].getsockname()[:2])
    async with relay.listening():
        yield relay
    server.close()


async def connect(relay: Relay) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = relay.address.split(":")
    return await asyncio.open_connection(host, int(port))


async def test_a_relay_passes_bytes_both_ways() -> None:
    async with echo() as relay:
        reader, writer = await connect(relay)
        writer.write(b"xin ch\xc3\xa0o")
        assert await reader.readexactly(9) == b"xin ch\xc3\xa0o"
        writer.close()


async def test_a_stalled_relay_passes_nothing_until_it_goes_on() -> None:
    async with echo() as relay:
        reader, writer = await connect(relay)
        async with relay.stalled():
            writer.write(b"later")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(reader.read(5), 0.2)
        assert await reader.readexactly(5) == b"later"
        writer.close()


async def test_a_relay_that_is_cut_ends_connections_and_takes_none() -> None:
    async with echo() as relay:
        reader, writer = await connect(relay)
        writer.write(b"before")
        assert await reader.readexactly(6) == b"before"
        async with relay.cut():
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await reader.readexactly(1)
            late, refused = await connect(relay)
            assert await late.read(1) == b""
            refused.close()
        writer.close()
        reader, writer = await connect(relay)
        writer.write(b"again")
        assert await reader.readexactly(5) == b"again"
        writer.close()


@asynccontextmanager
async def node() -> AsyncGenerator[tuple[Front, list[bytes]]]:
    """A front before a node that takes every item of a bulk; with what reached the node."""
    seen: list[bytes] = []

    async def bulk(request: web.Request) -> web.Response:
        body = await request.read()
        seen.append(body)
        count = len(body.splitlines()) // 2
        return web.json_response({"took": 1, "errors": False, "items": [{"index": {"status": 201}}] * count})

    app = web.Application()
    app.router.add_post("/_bulk", bulk)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    front = Front(f"http://{host}:{port}", seed=1)
    async with front.listening():
        yield front, seen
    await runner.cleanup()


BULK = b"".join(json.dumps({"index": {"_id": str(i)}}).encode() + b"\n{}\n" for i in range(20))


async def post(front: Front) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.post(f"{front.url}/_bulk", content=BULK)


async def test_a_front_passes_requests_on() -> None:
    async with node() as (front, seen):
        assert (await post(front)).json()["errors"] is False
        assert seen == [BULK]


async def test_a_front_answers_in_the_nodes_stead() -> None:
    async with node() as (front, seen):
        async with front.refusing(429, 1.0):
            assert (await post(front)).status_code == 429
        assert seen == []
        assert (await post(front)).status_code == 200


async def test_a_front_refuses_some_items_of_a_bulk_each_in_its_place() -> None:
    async with node() as (front, seen), front.refusing_items(0.5):
        items: list[dict[str, Any]] = (await post(front)).json()["items"]
        refused = [item["index"]["_id"] for item in items if item["index"]["status"] == 429]
        assert len(items) == 20
        assert 0 < len(refused) < 20
        sent = [json.loads(line)["index"]["_id"] for line in seen[0].splitlines()[::2]]
        assert sorted([*refused, *sent], key=int) == [str(i) for i in range(20)]
