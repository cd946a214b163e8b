"""Puts the dead letters together: an operators' service of its own scope, on the log and folder of ingest."""

import anyio
import structlog

from bantin.breaker import Breaker
from bantin.eventlog.port import EventLog
from bantin.faults import RefusedError, UnavailableError
from bantin.service import Service
from bantin.telemetry import metrics
from bantin_ingest.deadletters.acting import acting_stage
from bantin_ingest.deadletters.deciding import Deciding
from bantin_ingest.deadletters.lookup import DeadLetters
from bantin_ingest.deadletters.routes import dead_letter_router
from bantin_ingest.deadletters.store import LetterStore, Selection
from bantin_ingest.settings import IngestSettings

COUNT_SECONDS = 15.0

logger = structlog.get_logger(__name__)


def build(settings: IngestSettings, log: EventLog) -> Service:
    """Return the service. Its topics must exist before its tasks run."""
    letters = DeadLetters(log, LetterStore(settings.data / "deadletters.db"))
    stage = acting_stage(log, letters, Breaker(share=settings.breaker_share))

    async def report(stop: anyio.Event) -> None:
        while not stop.is_set():
            await report_open(letters)
            with anyio.move_on_after(COUNT_SECONDS):
                await stop.wait()

    router = dead_letter_router(letters, Deciding(log, letters, settings.data))
    return Service(
        "dead_letters",
        (router,),
        (stage.run, stage.report_lag, report),
        {"stage": stage.check},
        scope="ops",
    )


async def report_open(letters: DeadLetters) -> None:
    """Tell the metrics how many letters nobody has decided about."""
    try:
        counts = await letters.count(Selection("open"))
    except (UnavailableError, RefusedError) as error:
        logger.warning("dead_letters_unknown", error=str(error))
        return
    metrics.DEAD_LETTERS.clear()
    for stage, reason, count in counts:
        metrics.DEAD_LETTERS.labels(stage, reason).set(count)
