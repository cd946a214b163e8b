"""Runs services in a process: one HTTP app over their routes, their tasks beside it, one graceful end."""

import asyncio
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Annotated, Any, TypeVar, cast

import anyio
import cyclopts
import structlog
import uvicorn
from fastapi import FastAPI

from bantin.access.entrance import keyring_for
from bantin.access.front import Front, front_for
from bantin.access.keys import KeysError
from bantin.http import create_app
from bantin.service import Service
from bantin.settings import Settings
from bantin.starting import flag_told, opened, read_settings
from bantin.telemetry.logs import configure_logs
from bantin.telemetry.provider import tracing
from bantin.web.origins import read_origins
from bantin.web.pace import Pace, PacedConnection

S = TypeVar("S", bound=Settings)
OpenServices = Callable[[S], AbstractAsyncContextManager[Sequence[Service]]]
"""Opens the ports a process needs and gives the services built on them; closes the ports at the end."""

DRAIN_SECONDS = 3.0
CLOSE_CONNECTIONS_SECONDS = 1

logger = structlog.get_logger(__name__)


@asynccontextmanager
async def running(services: Sequence[Service], on_crash: Callable[[], None]) -> AsyncGenerator[anyio.Event]:
    """Run the services' tasks; at the end let them finish what they have in hand, for DRAIN_SECONDS at most.

    Gives the event that tells them to end. `on_crash` is called when a task fails or ends before it was told to.
    """
    stop = anyio.Event()

    async def guard(service: Service, position: int) -> None:
        try:
            await service.tasks[position](stop)
        except Exception:
            logger.exception("task_failed", service_name=service.name)
            on_crash()

    tasks = [asyncio.create_task(guard(service, i)) for service in services for i in range(len(service.tasks))]
    try:
        yield stop
    finally:
        stop.set()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            if late:
                logger.warning("tasks_cut_short", count=len(late), remedy="the log delivers their records again")


class Server(uvicorn.Server):
    """A uvicorn server that passes the signal to end on to the tasks at once, and tells why it ended."""

    stop: anyio.Event | None = None
    crashed = False

    def handle_exit(self, sig: int, frame: object) -> None:
        """Begin to end: no new connections, and the tasks are told."""
        self.should_exit = True
        if self.stop is not None:
            asyncio.get_running_loop().call_soon_threadsafe(self.stop.set)

    def end(self) -> None:
        """End as a signal would end it."""
        self.should_exit = True
        if self.stop is not None:
            self.stop.set()

    def crash(self) -> None:
        """End because a task failed."""
        self.crashed = True
        self.end()


def create_server(app: FastAPI, settings: Settings) -> Server:
    """Return a server for the app, which gives senders up that are too slow; `serve` starts it."""
    pace = Pace(settings.head_timeout, settings.body_timeout, settings.body_rate)
    config = uvicorn.Config(
        app,
        http=cast(Any, partial(PacedConnection, pace=pace)),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # it would believe whatever runs on this machine; `access.proxies` asks whom to believe
        timeout_graceful_shutdown=CLOSE_CONNECTIONS_SECONDS,
    )
    return Server(config)


async def serve(server: Server, services: Sequence[Service], listener: socket.socket) -> bool:
    """Serve until SIGINT, SIGTERM or `server.end()`; return whether it ended well (False after a task failed)."""
    async with running(services, server.crash) as stop:
        server.stop = stop
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _ignore_signal)
        await server.serve(sockets=[listener])
    return not server.crashed


def listen(settings: Settings) -> socket.socket:
    """Return a socket bound to the configured address; raise SystemExit with the remedy where it is taken."""
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family, reuse_port=False, backlog=1024)
    except OSError as error:
        raise SystemExit(
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; set another BANTIN_PORT"
        ) from error


def entrance(settings: Settings, listener: socket.socket) -> Front:
    """Return what requests to the socket have to pass: keys, unless only this machine reaches it, hosts and limits.

    Raise SystemExit with the remedy where others than this machine reach the socket and there is no key. What counts
    is the address that the socket is bound to, whatever name it was given by.
    """
    try:
        return front_for(settings, keyring_for(settings.keys, listener.getsockname()[0], settings.keys_used))
    except KeysError as error:
        raise SystemExit(str(error)) from error


def run(
    settings_class: type[S],
    open_services: OpenServices[S],
    *,
    name: str,
    about: str,
    commands: Sequence[cyclopts.App] = (),
) -> None:
    """Run one service as a command called `name`, each setting a flag beside its environment variable.

    `commands` are what else it can be told to do.
    """
    command = cyclopts.App(name=name, help=about, error_formatter=flag_told)
    for other in commands:
        command.command(other)

    def main(*, settings: Any = None) -> None:
        asyncio.run(_run(settings or read_settings(settings_class), open_services, name))

    # The flags are made from the service's own settings, a type that only the caller knows.
    main.__annotations__["settings"] = Annotated[settings_class, cyclopts.Parameter(name="*")]
    command.default(main)
    command()


async def _run(settings: S, open_services: OpenServices[S], name: str) -> None:
    configure_logs(name, settings.log_level, settings.log_format)
    with tracing(name), listen(settings) as listener:
        front = entrance(settings, listener)
        async with AsyncExitStack() as stack:
            services = await opened(stack, open_services(settings))
            logger.info("serving", host=settings.host, port=listener.getsockname()[1])
            app = create_app(services, front, read_origins(settings.cors_origins))
            well = await serve(create_server(app, settings), (*services, front.service()), listener)
    if not well:
        raise SystemExit(1)


def _ignore_signal(_: int, __: object) -> None:
    """Do nothing: the signal has ended the server already; uvicorn raises it again once it has stopped."""
