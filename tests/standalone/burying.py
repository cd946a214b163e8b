"""Puts dead letters on the log of a platform, as a stage that failed would have."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bantin.deadletter import Failure, dead_letter
from bantin.envelope import encode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import Message, Record
from bantin.events import Event, Reason
from bantin.topics import ALL_TOPICS, EXTRACT_GROUP
from bantin_ingest.handler import IncomingFile, arrival, issue_tickets, submission
from bantin_ingest.provenance import Provenance


@dataclass(frozen=True)
class Page:
    """A page that died. `at` is when it was captured."""

    name: str
    text: str
    url: str | None = None
    at: datetime | None = None


def log_of(folder: Path) -> str:
    """Return the URL of the log in a data folder."""
    return f"sqlite:///{folder / 'log.db'}"


def bury(log_url: str, pages: Sequence[Page], code: str = "handler_failed", first: int = 1_000) -> list[str]:
    """Give the platform on this log a batch for each page, dead in extract; return the batches' ids.

    `first` is the offset from which on their records are said to have lain: no real record gets as far.
    """
    batches: list[str] = []
    messages: list[Message] = []
    for number, page in enumerate(pages):
        content = page.text.encode()
        file = IncomingFile(page.name, "text/plain", len(content), sha256(content).hexdigest())
        provenance = Provenance(page.url, None, page.at)
        (ticket,) = issue_tickets([file], provenance, datetime.now(UTC))
        batches.append(ticket.batch_id)
        messages += [_sent(receipt) for receipt in arrival(ticket, None)]
        raw = _sent(submission(ticket, content))
        record = Record(raw.topic, 0, first + number, 0, raw.key, raw.value, raw.headers)
        failure = Failure(
            Reason(code=code, detail="ValueError('no way')"), "extract", 1, "Traceback …\nValueError: no way"
        )
        messages.append(dead_letter(record, EXTRACT_GROUP, failure))
    publish(log_url, messages)
    return batches


def publish(log_url: str, messages: Sequence[Message]) -> None:
    """Publish to a platform's log, whether the platform runs or not."""

    async def work() -> None:
        async with open_log(log_url) as log:
            await log.create_topics(ALL_TOPICS)
            await log.publish(messages)

    asyncio.run(work())


def _sent(event: Event) -> Message:
    return encode(event, source="/bantin/ingest")
