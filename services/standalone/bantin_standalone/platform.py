"""Composes the platform: one log, one search engine, all four services on them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import bantin_api.app
import bantin_extract.app
import bantin_index.app
import bantin_ingest.app
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.folders import make_private
from bantin.search.connect import open_engine
from bantin.service import Service
from bantin.topics import ALL_TOPICS, RAW
from bantin_standalone.settings import PlatformSettings


@asynccontextmanager
async def open_platform(settings: PlatformSettings) -> AsyncGenerator[tuple[EventLog, tuple[Service, ...]]]:
    """Open the log and the search engine that the settings name, and give the services built on them.

    Topics and index are created where they do not exist.
    """
    make_private(settings.data)
    async with open_log(settings.log_url) as log, open_engine(settings.search_url) as engine:
        await log.create_topics(ALL_TOPICS)
        await engine.prepare()
        yield (
            log,
            (
                *bantin_ingest.app.build_all(settings, log),
                bantin_extract.app.build(settings, log),
                bantin_index.app.build(settings, log, engine),
                bantin_api.app.build(settings, engine),
            ),
        )


async def is_empty(log: EventLog) -> bool:
    """Return whether no file was ever accepted."""
    return not any((await log.end_offsets(RAW.name)).values())
