"""The decision about one capture of an article: is it new to the index, and what is to be written.

Captures of one article are ordered by `captured_at`, and by `version` where they were made at the same moment. The
greatest one is what the index holds in the end, in whatever order and however often they arrive; and because the
index remembers whose captures wrote it, a capture that arrives again is told the same again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bantin.events import Article, ArticleEnriched, Reason
from bantin.search.port import StoredArticle

UNCHANGED = "unchanged"
OLDER_CAPTURE = "older_capture"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a receipt is told, and what the index has to take for that to be true (`write`, None: nothing)."""

    outcome: Literal["indexed", "duplicate"]
    reason: Reason | None = None
    write: StoredArticle | None = None


def decide(event: ArticleEnriched, stored: StoredArticle | None, cluster_id: str | None, now: datetime) -> Decision:
    """Decide about a capture, given what the index holds of its article.

    `cluster_id` is that of an article that is new or rewritten, else None; `now` becomes `indexed_at` where title or
    body are new.
    """
    article, receipt = event.article, event.receipt_id
    if stored is None:
        cluster = cluster_id or article.article_id
        return _write(StoredArticle(_stamped(article, now), (receipt,), cluster, event.fingerprint))
    stored = replace(stored, cluster_id=cluster_id or stored.cluster_id)
    if receipt in stored.writers:
        return Decision("indexed", write=_repeated(event, stored, now))
    if article.version == stored.article.version:
        return Decision("duplicate", _unchanged(article), write=_confirmed(event, stored, now))
    if _newness(article) > _newness(stored.article):
        held = _replaced(stored, event, _stamped(article, now))
        return _write(replace(held, writers=(*stored.writers, receipt)))
    return Decision("duplicate", older_capture(article, stored.article))


def older_capture(article: Article, indexed: Article | None = None) -> Reason:
    """Return the reason of a capture that a newer one beat; `indexed` is the newer one, where it is known."""
    newer = f"captured {indexed.captured_at.isoformat()}" if indexed else "newer"
    detail = f"Captured {article.captured_at.isoformat()}; the index holds a capture of {article.article_id} {newer}."
    return Reason(code=OLDER_CAPTURE, detail=detail)


def _unchanged(article: Article) -> Reason:
    detail = f"The index holds {article.article_id} with this very title and body."
    return Reason(code=UNCHANGED, detail=detail)


def _write(stored: StoredArticle) -> Decision:
    return Decision("indexed", write=stored)


def _repeated(event: ArticleEnriched, stored: StoredArticle, now: datetime) -> StoredArticle | None:
    """Return what to write for a receipt that wrote before: only the last writer's word still stands in the index.

    Where a better extraction of its file reads other words, they replace its own, even if a later capture with the
    words of the earlier extraction has moved `captured_at` on since.
    """
    article, held = event.article, stored.article
    if event.receipt_id != stored.writers[-1]:
        return None
    if article.version != held.version:
        latest = article.model_copy(update={"captured_at": max(article.captured_at, held.captured_at)})
        return _replaced(stored, event, _stamped(latest, now))
    return _confirmed(event, stored, now)


def _confirmed(event: ArticleEnriched, stored: StoredArticle, now: datetime) -> StoredArticle | None:
    """Return what to write for the same title and body: a capture no older brings its date and other values along."""
    if event.article.captured_at < stored.article.captured_at:
        return None
    return _replaced(stored, event, _stamped(event.article, stored.article.indexed_at or now))


def _replaced(stored: StoredArticle, event: ArticleEnriched, article: Article) -> StoredArticle:
    """Return what is stored with another capture's article."""
    return replace(stored, article=article, fingerprint=event.fingerprint)


def _stamped(article: Article, at: datetime) -> Article:
    return article.model_copy(update={"indexed_at": at})


def _newness(article: Article) -> tuple[datetime, str]:
    return article.captured_at, article.version
