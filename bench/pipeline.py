"""How many files a second go from a drop to the index, in the embedded shape, and what it costs.

    python -m bench.pipeline [FILES]

Cost grows linearly with the bytes dropped; extraction takes most of it, on every core but one. The figures depend on
the machine: compare runs on one machine only, best side by side.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil

from bantin.hosting import running
from bantin.http import create_app
from bantin.telemetry.logs import configure_logs
from bantin_standalone.platform import open_platform
from bantin_standalone.settings import PlatformSettings
from bench.corpus import articles

FILES_PER_REQUEST = 50


async def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = PlatformSettings(data=Path(folder))
        async with open_platform(settings) as (_, services), running(services, lambda: sys.exit("a task failed")):
            transport = httpx.ASGITransport(create_app(services))
            async with httpx.AsyncClient(transport=transport, base_url="http://bench", timeout=120) as http:
                await _measure(http, count)


async def _measure(http: httpx.AsyncClient, count: int) -> None:
    pages = [(f"{number}.txt", text.encode()) for number, text in enumerate(articles(count))]
    size = sum(len(data) for _, data in pages)
    started = time.perf_counter()
    batches: list[str] = []
    for start in range(0, count, FILES_PER_REQUEST):
        files = [("file", page) for page in pages[start : start + FILES_PER_REQUEST]]
        batches.append((await http.post("/v1/files", files=files)).json()["batch_id"])
    accepted = time.perf_counter() - started
    counts: dict[str, int] = {}
    for batch_id in batches:
        while True:
            batch = (await http.get(f"/v1/batches/{batch_id}")).json()
            if batch["done"] == batch["total"]:
                break
            await asyncio.sleep(0.05)
        counts = {name: counts.get(name, 0) + number for name, number in batch["counts"].items()}
    ended = time.perf_counter() - started
    process = psutil.Process()
    memory = sum(part.memory_info().rss for part in (process, *process.children(recursive=True)))
    print(f"{count} files, {size / 1e6:.1f} MB: {counts}")
    print(f"accepted {count / accepted:.0f} files/s, ended {count / ended:.0f} files/s, memory {memory / 1e6:.0f} MB")


if __name__ == "__main__":
    configure_logs("bench", "WARNING", "auto")
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
