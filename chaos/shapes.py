"""The platform in each of its shapes, with the faults that can strike it there."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

import anyio

from bantin.topics import ENRICHED, RAW
from chaos import faults
from chaos.faults import Faults
from chaos.front import Front
from chaos.relay import Relay
from tests.engines.elasticsearch import elasticsearch_server
from tests.engines.kafka import kafka_server
from tests.engines.process import free_ports
from tests.pipeline.processes import START_SECONDS, Process

DISK_MEGABYTES = 512
HOUR = 3600
FAKETIME = ("/usr/lib", "libfaketimeMT.so.1")


@dataclass(slots=True)
class Target:
    """A running platform. `log_url` and `search_url` reach its engines past the faults."""

    ingest_url: str
    api_url: str
    log_url: str
    search_url: str
    faults: Faults
    poison: list[str] = field(default_factory=list[str])
    missing: tuple[str, ...] = ()


@asynccontextmanager
async def embedded(seed: int) -> AsyncGenerator[Target]:
    """One `bantin up` with its data on a small disk of its own, where the system lets us have one."""
    del seed
    with tempfile.TemporaryDirectory(prefix="bantin-chaos-") as folder, _small_disk(Path(folder)) as disk:
        offsets = Path(folder) / "clock"
        offsets.write_text("+0s\n")
        clock = _faketime(offsets)
        process = Process(("bantin", "up"), clock, (disk or Path(folder)) / "bantin")
        data = (disk or Path(folder)) / "bantin"
        log_url, search_url = f"sqlite:///{data / 'log.db'}", f"tantivy:///{folder}/rebuilt"
        target = Target(process.url, process.url, log_url, search_url, {})
        target.faults = {
            "SIGKILL": partial(faults.killed, process),
            "SIGTERM": partial(faults.stopped, process),
            **_poison(log_url, target.poison),
        }
        if disk:
            target.faults |= {"disk full": partial(faults.disk_full, disk)}
        if clock:
            target.faults |= {
                "clock an hour ahead": partial(faults.clock_set, offsets, HOUR),
                "clock an hour behind": partial(faults.clock_set, offsets, -HOUR),
            }
        wanted = {"disk full (needs root)": disk, "clock jumps (need libfaketime)": clock}
        target.missing = tuple(name for name, there in wanted.items() if not there)
        await anyio.to_thread.run_sync(process.start)
        try:
            yield target
        finally:
            process.kill()


@asynccontextmanager
async def distributed(seed: int) -> AsyncGenerator[Target]:
    """The four services on a Kafka and an Elasticsearch of their own, each behind what can stall it."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bantin-chaos-")))
        (port,) = free_ports(1)
        broker = stack.enter_context(kafka_server(advertised=f"127.0.0.1:{port}"))
        node = stack.enter_context(elasticsearch_server())
        host, broker_port = broker.address.split(":")
        relay = Relay(host, int(broker_port))
        await stack.enter_async_context(relay.listening(port))
        front = Front(node.url, seed)
        await stack.enter_async_context(front.listening())
        name = f"chaos-{uuid4().hex[:8]}"
        log_url = f"kafka://{relay.address}"
        environment = {"BANTIN_LOG_URL": log_url, "BANTIN_SEARCH_URL": f"{front.url}/{name}"}
        await anyio.to_thread.run_sync(_prepare, environment)
        services = {one: _service(one, environment, folder / one) for one in ("ingest", "extract", "index", "api")}
        more = {f"{one}": _service(one, environment, folder / f"more-{one}") for one in ("ingest", "extract", "index")}
        for process in services.values():
            stack.callback(process.kill)
            await anyio.to_thread.run_sync(process.start)
        target = Target(services["ingest"].url, services["api"].url, log_url, f"{node.url}/{name}-rebuilt", {})
        target.faults = {
            **{f"SIGKILL of {one}": partial(faults.killed, process) for one, process in services.items()},
            **{f"SIGTERM of {one}": partial(faults.stopped, process) for one, process in services.items()},
            **{f"a second {one} joins and dies": partial(faults.joined, process) for one, process in more.items()},
            "SIGKILL of the broker": partial(faults.killed, broker),
            "broker stalls": relay.stalled,
            "broker cut off": relay.cut,
            "SIGKILL of Elasticsearch": partial(faults.killed, node),
            "Elasticsearch stalls": front.stalled,
            "Elasticsearch answers 429": partial(front.refusing, 429, 0.7),
            "Elasticsearch answers 503": partial(front.refusing, 503, 0.7),
            "Elasticsearch refuses items of bulks": partial(front.refusing_items, 0.5),
            "Elasticsearch read-only": partial(faults.read_only, node.url, f"{name}-v*"),
            **_poison(log_url, target.poison),
        }
        yield target


def _poison(log_url: str, notes: list[str]) -> Faults:
    topics = {"raw": RAW, "enriched": ENRICHED}
    return {
        f"poison among the {kind}": partial(faults.poisoned, log_url, topic.name, notes)
        for kind, topic in topics.items()
    }


def _service(name: str, environment: Mapping[str, str], folder: Path) -> Process:
    return Process((f"bantin-{name}",), environment, folder)


def _prepare(environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "bantin.prepare"]
    subprocess.run(command, env={**os.environ, **environment}, check=True, timeout=START_SECONDS)


@contextmanager
def _small_disk(folder: Path) -> Generator[Path | None]:
    """Give a disk of DISK_MEGABYTES in memory; None where only root could mount one."""
    disk = folder / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "bantin-chaos", disk]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def _faketime(offsets: Path) -> dict[str, str]:
    """Return the environment in which a process takes its clock's offset from a file; empty without libfaketime."""
    folder, name = FAKETIME
    library = next(Path(folder).glob(f"**/faketime/{name}"), None)
    if library is None:
        return {}
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(offsets),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
