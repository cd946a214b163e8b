"""A whole platform in this process, with a few articles in it, and a second look at its index."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

import bantin_extract.app
import bantin_index.app
import bantin_ingest.app
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.hosting import running
from bantin.http import create_app
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin.topics import ALL_TOPICS
from bantin_standalone.settings import PlatformSettings
from tests.pipeline.pages import page


@dataclass
class Running:
    """The platform, as its users and as its operators reach it.

    `live` only reads the index, as another process would; `engine` is the platform's own, which may write to it.
    """

    settings: PlatformSettings
    http: httpx.AsyncClient
    log: EventLog
    live: SearchEngine
    engine: SearchEngine

    async def drop(self, *pages: str) -> dict[str, Any]:
        """Drop files and return their batch once all have ended."""
        files = [("file", (f"{number}.txt", text.encode())) for number, text in enumerate(pages)]
        batch = (await self.http.post("/v1/files", files=files)).json()
        with anyio.fail_after(60):
            while batch["done"] < batch["total"]:
                await anyio.sleep(0.05)
                batch = (await self.http.get(f"/v1/batches/{batch['batch_id']}")).json()
        return batch


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncGenerator[Running]:
    settings = PlatformSettings(data=tmp_path / "data", extract_workers=1)

    def crash() -> None:
        raise AssertionError("a task failed")

    async with open_log(settings.log_url) as log, open_engine(settings.search_url) as engine:
        await log.create_topics(ALL_TOPICS)
        await engine.prepare()
        extract, index = bantin_extract.app.build(settings, log), bantin_index.app.build(settings, log, engine)
        services = (*bantin_ingest.app.build_all(settings, log), extract, index)
        transport = httpx.ASGITransport(create_app(services))
        async with (
            running(services, crash),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as http,
            open_engine(settings.search_url) as live,
        ):
            one = Running(settings, http, log, live, engine)
            await one.drop(*(page("zzmarker", number) for number in range(3)))
            yield one
