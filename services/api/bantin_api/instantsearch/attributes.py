"""Attributes: what widgets filter and count by, and what a hit shows."""

from collections.abc import Mapping
from typing import Any, Final

from bantin.events import Article
from bantin.search.fields import BY_NAME, FIELDS, PATH_SEPARATOR
from bantin.search.query import Hit
from bantin_api.answers import ArticleAnswer
from bantin_api.reading import shown, unprocessable

PUBLISHED: Final = "published_at"
"""The one numeric attribute: in filters and statistics it is seconds since 1970."""

LEVELS: Final = ("places.lvl0", "places.lvl1")
"""The hierarchy of places, for the menu that opens one level under another."""

FACETS: Final[Mapping[str, str]] = {
    **{name: name for name in BY_NAME},
    LEVELS[0]: "province",
    LEVELS[1]: "district",
}
"""The field of the field table behind each attribute that can be counted."""

SINGLE: Final = frozenset(("province", "province_today", "section", "source"))
"""Fields of which an article has one value, or none."""

_LONG: Final = ("body", "original_text", "evidence")
"""What a hit has only where it is asked for by name: it is long, and lists seldom show it."""

_BESIDE: Final = ("objectID", "snippet", "duplicates", "score", "places")
ATTRIBUTES: Final = tuple(dict.fromkeys((*_BESIDE, *Article.model_fields, *BY_NAME)))
RETRIEVED: Final = tuple(name for name in ATTRIBUTES if name not in _LONG)

HIGHLIGHTED: Final = ("title", *(field.name for field in FIELDS))
"""Attributes that are highlighted where none are named."""

TEXTS: Final = (*HIGHLIGHTED, "authors", "captions", "body")
"""Attributes that can be highlighted and cut to snippets."""


def facet_field(parameter: str, attribute: str) -> str:
    """Return the field behind a facet; raise a 422 Problem for an attribute that can't be counted."""
    if attribute not in FACETS:
        known = ", ".join((*FACETS, PUBLISHED))
        raise unprocessable("unknown_facet", f"{parameter}: there is no facet {shown(attribute)}; choose of {known}.")
    return FACETS[attribute]


def record(hit: Hit) -> dict[str, Any]:
    """Return all attributes of a hit: the article's own, and the values of every facet under the facet's name."""
    article = hit.article
    facets = {field.name: list(dict.fromkeys(field.values(article))) for field in FIELDS}
    levels = {level.partition(".")[2]: facets[FACETS[level]] for level in LEVELS}
    levels["lvl1"] = [path for path in levels["lvl1"] if PATH_SEPARATOR in path]
    return {
        **ArticleAnswer.model_validate(article.model_dump()).model_dump(mode="json"),
        **{name: (values[0] if values else None) if name in SINGLE else values for name, values in facets.items()},
        "objectID": article.article_id,
        "snippet": hit.snippet,
        "duplicates": hit.duplicates,
        "score": hit.score,
        "places": levels,
    }
