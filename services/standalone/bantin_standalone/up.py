"""`bantin up`: serve the whole platform, load the seeds the first time, say where to look."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import anyio
from rich.console import Console

from bantin.access.keyring import Keyring
from bantin.hosting import create_server, entrance, listen, serve
from bantin.http import create_app
from bantin.service import Service
from bantin.starting import opened
from bantin.web.origins import read_origins
from bantin_standalone.address import address_here
from bantin_standalone.client import connected
from bantin_standalone.platform import is_empty, open_platform
from bantin_standalone.pushing import find_files, push, summary
from bantin_standalone.settings import PlatformSettings

WELCOME = """
[bold]Bản Tin[/bold] is running. Ctrl-C stops it; what it took stays in {data}.

  search          {url}/
  upload page     {url}/ingest
  search API      {url}/docs
  try             curl {key}'{url}/v1/search?q=dan+van+kheo'
  drop a file     curl {key}-F file=@page.html {url}/v1/files
"""
KEY_OPTION = '-H "X-API-Key: $BANTIN_KEY" '
KEY_NEEDED = """
  Requests need a key (in a browser: as the password, with any name). `bantin keys create` makes one.
"""


async def up(settings: PlatformSettings, console: Console) -> bool:
    """Serve until a signal ends it; return whether it ended well."""
    with listen(settings) as listener:
        front = entrance(settings, listener)
        url = address_here(*listener.getsockname()[:2])
        async with AsyncExitStack() as stack:
            log, services = await opened(stack, open_platform(settings))
            seeds = settings.seeds if settings.seeds and await is_empty(log) else None
            server = create_server(create_app(services, front, read_origins(settings.cors_origins)), settings)

            async def welcome(stop: anyio.Event) -> None:
                async with anyio.create_task_group() as group:
                    group.start_soon(_cancel_when, stop, group.cancel_scope)
                    if seeds:
                        await load(url, [seeds], console, front.keyring)
                    console.print(welcome_text(url, settings, front.keyring), highlight=False)
                    group.cancel_scope.cancel()

            return await serve(server, (*services, front.service(), Service("welcome", tasks=(welcome,))), listener)


def welcome_text(url: str, settings: PlatformSettings, keyring: Keyring | None) -> str:
    """Return what is said once the platform runs: where to look, and what to send if keys are needed."""
    text = WELCOME.format(url=url, data=settings.data, key=KEY_OPTION if keyring else "")
    return text + KEY_NEEDED if keyring else text


async def load(url: str, paths: Sequence[Path], console: Console, keyring: Keyring | None = None) -> None:
    """Push files to a platform of this process and print what became of them."""
    files = find_files(paths)
    key = keyring.issue("bantin up", ["ingest"]) if keyring else ""
    async with connected(url, key) as client:
        console.print(summary(await push(client, files, console)))


async def _cancel_when(stop: anyio.Event, scope: anyio.CancelScope) -> None:
    await stop.wait()
    scope.cancel()
