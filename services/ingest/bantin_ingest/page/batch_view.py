"""What a batch's page shows: how far it is, and what became of each file, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bantin.events import Reason, Status
from bantin.site.language import Language
from bantin.site.wording import moment, number, size
from bantin_ingest.page.links import Links
from bantin_ingest.page.texts import Texts
from bantin_ingest.receipts.model import Batch, Receipt

READABLE: tuple[Status, ...] = ("indexed", "duplicate")
"""Ends after which the portal has the article."""


@dataclass(frozen=True, slots=True)
class FileView:
    """One file. `reason` is a sentence in `reason_language`, empty where nothing needs saying."""

    receipt_id: str
    trace_id: str | None
    name: str
    size: str
    status: Status
    word: str
    reason: str
    reason_language: Language
    article: str | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """The files of one request, how many of them have each status, and how far they are."""

    heading: str
    sent: str
    sent_at: str
    ended: bool
    done: int
    total: int
    counts: Sequence[tuple[str, str, str]]
    files: Sequence[FileView]


def batch_view(batch: Batch, links: Links, texts: Texts) -> BatchView:
    """Return what to show of a batch. `counts` are statuses that occur, each with its number and its word."""
    language = links.language
    counts = batch.counts.model_dump().items()
    sent_at = min(entry.at for file in batch.files for entry in file.timeline)
    return BatchView(
        heading=_heading(batch, language, texts),
        sent=moment(sent_at, language),
        sent_at=sent_at.isoformat(),
        ended=batch.ended,
        done=batch.done,
        total=batch.total,
        counts=[(status, number(count, language), texts.statuses[status]) for status, count in counts if count],
        files=[_file(receipt, links, texts) for receipt in batch.files],
    )


def _heading(batch: Batch, language: Language, texts: Texts) -> str:
    total = number(batch.total, language)
    if batch.ended:
        return texts.ended.format(total) if batch.total > 1 else texts.ended_one
    return texts.under_way.format(number(batch.done, language), total)


def _file(receipt: Receipt, links: Links, texts: Texts) -> FileView:
    reason, reason_language = _reason(receipt.reason, links.language, texts)
    return FileView(
        receipt_id=receipt.receipt_id,
        trace_id=receipt.trace_id,
        name=receipt.name,
        size=size(receipt.bytes, links.language),
        status=receipt.status,
        word=texts.statuses[receipt.status],
        reason=reason,
        reason_language=reason_language,
        article=links.article(receipt.article_id) if receipt.status in READABLE else None,
    )


def _reason(reason: Reason | None, language: Language, texts: Texts) -> tuple[str, Language]:
    """Return the reason as a sentence, and its language: a code that no sentence is known for speaks for itself."""
    if reason is None:
        return "", language
    known = texts.reasons.get(reason.code)
    return (known, language) if known else (reason.detail, "en")
