"""A relay on loopback between clients and a server, which can stall or cut what goes through it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import anyio
from anyio.abc import SocketAttribute, SocketStream


class Relay:
    """Passes bytes both ways between those who connect to `address` and a target."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._passing = anyio.Event()
        self._passing.set()
        self._refusing = False
        self._connections: set[anyio.CancelScope] = set()
        self.address = ""

    @asynccontextmanager
    async def listening(self, port: int = 0) -> AsyncGenerator[None]:
        """Take connections on loopback while the block runs; port 0 takes a free one."""
        listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=port)
        self.address = f"127.0.0.1:{listener.extra(SocketAttribute.local_port)}"  # noqa: S610 - no Django here
        async with listener, anyio.create_task_group() as group:
            group.start_soon(listener.serve, self._connected)
            yield
            group.cancel_scope.cancel()

    @asynccontextmanager
    async def stalled(self) -> AsyncGenerator[None]:
        """Let nothing through while the block runs; connections stay open and are taken."""
        self._passing = anyio.Event()
        try:
            yield
        finally:
            self._passing.set()

    @asynccontextmanager
    async def cut(self) -> AsyncGenerator[None]:
        """End every connection and take none while the block runs."""
        self._refusing = True
        for connection in tuple(self._connections):
            connection.cancel()
        try:
            yield
        finally:
            self._refusing = False

    async def _connected(self, client: SocketStream) -> None:
        async with client:
            if self._refusing:
                return
            try:
                server = await anyio.connect_tcp(*self._target)
            except OSError:
                return  # the target is down: so is what stands before it
            async with server, anyio.create_task_group() as group:
                connection = group.cancel_scope
                self._connections.add(connection)
                group.start_soon(self._pass, client, server, connection)
                group.start_soon(self._pass, server, client, connection)

    async def _pass(self, source: SocketStream, sink: SocketStream, connection: anyio.CancelScope) -> None:
        """Pass on until one end is gone; then the connection ends as a whole."""
        with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):
            async for chunk in source:
                await self._passing.wait()
                await sink.send(chunk)
        self._connections.discard(connection)
        connection.cancel()
