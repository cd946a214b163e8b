"""`bantin up`: serve the whole platform, load the seeds the first time, say where to look."""

from collections.abc import Sequence
from pathlib import Path

import anyio
from rich.console import Console

from bantin.hosting import create_server, listen, serve
from bantin.http import create_app
from bantin.service import Service
from bantin_standalone.client import connected
from bantin_standalone.platform import is_empty, open_platform
from bantin_standalone.pushing import find_files, push, summary
from bantin_standalone.settings import PlatformSettings

WELCOME = """
[bold]Bản Tin[/bold] is running. Ctrl-C stops it; what it took stays in {data}.

  search          {url}/
  search API      {url}/docs
  try             curl '{url}/v1/search?q=dan+van+kheo'
  drop a file     curl -F file=@page.html {url}/v1/files
"""


async def up(settings: PlatformSettings, console: Console) -> bool:
    """Serve until a signal ends it; return whether it ended well."""
    with listen(settings) as listener:
        url = f"http://{settings.host}:{listener.getsockname()[1]}"
        async with open_platform(settings) as (log, services):
            seeds = settings.seeds if settings.seeds and await is_empty(log) else None
            server = create_server(create_app(services))

            async def welcome(stop: anyio.Event) -> None:
                async with anyio.create_task_group() as group:
                    group.start_soon(_cancel_when, stop, group.cancel_scope)
                    if seeds:
                        await load(url, [seeds], console)
                    console.print(WELCOME.format(url=url, data=settings.data), highlight=False)
                    group.cancel_scope.cancel()

            return await serve(server, (*services, Service("welcome", tasks=(welcome,))), listener)


async def load(url: str, paths: Sequence[Path], console: Console) -> None:
    """Push files to a platform and print what became of them."""
    files = find_files(paths)
    async with connected(url) as client:
        console.print(summary(await push(client, files, console)))


async def _cancel_when(stop: anyio.Event, scope: anyio.CancelScope) -> None:
    await stop.wait()
    scope.cancel()
