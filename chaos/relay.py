"""A relay on loopback between a client and a server, which can stall or cut what goes through it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

CHUNK_BYTES = 64 * 1024


class Relay:
    """Passes bytes both ways between those who connect to `address` and a target."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._server: asyncio.Server | None = None
        self._passing = asyncio.Event()
        self._passing.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._refusing = False

    @property
    def address(self) -> str:
        """Where to connect to, `HOST:PORT`."""
        if self._server is None:
            raise RuntimeError("the relay is not open")
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"{host}:{port}"

    async def open(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", port)

    async def close(self) -> None:
        """End, with every connection."""
        if self._server is not None:
            self._server.close()
            self._drop_connections()
            await self._server.wait_closed()

    @asynccontextmanager
    async def stalled(self) -> AsyncGenerator[None]:
        """Let nothing through while the block runs; connections stay open and are taken."""
        self._passing.clear()
        try:
            yield
        finally:
            self._passing.set()

    @asynccontextmanager
    async def cut(self) -> AsyncGenerator[None]:
        """End every connection and take none while the block runs."""
        self._refusing = True
        self._drop_connections()
        try:
            yield
        finally:
            self._refusing = False

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if self._refusing:
                return
            with suppress(OSError):
                there_reader, there_writer = await asyncio.open_connection(*self._target)
                self._writers.add(there_writer)
                await asyncio.gather(self._pass(reader, there_writer), self._pass(there_reader, writer))
        finally:
            writer.close()
            self._writers.discard(writer)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(CHUNK_BYTES):
                await self._passing.wait()
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass  # the other end is gone, which is what this is for
        finally:
            writer.close()
            self._writers.discard(writer)

    def _drop_connections(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
