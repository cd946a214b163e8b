"""`bantin demo`: the platform from one file to one search in a few seconds, then it stops."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import anyio
from rich.console import Console

from bantin.hosting import create_server, listen, serve
from bantin.http import create_app
from bantin.service import Service
from bantin.telemetry.recent import RecentTraces
from bantin.telemetry.tree import SpanNode, span_tree
from bantin_standalone import presenting
from bantin_standalone.client import Client, connected
from bantin_standalone.platform import open_platform
from bantin_standalone.pushing import Receipt, find_files, push, summary
from bantin_standalone.settings import PlatformSettings

LAST_SPAN = "process articles.indexed.v1"
TRACE_SECONDS = 5.0


async def demo(paths: Sequence[Path], words: str, traces: RecentTraces, console: Console) -> bool:
    """Run the platform in a temporary folder, push the files, search, show one trace; return whether all went well."""
    with tempfile.TemporaryDirectory(prefix="bantin-demo-") as folder:
        settings = PlatformSettings(host="127.0.0.1", port=0, data=Path(folder), log_url="", search_url="", keys=None)
        with listen(settings) as listener:
            url = f"http://{settings.host}:{listener.getsockname()[1]}"
            async with open_platform(settings) as (_, services):
                server = create_server(create_app(services), settings)

                async def show(stop: anyio.Event) -> None:
                    del stop
                    async with connected(url) as client:
                        receipts = await push(client, find_files(paths), console)
                        console.print(summary(receipts))
                        await _show_search(client, words, console)
                        await _show_trace(receipts[0], traces, console)
                    server.end()

                return await serve(server, (*services, Service("demo", tasks=(show,))), listener)


async def _show_search(client: Client, words: str, console: Console) -> None:
    console.rule(f"GET /v1/search?q={words}")
    console.print(presenting.results(await client.search(q=words, size=3)))


async def _show_trace(receipt: Receipt, traces: RecentTraces, console: Console) -> None:
    console.rule(f"the trace of {receipt['name']}")
    nodes = await _whole_trace(receipt["trace_id"], traces)
    console.print(presenting.trace_tree(receipt["trace_id"], nodes), highlight=False)


async def _whole_trace(trace_id: str, traces: RecentTraces) -> tuple[SpanNode, ...]:
    """Return the trace once its last span has ended: a file is found a moment before its spans are all closed."""
    async with asyncio.timeout(TRACE_SECONDS):
        while True:
            spans = traces.spans(trace_id)
            if any(span.name == LAST_SPAN for span in spans):
                return span_tree(spans)
            await anyio.sleep(0.05)
