"""The index service put together: its stage between the log and the search engine."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import anyio
import structlog

from bantin.breaker import Breaker
from bantin.envelope import decode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.events import ArticleEnriched
from bantin.hosting import run
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine, SearchUnavailableError
from bantin.service import Service
from bantin.stage import Stage
from bantin.topics import ALL_TOPICS, ENRICHED, INDEX_GROUP
from bantin_index.handler import ArticleWriter
from bantin_index.settings import IndexSettings

PREPARE_SECONDS = 2.0

logger = structlog.get_logger(__name__)


def build(settings: IndexSettings, log: EventLog, engine: SearchEngine) -> Service:
    """Return the service; the caller opens and closes the log and the engine."""
    write = ArticleWriter(engine, settings.search_system)
    stage = Stage("index", INDEX_GROUP, {ENRICHED: partial(decode, event_type=ArticleEnriched)}, write, log)
    stage.breaker = Breaker(share=settings.breaker_share)

    async def work(stop: anyio.Event) -> None:
        await prepare(engine, stop)
        await stage.run(stop)

    return Service(
        "index",
        tasks=(work, stage.report_lag),
        checks={"log": log.ready, "search": engine.ready, "index stage": stage.check},
    )


async def prepare(engine: SearchEngine, stop: anyio.Event) -> None:
    """Create the index where there is none, waiting for the engine until it answers or `stop` is set."""
    while not stop.is_set():
        try:
            await engine.prepare()
        except SearchUnavailableError as error:
            logger.warning("search_unavailable", error=str(error))
            with anyio.move_on_after(PREPARE_SECONDS):
                await stop.wait()
        else:
            return


@asynccontextmanager
async def services(settings: IndexSettings) -> AsyncGenerator[Sequence[Service]]:
    """Open what the service needs and give the service."""
    async with open_log(settings.log_url) as log, open_engine(settings.search_url) as engine:
        await log.create_topics(ALL_TOPICS)
        yield (build(settings, log, engine),)


def main() -> None:
    """Run the index service alone."""
    run(IndexSettings, services, name="bantin-index", about="Write enriched articles to the search engine.")
