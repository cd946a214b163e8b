"""What an article is as a hit: highlighted, and of bounded size, whatever was sent in."""

from typing import Final

from bantin.events import Article
from bantin.search.highlight import READ, highlight
from bantin.search.query import Hit
from bantin.search.words import Words

LONGEST: Final = 10 * READ
"""Characters of a text that a hit may hold: a book. Ten uploads as long as the limit allows would fill memory."""


def make_hit(article: Article, words: Words, score: float | None, duplicates: int = 0) -> Hit:
    """Return an article as a hit, with its words marked and how many fold under it.

    Of an article whose texts are longer than LONGEST it holds the beginning of the body and no page text; the article
    itself has them.
    """
    shown = highlight(article.title, article.body, words)
    return Hit(
        article=_bounded(article),
        score=score,
        highlight=shown.highlight,
        snippet=shown.snippet,
        duplicates=duplicates,
    )


def _bounded(article: Article) -> Article:
    if max(len(article.body), len(article.original_text)) <= LONGEST:
        return article
    return article.model_copy(update={"body": article.body[:READ], "original_text": "", "evidence": ()})
