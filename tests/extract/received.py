"""Makes received files for tests."""

from datetime import UTC, datetime
from hashlib import sha256

from bantin.events import Article, ArticleEnriched, ArticleReceived
from bantin_extract.handler import extract

CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)


def received(
    content: bytes | str, content_type: str = "text/plain", captured_at: datetime = CAPTURED
) -> ArticleReceived:
    """Return the event of a file with this content."""
    raw = content.encode() if isinstance(content, str) else content
    return ArticleReceived(
        receipt_id="r1",
        batch_id="b1",
        article_id="a1",
        file_name="page",
        content_type=content_type,
        sha256=sha256(raw).hexdigest(),
        captured_at=captured_at,
        received_at=captured_at,
        content=raw,
    )


def article_of(content: bytes | str, content_type: str = "text/plain", captured_at: datetime = CAPTURED) -> Article:
    """Return the article that is found in the content; fail where none is."""
    outcome = extract(received(content, content_type, captured_at))
    assert isinstance(outcome, ArticleEnriched), outcome
    return outcome.article
