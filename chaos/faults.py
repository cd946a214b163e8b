"""The faults: each strikes when its block begins and is healed when the block ends."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import anyio
import httpx

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import Message
from tests.pipeline.processes import Process

Fault = Callable[[], AbstractAsyncContextManager[Any]]
Faults = Mapping[str, Fault]


class Engine(Protocol):
    """A broker or a search engine in a process of its own."""

    def start(self) -> None:
        """Start it, on the data it has."""
        ...

    def kill(self) -> None:
        """End it as a crash would."""
        ...


@asynccontextmanager
async def killed(process: Process | Engine) -> AsyncGenerator[None]:
    """SIGKILL; started again afterwards."""
    await anyio.to_thread.run_sync(process.kill)
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(process.start)


@asynccontextmanager
async def stopped(process: Process) -> AsyncGenerator[None]:
    """SIGTERM, which must end it well; started again afterwards."""
    status = await anyio.to_thread.run_sync(process.stop)
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(process.start)
    if status:
        raise AssertionError(f"SIGTERM ended a process with status {status}:\n{process.output()[-2000:]}")


@asynccontextmanager
async def joined(another: Process) -> AsyncGenerator[None]:
    """Another instance joins the group, works along, and dies."""
    await anyio.to_thread.run_sync(another.start)
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(another.kill)


@asynccontextmanager
async def disk_full(disk: Path) -> AsyncGenerator[None]:
    """Nothing more can be written to the disk that `disk` is on: a file takes all that is left."""
    filler = disk / "filler"
    await anyio.to_thread.run_sync(_fill, filler)
    try:
        yield
    finally:
        filler.unlink()


def _fill(filler: Path) -> None:
    block = bytes(64 * 1024)
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(block)
        except OSError:
            return  # no space left on device: that was wanted


@asynccontextmanager
async def clock_set(offsets: Path, seconds: int) -> AsyncGenerator[None]:
    """The processes' clock jumps (libfaketime reads the offset from a file), and back."""
    await anyio.Path(offsets).write_text(f"{seconds:+d}s\n")
    try:
        yield
    finally:
        await anyio.Path(offsets).write_text("+0s\n")


@asynccontextmanager
async def poisoned(log_url: str, topic: str, notes: list[str]) -> AsyncGenerator[None]:
    """A record that nobody can decode lies among the others; `notes` takes the topic for each."""
    async with open_log(log_url) as log:
        await log.publish([Message(topic, b"poison", b"\xff\x00not an event", (("ce_type", b"\xff"), ("ce_id", None)))])
    notes.append(topic)
    yield


@asynccontextmanager
async def read_only(url: str, pattern: str) -> AsyncGenerator[None]:
    """The indexes are blocked for writing, as Elasticsearch does by itself when its disk runs full."""
    await _block(url, pattern, blocked=True)
    try:
        yield
    finally:
        await _block(url, pattern, blocked=False)


async def _block(url: str, pattern: str, *, blocked: bool) -> None:
    setting = {"index.blocks.read_only_allow_delete": blocked or None}
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        (await http.put(f"/{pattern}/_settings", json=setting)).raise_for_status()
