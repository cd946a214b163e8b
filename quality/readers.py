"""The two readers that are measured side by side: ours, and trafilatura on HTML."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import trafilatura

from bantin.events import Article, ArticleEnriched, ArticleReceived
from bantin_extract.handler import extract

CAPTURED = datetime(2026, 1, 1, 8, tzinfo=UTC)
"""When every measured page counts as saved: after all publications, so that no outcome depends on today."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a page; `published` is ISO 8601, as exact as it was found; `article` is ours only."""

    title: str = ""
    body: str = ""
    published: str | None = None
    article: Article | None = None
    rejected: bool = False


def ours(content: bytes, content_type: str) -> Reading:
    """Return what the extract service makes of a file."""
    event = ArticleReceived(
        receipt_id="r",
        batch_id="b",
        article_id="a",
        file_name="page",
        content_type=content_type,
        sha256=sha256(content).hexdigest(),
        captured_at=CAPTURED,
        received_at=CAPTURED,
        content=content,
    )
    outcome = extract(event)
    if not isinstance(outcome, ArticleEnriched):
        return Reading(rejected=True)
    article = outcome.article
    published = article.published_at.isoformat() if article.published_at else None
    return Reading(article.title, article.body, published, article)


def trafilatura_reading(content: bytes) -> Reading:
    """Return what trafilatura makes of an HTML page, with its default settings."""
    found = trafilatura.extract(content, output_format="json", with_metadata=True, include_comments=False)
    if not found:
        return Reading(rejected=True)
    fields = json.loads(found)
    return Reading(fields.get("title") or "", fields.get("text") or "", fields.get("date"))
