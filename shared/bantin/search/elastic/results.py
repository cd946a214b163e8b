"""A search's hits as the port's; pure, and CPU work, as every hit is highlighted."""

from collections.abc import Mapping
from typing import Any

from bantin.events import Article
from bantin.search.hits import make_hit
from bantin.search.query import Hit
from bantin.search.words import Words


def read_hit(item: Mapping[str, Any], words: Words, duplicates: int = 0) -> Hit:
    """Return one hit of an answer, with how many fold under it."""
    article = Article.model_validate(item["_source"]["article"])
    return make_hit(article, words, item["_score"], duplicates)
