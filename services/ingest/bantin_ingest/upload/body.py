"""A request's body, a chunk at a time: counted, limited, and given up when its sender falls silent."""

from collections.abc import AsyncIterator

import anyio
from fastapi import Request
from starlette.requests import ClientDisconnect

from bantin.problem import Problem

DRAIN_BYTES = 2 * 1024 * 1024
DRAIN_SECONDS = 2.0


class Body:
    """The body of one request, read once. `what` names it in problems. `Content-Length` is never believed."""

    def __init__(self, request: Request, what: str, *, limit: int, timeout: float) -> None:
        self._what = what
        self._chunks = aiter(request.stream())
        self._limit = limit
        self._timeout = timeout
        self._read = 0

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give the chunks; raise a 413 Problem beyond the limit, a 408 one where none comes in time."""
        while chunk := await self._next():
            self._read += len(chunk)
            if self._read > self._limit:
                await self.drain()
                raise Problem(413, "too_large", f"The {self._what} is larger than {self._limit:,} bytes.")
            yield chunk

    async def whole(self) -> bytes:
        """Return the whole body."""
        return b"".join([chunk async for chunk in self.chunks()])

    async def drain(self) -> None:
        """Read a little more than is wanted, so that a sender who is nearly done hears the answer, not a reset."""
        drained = 0
        with anyio.move_on_after(DRAIN_SECONDS):
            while drained < DRAIN_BYTES and (chunk := await self._next()):
                drained += len(chunk)

    async def _next(self) -> bytes:
        """Return the next chunk that is not empty; b"" at the end."""
        try:
            with anyio.fail_after(self._timeout):
                while True:
                    if chunk := await anext(self._chunks, None):
                        return chunk
                    if chunk is None:
                        return b""
        except TimeoutError as error:
            said = f"Nothing arrived for {self._timeout:.0f} s; send the request again."
            raise Problem(408, "too_slow", said, {"Connection": "close"}) from error
        except ClientDisconnect as error:
            raise Problem(400, "incomplete_request", "The connection ended before the request did.") from error
