"""What becomes of a file that came in: tickets for it, then the events that tell the log. No I/O.

A file that can be taken becomes an `ArticleReceived`; one that can't (empty, too large) ends here, and its receipt
says why. Either way it has a receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bantin.events import AcceptedFile, ArticleReceived, ArticleRejected, Event, Reason, ReceiptRecorded
from bantin_ingest.identity import article_id_of_sha256, article_id_of_url
from bantin_ingest.ids import new_id
from bantin_ingest.provenance import Provenance


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as it arrived. `size` and `sha256` are of all its bytes; `refusal` says why it can't be taken, if so.

    `source_url` and `captured_at` are what the archive that it lay in tells of it.
    """

    name: str
    content_type: str
    size: int
    sha256: str
    refusal: Reason | None = None
    source_url: str | None = None
    captured_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One file's place in one batch: everything its events say but the content and the trace."""

    file: IncomingFile
    provenance: Provenance
    receipt_id: str
    batch_id: str
    article_id: str
    position: int
    batch_total: int
    received_at: datetime


def refusal(size: int, limit: int) -> Reason | None:
    """Return why a file of `size` bytes can't be taken where files may have `limit` bytes; None if it can."""
    if size == 0:
        return Reason(code="empty", detail="The file is empty.")
    if size > limit:
        return Reason(code="too_large", detail=f"The file is larger than {limit:,} bytes.")
    return None


def issue_tickets(files: Sequence[IncomingFile], provenance: Provenance, received_at: datetime) -> tuple[Ticket, ...]:
    """Return a ticket for each file; together they are one batch.

    A `source_url` tells which article a file is, so it belongs to one file: raise ValueError for several.
    """
    if provenance.source_url and len(files) > 1:
        raise ValueError("source_url belongs to one file")
    batch_id = new_id()
    return tuple(
        _ticket(file, provenance, (batch_id, position, len(files)), received_at) for position, file in enumerate(files)
    )


def _ticket(file: IncomingFile, request: Provenance, place: tuple[str, int, int], received_at: datetime) -> Ticket:
    provenance = Provenance(
        request.source_url or file.source_url, request.source, file.captured_at or request.captured_at
    )
    by_url = article_id_of_url(provenance.source_url) if provenance.source_url else None
    batch_id, position, batch_total = place
    return Ticket(
        file=file,
        provenance=provenance,
        receipt_id=new_id(),
        batch_id=batch_id,
        article_id=by_url or article_id_of_sha256(file.sha256),
        position=position,
        batch_total=batch_total,
        received_at=received_at,
    )


def arrival(ticket: Ticket, trace_id: str | None) -> tuple[ReceiptRecorded, ...]:
    """Return what the receipt says from the start: received, and rejected where the file can't be taken."""
    accepted = AcceptedFile(
        name=ticket.file.name,
        bytes=ticket.file.size,
        sha256=ticket.file.sha256,
        trace_id=trace_id,
        position=ticket.position,
        batch_total=ticket.batch_total,
    )
    received = ReceiptRecorded(
        receipt_id=ticket.receipt_id,
        batch_id=ticket.batch_id,
        article_id=ticket.article_id,
        stage="received",
        status="accepted",
        at=ticket.received_at,
        file=accepted,
    )
    if ticket.file.refusal is None:
        return (received,)
    end = {"stage": "rejected", "status": "rejected", "reason": ticket.file.refusal, "file": None}
    return (received, received.model_copy(update=end))


def submission(ticket: Ticket, content: bytes | None) -> Event:
    """Return the event that carries a file on: received with its `content`, or rejected (content None)."""
    if ticket.file.refusal is not None:
        return ArticleRejected(
            receipt_id=ticket.receipt_id,
            batch_id=ticket.batch_id,
            article_id=ticket.article_id,
            reason=ticket.file.refusal,
            rejected_at=ticket.received_at,
        )
    if content is None:
        raise ValueError("a file that is taken needs its content")
    return ArticleReceived(
        receipt_id=ticket.receipt_id,
        batch_id=ticket.batch_id,
        article_id=ticket.article_id,
        file_name=ticket.file.name,
        content_type=ticket.file.content_type,
        sha256=ticket.file.sha256,
        source_url=ticket.provenance.source_url,
        source_name=ticket.provenance.source,
        captured_at=ticket.provenance.captured(ticket.received_at),
        received_at=ticket.received_at,
        content=content,
    )
