"""Puts extract together: its stage between raw files and articles; runs it as a command of its own."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from bantin.breaker import Breaker
from bantin.envelope import decode
from bantin.eventlog.port import EventLog
from bantin.events import ArticleReceived
from bantin.service import Service
from bantin.stage import NO_PROGRESS_SECONDS, Stage
from bantin.topics import ALL_TOPICS, EXTRACT_GROUP, RAW
from bantin_extract.processes.worker import ExtractWorkers
from bantin_extract.settings import ExtractSettings

BATCH_PAGES = 16
"""What is published together: a slow page holds so many at most, and for no longer than its first, quick try."""

LEAST_IN_HAND = 64
"""Pages that wait when more are taken: two batches for each process, and room for slow ones that others pass."""


def build(settings: ExtractSettings, log: EventLog) -> Service:
    """Return the service. Its topics must exist before its task runs."""
    read = ExtractWorkers(settings.extract_workers, settings.extract_seconds, settings.extract_memory)
    stage = Stage("extract", EXTRACT_GROUP, {RAW: partial(decode, event_type=ArticleReceived)}, read, log)
    stage.max_records = BATCH_PAGES
    stage.max_in_hand = max(LEAST_IN_HAND, 2 * BATCH_PAGES * settings.extract_workers)
    stage.patience = max(NO_PROGRESS_SECONDS, 2 * settings.extract_seconds)
    stage.breaker = Breaker(share=settings.breaker_share)
    return Service(
        "extract",
        tasks=(read.warm_up, stage.run, stage.report_lag),
        checks={"log": log.ready, "extract stage": stage.check},
    )


@asynccontextmanager
async def open_services(settings: ExtractSettings) -> AsyncGenerator[Sequence[Service]]:
    """Give extract alone, on the log that the settings name."""
    from bantin.eventlog.connect import open_log  # noqa: PLC0415 - brings in the adapter

    async with open_log(settings.log_url) as log:
        await log.create_topics(ALL_TOPICS)
        yield [build(settings, log)]


def main() -> None:
    """Run `bantin-extract`."""
    from bantin.hosting import run  # noqa: PLC0415 - brings in the server

    run(ExtractSettings, open_services, name="bantin-extract", about="Turn received files into clean articles.")
