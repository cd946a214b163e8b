"""Where a page ended, as our cursors carry it.

By date it is the sort key of the last hit: such cursors never expire. By relevance scores move as articles arrive, so
it is also a point in time: a view of the index that the engine keeps for a while.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Self

from pydantic import Field, TypeAdapter

from bantin.search.cursor import decode_cursor
from bantin.search.query import Query, Sort

LIFETIME: Final = "5m"
"""How long a point in time is kept after the page that last used it."""

_ScoreKey = tuple[float, str, int]
"""Score, article_id, and the engine's own number of the document within the point in time."""

_DateKey = tuple[int | None, str]
"""Milliseconds since 1970 (null where an article has no date), article_id."""

_BY_RELEVANCE: Final = TypeAdapter(tuple[Annotated[str, Field(min_length=1)], _ScoreKey])
_BY_DATE: Final = TypeAdapter(_DateKey)


@dataclass(frozen=True, slots=True)
class Position:
    """The place after which a page starts; the first page has no `after`, the first by relevance no `pit` yet."""

    by_relevance: bool
    after: Sequence[Any] | None = None
    pit: str | None = None

    @classmethod
    def of(cls, query: Query, sort: Sort) -> Self:
        """Return the position in the query's cursor. Raise InvalidCursorError where it is not one of ours."""
        by_relevance = sort == "relevance"
        if query.cursor is None:
            return cls(by_relevance)
        if by_relevance:
            pit, after = decode_cursor(query, _BY_RELEVANCE)
            return cls(by_relevance, after, pit)
        return cls(by_relevance, decode_cursor(query, _BY_DATE))

    @property
    def clause(self) -> dict[str, Any]:
        """The part of a search's body that asks the point in time, and keeps it for another while."""
        return {"pit": {"id": self.pit, "keep_alive": LIFETIME}} if self.pit else {}


def cursor_value(after: Sequence[Any], pit: str | None) -> object:
    """Return what the next page's cursor carries."""
    return (pit, after) if pit else after
