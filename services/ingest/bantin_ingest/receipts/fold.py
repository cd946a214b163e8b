"""A receipt is the fold of its records, in any order and however often each arrives; a batch the fold of receipts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bantin.events import AcceptedFile, ReceiptRecorded, Stage
from bantin_ingest.receipts.model import Batch, Counts, Receipt, TimelineEntry

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAGES: tuple[Stage, ...] = (
    "received",
    "extracted",
    "retried",
    "dead_lettered",
    "rejected",
    "duplicate",
    "indexed",
)
"""In the order in which a file reaches them; of several ends, the last of these is the one that holds."""

_ENDS: tuple[Stage, ...] = ("dead_lettered", "rejected", "duplicate", "indexed")


def precedence(record: ReceiptRecorded) -> tuple[int, str]:
    """Return what orders records of one receipt and one stage: the later holds, equally late ones in a fixed order.

    The first member is the time in microseconds since 1970.
    """
    return (record.at - _EPOCH) // timedelta(microseconds=1), record.model_dump_json()


def fold_receipt(records: Iterable[ReceiptRecorded]) -> Receipt | None:
    """Return the receipt that records of one `receipt_id` tell of; None while the file itself is not known."""
    folded = _fold(records)
    return folded[1] if folded else None


def fold_batch(records: Iterable[ReceiptRecorded]) -> Batch | None:
    """Return the batch that records of one `batch_id` tell of; None while no file of it is known."""
    by_receipt: defaultdict[str, list[ReceiptRecorded]] = defaultdict(list)
    for record in records:
        by_receipt[record.receipt_id].append(record)
    folded = [fold for group in by_receipt.values() if (fold := _fold(group))]
    if not folded:
        return None
    files = tuple(receipt for _, receipt in sorted(folded, key=lambda fold: (fold[0].position, fold[1].receipt_id)))
    counts = Counts.model_validate(Counter(file.status for file in files))
    return Batch(
        batch_id=next(iter(by_receipt.values()))[0].batch_id,
        total=max(len(files), *(file.batch_total for file, _ in folded)),
        done=len(files) - counts.accepted,
        counts=counts,
        files=files,
    )


def _fold(records: Iterable[ReceiptRecorded]) -> tuple[AcceptedFile, Receipt] | None:
    stages: dict[Stage, ReceiptRecorded] = {}
    for record in sorted(records, key=precedence):
        stages[record.stage] = record
    received = stages.get("received")
    if received is None or received.file is None:
        return None
    end = _end(stages)
    file = received.file
    return file, Receipt(
        receipt_id=received.receipt_id,
        article_id=received.article_id,
        name=file.name,
        bytes=file.bytes,
        sha256=file.sha256,
        status=end.status if end else "accepted",
        reason=end.reason if end else None,
        trace_id=file.trace_id,
        timeline=_timeline(tuple(stages.values())),
    )


def _end(stages: dict[Stage, ReceiptRecorded]) -> ReceiptRecorded | None:
    """Return the record that ends the file: an answer beats a dead letter, and a retry reopens an earlier one."""
    ends = [stages[stage] for stage in _ENDS if stage in stages]
    retried = stages.get("retried")
    if ends and ends[-1].stage == "dead_lettered" and retried and retried.at >= ends[-1].at:
        return None
    return ends[-1] if ends else None


def _timeline(records: Sequence[ReceiptRecorded]) -> tuple[TimelineEntry, ...]:
    """Sort by time, but for what came first: clocks of several machines differ."""

    def order(record: ReceiptRecorded) -> tuple[bool, int, int]:
        return record.stage != "received", precedence(record)[0], _STAGES.index(record.stage)

    return tuple(
        TimelineEntry(stage=record.stage, at=record.at.astimezone(UTC)) for record in sorted(records, key=order)
    )
