"""A receipt is the fold of its records, in any order and however often each arrives; a batch the fold of receipts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bantin.events import AcceptedFile, Reason, ReceiptRecorded, Stage
from bantin_ingest.receipts.model import Batch, Counts, Receipt, TimelineEntry

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAGES: tuple[Stage, ...] = (
    "received",
    "extracted",
    "retried",
    "dead_lettered",
    "discarded",
    "rejected",
    "duplicate",
    "indexed",
)
"""In the order in which a file reaches them."""

_ANSWERS: tuple[Stage, ...] = ("indexed", "duplicate", "rejected")
"""Of several, the first of these is the one that holds."""

_Slots = dict[tuple[Stage, str | None], ReceiptRecorded]
"""The record of each stage, or of each stage of each dead letter."""


def precedence(record: ReceiptRecorded) -> tuple[int, str]:
    """Return what orders records of one stage (and letter) of one receipt: the last holds, equally late ones fixedly.

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
    slots: _Slots = {}
    for record in sorted(records, key=precedence):
        slots[record.stage, record.letter] = record
    received = slots.get(("received", None))
    if received is None or received.file is None:
        return None
    end = _end(slots)
    file = received.file
    return file, Receipt(
        receipt_id=received.receipt_id,
        article_id=received.article_id,
        name=file.name,
        bytes=file.bytes,
        sha256=file.sha256,
        status=end.status if end else "accepted",
        reason=_reason(end, slots) if end else None,
        trace_id=file.trace_id,
        timeline=_timeline(tuple(slots.values())),
    )


def _end(slots: _Slots) -> ReceiptRecorded | None:
    """Return the record that ends the file: an answer beats dead letters, of which one not given up is told first."""
    for stage in _ANSWERS:
        if answer := slots.get((stage, None)):
            return answer
    deaths = [record for (stage, _), record in slots.items() if stage == "dead_lettered"]
    ends = [death for death in deaths if not _reopened(death, slots)]
    return max(ends, key=lambda end: (not _given_up(end, slots), precedence(end)), default=None)


def _reopened(death: ReceiptRecorded, slots: _Slots) -> bool:
    """Return whether the dead letter was retried, whatever the clocks say; one without a name, whether later."""
    if death.letter is not None:
        return ("retried", death.letter) in slots
    return any(stage == "retried" and record.at >= death.at for (stage, _), record in slots.items())


def _given_up(death: ReceiptRecorded, slots: _Slots) -> bool:
    return death.letter is not None and ("discarded", death.letter) in slots


def _reason(end: ReceiptRecorded, slots: _Slots) -> Reason | None:
    if end.reason is None or end.stage != "dead_lettered" or not _given_up(end, slots):
        return end.reason
    return Reason(code=end.reason.code, detail=f"{end.reason.detail} (An operator has discarded it.)")


def _timeline(records: Sequence[ReceiptRecorded]) -> tuple[TimelineEntry, ...]:
    """Sort by time, but for what came first: clocks of several machines differ."""

    def order(record: ReceiptRecorded) -> tuple[bool, int, int]:
        return record.stage != "received", precedence(record)[0], _STAGES.index(record.stage)

    return tuple(
        TimelineEntry(stage=record.stage, at=record.at.astimezone(UTC)) for record in sorted(records, key=order)
    )
