"""`bantin verify` and `bantin replay`, which work on the log and the search engine that the settings name."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Coroutine, Generator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from typing import Annotated, Any, TypeVar

import anyio
import cyclopts
from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bantin.access.audit import audited, this_user
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.faults import RefusedError, UnavailableError
from bantin.local_time import read_moment
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin.starting import read_settings
from bantin.telemetry.logs import configure_logs
from bantin.topics import ALL_TOPICS
from bantin_extract.processes.worker import ExtractWorkers
from bantin_standalone.client import ClientError
from bantin_standalone.presenting import say
from bantin_standalone.repair import replay, tables
from bantin_standalone.repair.backfill import IndexIdleError, attended
from bantin_standalone.repair.differences import Difference
from bantin_standalone.repair.verify import Verified, mend, verify
from bantin_standalone.settings import PlatformSettings

T = TypeVar("T")
NICENESS = 10
Settings = Annotated[PlatformSettings | None, Parameter(name="*")]
AsJson = Annotated[bool, Parameter(name="--json", negative=())]
Flag = Annotated[bool, Parameter(negative=())]


def run_verify(*, fix: Flag = False, as_json: AsJson = False, settings: Settings = None) -> int:
    """Compare the index with the log, and name every article that is missing, stale or not on the log.

    Exits with 1 where differences are left.

    Parameters
    ----------
    fix
        Mend what is missing or stale, through the log; the platform must be running. A reindex leaves out the surplus.
    as_json
        Print a line of JSON for each difference.
    """
    settings = settings or read_settings(PlatformSettings)
    configure_logs("bantin", "WARNING", settings.log_format)

    async def work() -> Verified:
        async with _opened(settings) as (log, live):
            if fix:
                await attended(log)
            verified = await verify(log, live)
            if fix and verified.differences:
                with audited(settings.data, this_user(), "verify.fix", settings.search_system) as details:
                    verified = await mend(log, live, verified)
                    details |= {"differences": len(verified.differences), "mended": verified.mended}
        return verified

    verified = _run(work())
    _print(tables.verified_line(verified), verified.differences, as_json=as_json)
    return 1 if verified.left else 0


def run_replay(
    *,
    from_: Annotated[str, Parameter(name="--from")] = "",
    to: str = "",
    apply: Flag = False,
    as_json: AsJson = False,
    settings: Settings = None,
) -> int:
    """Read files again with the extractor as it is now, and show which articles it changes, in which fields.

    Parameters
    ----------
    from_
        The day (in Vietnam) or moment (RFC 3339) from which on files were received. Unset: the first.
    to
        The day until whose end, or moment until which, they were received. Unset: the last.
    apply
        Publish the readings of articles that change or are gained, behind whatever is live; the platform must be
        running.
    as_json
        Print a line of JSON for each article that changes or is gained, and for each file that holds none now.
    """
    settings = settings or read_settings(PlatformSettings)
    window = window_of(from_, to)
    configure_logs("bantin", "WARNING", settings.log_format)
    os.nice(NICENESS)  # the readers inherit it: live files come first
    replayed = _run(_replay(settings, window, apply=apply))
    _print(tables.replayed_line(replayed), replayed.differences, replayed.refused, as_json=as_json)
    return 0


async def _replay(settings: PlatformSettings, window: replay.Window, *, apply: bool) -> replay.Replayed:
    replayed = replay.Replayed()
    workers = ExtractWorkers(settings.extract_workers, settings.extract_seconds, settings.extract_memory)
    stop = anyio.Event()
    async with _opened(settings) as (log, live), anyio.create_task_group() as group:
        if apply:
            await attended(log)
        group.start_soon(workers.warm_up, stop)
        with _progress() as show:
            async with replay.readings(log, workers, window, replayed, show) as made:
                await replay.compare(made, live, replayed)
                if apply and replayed.differences:
                    with audited(settings.data, this_user(), "replay.apply", str(window)) as told:
                        await replay.apply(log, made, replayed)
                        told |= {"articles": len(replayed.differences), "readings": replayed.applied}
        stop.set()
    return replayed


@asynccontextmanager
async def _opened(settings: PlatformSettings) -> AsyncGenerator[tuple[EventLog, SearchEngine]]:
    async with AsyncExitStack() as stack:
        try:
            log = await stack.enter_async_context(open_log(settings.log_url))
            live = await stack.enter_async_context(open_engine(settings.search_url))
        except (ValueError, ImportError) as error:
            raise ClientError(str(error)) from error
        await log.create_topics(ALL_TOPICS)
        await live.ready()
        yield log, live


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; raise ClientError for what an operator can do something about."""
    try:
        return asyncio.run(work)
    except* (UnavailableError, RefusedError, IndexIdleError) as errors:
        raise ClientError("; ".join(map(str, leaves(errors)))) from errors


def leaves(group: BaseExceptionGroup[Exception]) -> Iterator[BaseException]:
    """Give the errors of a group and of the groups within it."""
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from leaves(error)
        else:
            yield error


@contextmanager
def _progress() -> Generator[replay.Tell]:
    """Give what shows how far a replay has come, on the terminal if there is one."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("replay", total=None)
        yield lambda told: progress.update(task, completed=told.read, total=told.total)


def _print(
    line: str, differences: Sequence[Difference], refused: Sequence[replay.RefusedFile] = (), *, as_json: bool
) -> None:
    console = Console()
    if as_json:
        sys.stdout.writelines(f"{one}\n" for one in tables.lines(differences, refused))
        console = Console(stderr=True)
    else:
        listed = tables.difference_table(differences) if differences else None
        for table in (tables.field_table(differences), listed, tables.refused_table(refused)):
            if table is not None:
                console.print(table)
    say(console, line)


def window_of(from_: str, to: str) -> replay.Window:
    """Return the window between two days or moments; raise ClientError for what is none, or where nothing can lie."""
    window = replay.Window(moment(from_), moment(to, days=1))
    if window.first and window.past and window.first >= window.past:
        raise ClientError(f"--from {from_} is not before --to {to}: no file can have been received in between")
    return window


def moment(text: str, days: int = 0) -> datetime | None:
    """Return a moment, or the beginning of a day in Vietnam, so many days later; raise ClientError for neither."""
    if not text:
        return None
    try:
        return read_moment(text, days)
    except ValueError:
        told = f"{text!r} is no day such as 2026-01-31 and no moment such as 2026-01-31T12:00+07:00"
        raise ClientError(told) from None


def add_to(app: cyclopts.App) -> None:
    """Add the commands to the command line."""
    app.command(run_verify, name="verify")
    app.command(run_replay, name="replay")
