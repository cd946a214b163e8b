"""Captures of articles, as the extract service would send them."""

from datetime import UTC, datetime, timedelta

from bantin.events import Article, ArticleEnriched

EPOCH = datetime(2024, 5, 1, tzinfo=UTC)


def make_event(
    receipt: str, minute: int, text: str, article_id: str = "a1", views: int | None = None
) -> ArticleEnriched:
    """A capture of an article, `minute` minutes after the epoch; its version is its text."""
    article = Article(
        article_id=article_id,
        version=text,
        title=text,
        body=text,
        original_text=text,
        views=views,
        captured_at=EPOCH + timedelta(minutes=minute),
        content_type="text/html",
        bytes=len(text),
    )
    return ArticleEnriched(
        receipt_id=receipt, batch_id="b1", article_id=article_id, extracted_at=EPOCH, article=article
    )
