"""Ingest on a real log in a folder of the test's own, with its tasks running, and a client without a network."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from opentelemetry.context import Context

from bantin import stage
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog, Record
from bantin.events import Event
from bantin.hosting import running
from bantin.http import create_app
from bantin.telemetry.tracing import publish_events
from bantin.topics import ALL_TOPICS, Topic
from bantin_ingest.app import build_all
from bantin_ingest.receipts import tail
from bantin_ingest.settings import IngestSettings


@dataclass
class Ingest:
    """A running ingest service."""

    http: httpx.AsyncClient
    log: EventLog
    settings: IngestSettings
    stop: anyio.Event

    async def records(self, topic: Topic) -> list[Record]:
        """Return everything on a topic."""
        ends = await self.log.end_offsets(topic.name)
        found: list[Record] = []
        async with self.log.read(topic.name, {}) as reader:
            while len(found) < sum(ends.values()):
                found += await reader.poll(max_records=1_000, timeout=1)
        return found

    async def publish(self, *events: Event) -> None:
        """Publish what another service would."""
        await publish_events(self.log, [(event, Context()) for event in events], source="/test")

    async def batch(self, batch_id: str) -> dict[str, Any]:
        answer = await self.http.get(f"/v1/batches/{batch_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def until(self, batch_id: str, done: int) -> dict[str, Any]:
        """Return the batch once `done` files have ended."""
        with anyio.fail_after(30):
            while True:
                batch = await self.batch(batch_id)
                if batch["done"] == done:
                    return batch
                await anyio.sleep(0.02)


Start = Callable[..., AbstractAsyncContextManager[Ingest]]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start ingest; with `data` or other settings of its own; several may share one log."""
    monkeypatch.setattr(stage, "POLL_SECONDS", 0.05)  # so that each test ends soon
    monkeypatch.setattr(tail, "POLL_SECONDS", 0.05)

    @asynccontextmanager
    async def started(**changes: Any) -> AsyncGenerator[Ingest]:
        given = {"data": tmp_path / "data", "log_url": f"sqlite:///{tmp_path / 'log.db'}", **changes}
        settings = IngestSettings(**given)

        def crash() -> None:
            raise AssertionError("a task of ingest failed")

        async with open_log(settings.log_url) as log:
            await log.create_topics(ALL_TOPICS)
            services = build_all(settings, log)
            async with running(services, crash) as stop:
                transport = httpx.ASGITransport(create_app(services), raise_app_exceptions=False)
                async with httpx.AsyncClient(transport=transport, base_url="http://ingest", timeout=30) as http:
                    yield Ingest(http, log, settings, stop)

    return started


@pytest.fixture
async def ingest(start: Start) -> AsyncGenerator[Ingest]:
    """Ingest with its defaults."""
    async with start() as running_ingest:
        yield running_ingest
