"""Why a file can't become an article, as an exception that ends its extraction."""

from datetime import UTC, datetime

from bantin.events import ArticleReceived, ArticleRejected, Reason


class RejectedError(Exception):
    """The file holds no article that can be taken; `reason` goes into its receipt."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = Reason(code=code, detail=detail)


def rejected(event: ArticleReceived, reason: Reason) -> ArticleRejected:
    """Return the event that ends a file without an article."""
    return ArticleRejected(
        receipt_id=event.receipt_id,
        batch_id=event.batch_id,
        article_id=event.article_id,
        reason=reason,
        rejected_at=datetime.now(UTC),
    )
