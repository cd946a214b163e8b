"""The index service put together: its stage between the log and the search engine."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import anyio

from bantin.breaker import Breaker
from bantin.envelope import decode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.events import ArticleEnriched
from bantin.hosting import run
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin.service import Service
from bantin.stage import Stage
from bantin.topics import ALL_TOPICS, ENRICHED, INDEX_GROUP
from bantin_index.command import reindex_command
from bantin_index.elastic_keys import elastic_keys_command
from bantin_index.handler import ArticleWriter
from bantin_index.rebuilds import Rebuilds
from bantin_index.routes import operations_router
from bantin_index.settings import IndexSettings


def build(settings: IndexSettings, log: EventLog, engine: SearchEngine) -> Service:
    """Return the service; the caller opens and closes the log and the engine."""
    write = ArticleWriter(engine, settings.search_system)
    stage = Stage("index", INDEX_GROUP, {ENRICHED: partial(decode, event_type=ArticleEnriched)}, write, log)
    stage.breaker = Breaker(share=settings.breaker_share)
    rebuilds = Rebuilds(log, engine, settings.search_system)

    async def work(stop: anyio.Event) -> None:
        if await rebuilds.make_usable(stop):
            await stage.run(stop)

    return Service(
        "index",
        routers=(operations_router(rebuilds, settings.data),),
        tasks=(work, rebuilds.work, stage.report_lag),
        checks={"log": log.ready, "search": engine.ready, "index": rebuilds.check, "index stage": stage.check},
        scope="ops",
    )


@asynccontextmanager
async def services(settings: IndexSettings) -> AsyncGenerator[Sequence[Service]]:
    """Open what the service needs and give the service."""
    async with open_log(settings.log_url) as log, open_engine(settings.search_url) as engine:
        await log.create_topics(ALL_TOPICS)
        yield (build(settings, log, engine),)


def main() -> None:
    """Run the index service alone."""
    about = "Write enriched articles to the search engine."
    run(IndexSettings, services, name="bantin-index", about=about, commands=(reindex_command, elastic_keys_command))
