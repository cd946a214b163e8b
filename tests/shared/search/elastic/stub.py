"""Something on a port of this machine that takes requests for an Elasticsearch: it answers, stalls, or hangs up."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any


class Stub:
    """`status` and `body` are what it answers; while `stalled` it takes requests and says nothing."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 200
        self.body: dict[str, Any] = {}
        self.stalled = False
        self.requests: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                self.requests.append(line.decode().rpartition(" ")[0])
                length = 0
                while (header := await reader.readline()) not in (b"\r\n", b""):
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                await reader.readexactly(length)
                while self.stalled:
                    await asyncio.sleep(0.01)
                head, body = self._answer()
                writer.write(head if self.requests[-1].startswith("HEAD") else head + body)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    def _answer(self) -> tuple[bytes, bytes]:
        body = json.dumps(self.body).encode()
        head = (
            f"HTTP/1.1 {self.status} Said\r\nX-Elastic-Product: Elasticsearch\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode(), body


@asynccontextmanager
async def stub() -> AsyncGenerator[Stub]:
    """Run one for the block."""
    made = Stub()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        made.stalled = False
        server.close()


def error(kind: str) -> dict[str, Any]:
    """Return the body of an error, as Elasticsearch words it."""
    cause = {"type": kind, "reason": "why"}
    return {"error": {"root_cause": [cause], **cause}}
