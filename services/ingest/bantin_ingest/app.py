"""Puts ingest together: HTTP in, the upload page, the drop folder, receipts; runs it as a command of its own."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bantin.breaker import Breaker
from bantin.eventlog.port import EventLog
from bantin.folders import make_private
from bantin.openapi import load_examples
from bantin.service import Check, Service, Task
from bantin.topics import ALL_TOPICS
from bantin_ingest.arrival import Unpacker
from bantin_ingest.deadletters import app as dead_letters
from bantin_ingest.inbox.claims import Claims
from bantin_ingest.inbox.settling import Settling
from bantin_ingest.inbox.sweep import Sweeper
from bantin_ingest.inbox.watcher import InboxWatcher
from bantin_ingest.intake import Intake
from bantin_ingest.page.routes import page_router, upload_pages
from bantin_ingest.pressure import Pressure
from bantin_ingest.receipts.lookup import Receipts
from bantin_ingest.receipts.projector import receipts_stage
from bantin_ingest.receipts.routes import receipt_router
from bantin_ingest.receipts.store import ReceiptStore
from bantin_ingest.receipts.tail import ReceiptTail
from bantin_ingest.settings import IngestSettings
from bantin_ingest.upload.receive import Uploads
from bantin_ingest.upload.routes import upload_router


def build(settings: IngestSettings, log: EventLog) -> Service:
    """Return the service. Its topics must exist before its tasks run."""
    make_private(settings.data)
    store = ReceiptStore(settings.data / "receipts.db")
    tail = ReceiptTail(log, store)
    stage = receipts_stage(log, Breaker(share=settings.breaker_share))
    pressure = Pressure(log, settings.data, most_waiting=settings.most_waiting, disk_reserve=settings.disk_reserve)
    intake = Intake(log, pressure)
    receipts = Receipts(store, tail)
    tasks: list[Task] = [tail.run, stage.run, stage.report_lag, pressure.run]
    checks: dict[str, Check] = {"log": log.ready, "receipts": tail.check, "receipts_stage": stage.check}
    if settings.inbox:
        watcher = _inbox(settings, settings.inbox, intake, receipts)
        tasks.append(watcher.run)
        checks["inbox"] = watcher.check
    uploads = Uploads(intake, settings)
    pages = upload_pages()
    routers = (upload_router(uploads), receipt_router(receipts), page_router(uploads, receipts, settings, pages))
    return Service(
        "ingest",
        routers,
        tuple(tasks),
        checks,
        scope="ingest",
        open_routers=(pages.router(),),
        examples=load_examples("bantin_ingest"),
    )


def build_all(settings: IngestSettings, log: EventLog) -> tuple[Service, ...]:
    """Return what a process of ingest hosts: the service itself, and that of the operators, behind another scope."""
    return build(settings, log), dead_letters.build(settings, log)


def _inbox(settings: IngestSettings, inbox: Path, intake: Intake, receipts: Receipts) -> InboxWatcher:
    sweeper = Sweeper(
        inbox=inbox,
        limit=settings.max_upload,
        intake=intake,
        receipts=receipts,
        claims=Claims(settings.data / "inbox.db"),
        unpacker=Unpacker(settings),
        settling=Settling(settings.inbox_settle),
    )
    return InboxWatcher(sweeper, rescan=settings.inbox_rescan)


@asynccontextmanager
async def open_services(settings: IngestSettings) -> AsyncGenerator[Sequence[Service]]:
    """Give ingest alone, on the log that the settings name."""
    from bantin.eventlog.connect import open_log  # noqa: PLC0415 - brings in the adapter

    async with open_log(settings.log_url) as log:
        await log.create_topics(ALL_TOPICS)
        yield build_all(settings, log)


def main() -> None:
    """Run `bantin-ingest`."""
    from bantin.hosting import run  # noqa: PLC0415 - brings in the server

    run(IngestSettings, open_services, name="bantin-ingest", about="Take dropped files; answer for their receipts.")
