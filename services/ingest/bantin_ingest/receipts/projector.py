"""Writes receipts forward: what extract and index decided, and what died on the way, becomes receipt records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from bantin.breaker import Breaker
from bantin.deadletter import DeadLetter, read_dead_letter
from bantin.envelope import decode
from bantin.eventlog.port import EventLog, Record
from bantin.events import ArticleIndexed, ArticleRejected, Event, Reason, ReceiptRecorded
from bantin.handler import Delivery, Emit, Outcome
from bantin.stage import Decoder, Stage
from bantin.topics import ENRICHED_DEAD, INDEXED, RAW_DEAD, RECEIPTS_GROUP, REJECTED, Topic

End = ArticleRejected | ArticleIndexed | DeadLetter
Step = Literal["extracted", "rejected", "indexed", "duplicate"]


async def record_ends(deliveries: Sequence[Delivery[End]]) -> Sequence[Outcome]:
    """Return the receipt records of each end. A dead letter that does not even say whose it is has no receipt."""
    return [Emit(receipt_records(delivery.event)) for delivery in deliveries]


def receipt_records(end: End) -> tuple[ReceiptRecorded, ...]:
    """Return what a receipt learns when its file has ended."""
    if isinstance(end, DeadLetter):
        return _dead_lettered(end)
    if isinstance(end, ArticleRejected):
        return (_record(end, "rejected", end.rejected_at, end.reason),)
    return (
        _record(end, "extracted", end.extracted_at),
        _record(end, end.outcome, end.indexed_at, end.reason),
    )


def _record(event: Event, stage: Step, at: datetime, reason: Reason | None = None) -> ReceiptRecorded:
    return ReceiptRecorded(
        receipt_id=event.receipt_id,
        batch_id=event.batch_id,
        article_id=event.article_id,
        stage=stage,
        status="accepted" if stage == "extracted" else stage,
        at=at,
        reason=reason,
    )


def _dead_lettered(dead: DeadLetter) -> tuple[ReceiptRecorded, ...]:
    if not (dead.receipt_id and dead.batch_id and dead.article_id):
        return ()
    record = ReceiptRecorded(
        receipt_id=dead.receipt_id,
        batch_id=dead.batch_id,
        article_id=dead.article_id,
        stage="dead_lettered",
        status="dead_lettered",
        at=dead.at,
        reason=dead.failure.reason,
        letter=dead.letter,
    )
    return (record,)


def receipts_stage(log: EventLog, breaker: Breaker) -> Stage[End]:
    """Return the stage that keeps receipts up to date; run as many as there are instances."""
    sources: Mapping[Topic, Decoder[End]] = {
        REJECTED: _rejected,
        INDEXED: _indexed,
        RAW_DEAD: read_dead_letter,
        ENRICHED_DEAD: read_dead_letter,
    }
    stage = Stage("receipts", RECEIPTS_GROUP, sources, record_ends, log)
    stage.breaker = breaker
    return stage


def _rejected(record: Record) -> End:
    return decode(record, ArticleRejected)


def _indexed(record: Record) -> End:
    return decode(record, ArticleIndexed)
