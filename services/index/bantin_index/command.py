"""`bantin-index reindex`: a rebuild from anywhere that reaches the log and the search engine, told line by line."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import anyio
import cyclopts
import structlog

from bantin.access.audit import audited, this_user
from bantin.eventlog.connect import open_log
from bantin.search.connect import open_engine
from bantin.starting import read_settings
from bantin.telemetry.logs import configure_logs
from bantin.topics import ALL_TOPICS
from bantin_index.rebuilds import RebuildReport, Rebuilds
from bantin_index.settings import IndexSettings

TELL_SECONDS = 5.0
LOOK_SECONDS = 0.2

Tell = Callable[[RebuildReport], Awaitable[None]]

logger = structlog.get_logger(__name__)


async def rebuild_here(settings: IndexSettings, tell: Tell, every: float) -> RebuildReport:
    """Rebuild the index in this process, and `tell` how it stands every so many seconds; return how it ended.

    Cancelled, it leaves the old index; the audit log has it either way. For the embedded engine nobody else may be
    writing to it.
    """
    async with open_log(settings.log_url) as log, open_engine(settings.search_url) as engine:
        await log.create_topics(ALL_TOPICS)
        await engine.prepare()
        rebuilds = Rebuilds(log, engine, settings.search_system)

        async def go_on_telling() -> None:
            while True:
                await anyio.sleep(every)
                await tell(rebuilds.report())

        with audited(settings.data, this_user(), "reindex", "index") as details:
            async with anyio.create_task_group() as group:
                group.start_soon(go_on_telling)
                await rebuilds.run()
                group.cancel_scope.cancel()
            details["state"] = rebuilds.report().state
        return rebuilds.report()


async def _log(report: RebuildReport) -> None:
    rate = round(report.read / report.seconds) if report.seconds else 0
    logger.info("reindexing", read=report.read, total=report.total, records_per_second=rate)


def run_reindex(*, settings: Annotated[IndexSettings | None, cyclopts.Parameter(name="*")] = None) -> int:
    """Make the search index anew from the log, and swap it in; the services may go on meanwhile."""
    settings = settings or read_settings(IndexSettings)
    configure_logs("bantin-index", settings.log_level, settings.log_format)
    try:
        report = asyncio.run(rebuild_here(settings, _log, TELL_SECONDS))
    except KeyboardInterrupt:
        logger.warning("reindex_broken_off", remedy="the old index is in place; run it again")
        return 130
    if report.state != "done":
        return 1
    asyncio.run(_log(report))
    return 0


reindex_command = cyclopts.App(name="reindex", help="Make the search index anew from the log.")
reindex_command.default(run_reindex)
