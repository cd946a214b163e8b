"""A front before Elasticsearch that, when told, answers in its stead as a node in trouble does."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession, web

_HEADERS = {"X-Elastic-Product": "Elasticsearch"}
_OVERLOADED: dict[str, Any] = {"type": "es_rejected_execution_exception", "reason": "rejected: the queue is full"}
_HOP_BY_HOP = frozenset(("connection", "content-length", "host", "keep-alive", "transfer-encoding", "content-encoding"))


class Front:
    """Passes requests on to a node, or refuses a share of them, or of the items in a bulk request."""

    def __init__(self, target: str, seed: int) -> None:
        self._target = target
        self._chance = random.Random(f"front {seed}")  # noqa: S311 - repeatable, not secret
        self._passing = asyncio.Event()
        self._passing.set()
        self._refused_status = 0
        self._refused_share = 0.0
        self._refused_items = 0.0
        self.url = ""

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[None]:
        """Take requests on a free port of loopback while the block runs."""
        app = web.Application(client_max_size=256 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        async with ClientSession(auto_decompress=True) as self._session:
            try:
                yield
            finally:
                await runner.cleanup()

    @asynccontextmanager
    async def stalled(self) -> AsyncGenerator[None]:
        """Answer nothing while the block runs; what was asked is answered afterwards."""
        self._passing.clear()
        try:
            yield
        finally:
            self._passing.set()

    @asynccontextmanager
    async def refusing(self, status: int, share: float) -> AsyncGenerator[None]:
        """Answer a share of the requests with an error status while the block runs."""
        self._refused_status, self._refused_share = status, share
        try:
            yield
        finally:
            self._refused_share = 0.0

    @asynccontextmanager
    async def refusing_items(self, share: float) -> AsyncGenerator[None]:
        """Refuse a share of the items of every bulk with 429, and let the others through, while the block runs."""
        self._refused_items = share
        try:
            yield
        finally:
            self._refused_items = 0.0

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        await self._passing.wait()
        if self._chance.random() < self._refused_share:
            error = {"error": _OVERLOADED, "status": self._refused_status}
            return web.json_response(error, status=self._refused_status, headers=_HEADERS)
        if self._refused_items and request.path.endswith("/_bulk"):
            return await self._partly(request, body)
        return await self._forward(request, body)

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP_BY_HOP}
        url = f"{self._target}{request.path_qs}"
        try:
            async with self._session.request(request.method, url, data=body, headers=headers) as answer:
                content = await answer.read()
                kept = {name: text for name, text in answer.headers.items() if name.lower() not in _HOP_BY_HOP}
                return web.Response(body=content, status=answer.status, headers=kept)
        except OSError:  # the node is down: so is what stands before it
            if request.transport is not None:
                request.transport.abort()
            raise

    async def _partly(self, request: web.Request, body: bytes) -> web.Response:
        """Pass some of a bulk's items on, and answer for all of them in their order."""
        items = list(_items(body.splitlines()))
        refused = [self._chance.random() < self._refused_items for _ in items]
        kept = b"".join(line + b"\n" for item, out in zip(items, refused, strict=True) if not out for line in item)
        answered: dict[str, Any] = {"took": 0, "errors": False, "items": []}
        if kept:
            response = await self._forward(request, kept)
            if response.status != web.HTTPOk.status_code or not isinstance(response.body, bytes):
                return response
            answered = json.loads(response.body)
        passed = iter(answered["items"])
        merged = [_refused(item) if out else next(passed) for item, out in zip(items, refused, strict=True)]
        answered |= {"items": merged, "errors": answered["errors"] or any(refused)}
        return web.json_response(answered, headers=_HEADERS)


def _items(lines: Sequence[bytes]) -> Sequence[tuple[bytes, ...]]:
    """Return the lines of each item: an action, and a document where the action takes one."""
    rest = iter(lines)
    return [(line,) if "delete" in json.loads(line) else (line, next(rest)) for line in rest]


def _refused(item: tuple[bytes, ...]) -> dict[str, Any]:
    ((action, target),) = json.loads(item[0]).items()
    return {action: {"_index": target.get("_index"), "_id": target.get("_id"), "status": 429, "error": _OVERLOADED}}
