"""A search's answer as the port's hits; pure, and CPU work, as every hit is highlighted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bantin.search.elastic.documents import stored_article
from bantin.search.highlight import highlight
from bantin.search.query import Hit, Query
from bantin.search.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """The hits of one page; `after` are the sort values of its last one if another page follows."""

    hits: tuple[Hit, ...]
    after: Sequence[Any] | None


def read_page(query: Query, words: Words, answer: Mapping[str, Any]) -> Page:
    """Return the page in an answer, which holds one hit more than the page if another follows."""
    found: list[Mapping[str, Any]] = answer["hits"]["hits"]
    shown = found[: query.size]
    follows = query.size > 0 and len(found) > query.size
    return Page(tuple(_hit(item, words) for item in shown), shown[-1]["sort"] if follows else None)


def _hit(item: Mapping[str, Any], words: Words) -> Hit:
    article = stored_article(item["_source"]).article
    shown = highlight(article.title, article.body, words)
    return Hit(article=article, score=item["_score"], highlight=shown.highlight, snippet=shown.snippet)
