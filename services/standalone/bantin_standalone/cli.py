"""The `bantin` command."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter
from rich.console import Console

from bantin import __version__
from bantin.access.audit import AuditError
from bantin.access.command import command as keys_command
from bantin.access.keys import KeysError
from bantin.starting import flag_told, read_settings
from bantin.telemetry.logs import configure_logs
from bantin.telemetry.provider import tracing
from bantin_standalone import presenting
from bantin_standalone.address import platform_address
from bantin_standalone.client import ClientError, connected
from bantin_standalone.dead_letters import command as dlq_command
from bantin_standalone.demo import demo
from bantin_standalone.options import Key
from bantin_standalone.pushing import find_files, push, summary
from bantin_standalone.reindexing import reindex
from bantin_standalone.repair import command as repair_commands
from bantin_standalone.settings import PlatformSettings
from bantin_standalone.up import up

command = cyclopts.App(
    name="bantin",
    help="Bản Tin: search across the news pages of Vietnam's provincial portals.",
    version=__version__,
    error_formatter=flag_told,
)
command.command(keys_command)
command.command(dlq_command)
repair_commands.add_to(command)


@command.command(name="up")
def run_up(*, settings: Annotated[PlatformSettings | None, Parameter(name="*")] = None) -> int:
    """Run the whole platform in one process, on one port."""
    settings = settings or read_settings(PlatformSettings)
    configure_logs("bantin", _level(settings), settings.log_format)
    with tracing("bantin"):
        return 0 if asyncio.run(up(settings, Console())) else 1


def _level(settings: PlatformSettings) -> str:
    """Return the level asked for; unasked, a person at a terminal hears of trouble only."""
    unasked = "log_level" not in settings.model_fields_set
    return "WARNING" if unasked and sys.stderr.isatty() else settings.log_level


@command.command(name="push")
def run_push(*paths: Path, to: str = "", key: Key = "") -> int:
    """Push files and folders to a platform, and tell what became of each.

    Parameters
    ----------
    paths
        Files, or folders whose files are pushed.
    to
        Address of the platform (or of its ingest service). Unset: the one that BANTIN_HOST and
        BANTIN_PORT name, http://127.0.0.1:8000 without them.
    key
        Key with the scope `ingest`, where the platform asks for one; other users of this machine see it in the
        list of processes unless it is given as BANTIN_KEY, or in a file that BANTIN_KEY_FILE names.
    """
    console = Console()
    if not (files := find_files(paths)):
        raise ClientError("nothing to push: name a file, or a folder with files in it")

    async def work() -> int:
        async with connected(platform_address(to), key) as client:
            receipts = await push(client, files, console)
        console.print(summary(receipts))
        return 0 if all(receipt["status"] in ("indexed", "duplicate") for receipt in receipts) else 1

    return asyncio.run(work())


@command.command(name="search")
def run_search(*words: str, at: str = "", size: int = 10, key: Key = "") -> int:
    """Search, and show hits with highlights and facets.

    Parameters
    ----------
    words
        What to search for; quotes and -word as in the API.
    at
        Address of the platform (or of its query API). Unset: the one that BANTIN_HOST and
        BANTIN_PORT name, http://127.0.0.1:8000 without them.
    size
        How many hits to show.
    key
        Key with the scope `search`, where the platform asks for one; best given as BANTIN_KEY.
    """

    async def work() -> None:
        async with connected(platform_address(at), key) as client:
            Console().print(presenting.results(await client.search(q=" ".join(words), size=size)))

    asyncio.run(work())
    return 0


@command.command(name="reindex")
def run_reindex(
    *, at: str = "", key: Key = "", settings: Annotated[PlatformSettings | None, Parameter(name="*")] = None
) -> int:
    """Make the search index anew from the log, and swap it in; searches and uploads go on meanwhile.

    Parameters
    ----------
    at
        Address of the platform (or of its index service) that is to do it. Unset: the one that runs by these settings,
        or this command itself where none runs, or where the search engine is an Elasticsearch.
    key
        Key with the scope `ops`, where the platform asks for one; best given as BANTIN_KEY.
    """
    settings = settings or read_settings(PlatformSettings)
    configure_logs("bantin", _level(settings), settings.log_format)
    console = Console()
    try:
        return 0 if asyncio.run(reindex(settings, at, key, console)) else 1
    except KeyboardInterrupt:
        console.print("Broken off: the old index stays.")
        return 130


@command.command(name="demo")
def run_demo(*paths: Path, words: str = "dan van kheo") -> int:
    """Run the platform in a temporary folder, push files, search, show one trace, stop.

    Parameters
    ----------
    paths
        Files or folders to push.
    words
        What to search for.
    """
    configure_logs("bantin", "WARNING", "auto")
    with tracing("bantin") as traces:
        return 0 if asyncio.run(demo(paths, words, traces, Console())) else 1


@command.command(name="version")
def run_version() -> None:
    """Print the version."""
    Console().print(__version__, highlight=False)


def main() -> None:
    """Run the command; a foreseen error is one line on standard error, and exit status 1."""
    try:
        sys.exit(command())
    except (AuditError, ClientError, FileNotFoundError, KeysError) as error:
        presenting.say(Console(stderr=True), f"bantin: {error}")
        sys.exit(1)
