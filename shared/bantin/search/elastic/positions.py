"""Where a page ended, as our cursors carry it.

By date it is the sort key of the last hit: such cursors never expire. By relevance scores move as articles arrive, so
it is also a point in time: a view of the index that the engine keeps for a while. Where near-duplicates fold, which
article stands for a cluster moves too, so there is one in either order; by date a page goes on without it once it has
expired.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Self

from pydantic import Field, TypeAdapter

from bantin.search.cursor import decode_cursor
from bantin.search.query import COLLAPSED_DEPTH, CollapsedTooDeepError, Query, Sort

LIFETIME: Final = "5m"
"""How long a point in time is kept after the page that last used it."""

LAST_NUMBER: Final = 2**63 - 1
"""Greater than any number of a document within a point in time."""

_ScoreKey = tuple[float, str, int]
"""Score, article_id, and the engine's own number of the document within the point in time."""

_DateKey = tuple[int | None, str]
"""Milliseconds since 1970 (null where an article has no date), article_id."""

_PinnedDateKey = tuple[int | None, str, int]
"""The same, and the engine's own number of the document."""

_Point = Annotated[str, Field(min_length=1)]
_Shown = Annotated[int, Field(ge=0)]

_BY_RELEVANCE: Final = TypeAdapter(tuple[_Point, _ScoreKey])
_BY_DATE: Final = TypeAdapter(_DateKey)
_COLLAPSED_BY_RELEVANCE: Final = TypeAdapter(tuple[_Point, _ScoreKey, _Shown])
_COLLAPSED_BY_DATE: Final = TypeAdapter(tuple[_Point, _PinnedDateKey, _Shown])


@dataclass(frozen=True, slots=True)
class Position:
    """The place after which a page starts; the first page has no `after` and no `pit` yet.

    `shown` counts the hits of the pages before, where near-duplicates fold.
    """

    by_relevance: bool
    pinned: bool
    after: Sequence[Any] | None = None
    pit: str | None = None
    shown: int = 0

    @classmethod
    def of(cls, query: Query, sort: Sort) -> Self:
        """Return the position in the query's cursor.

        Raise InvalidCursorError where it is not one of ours, CollapsedTooDeepError where collapsed pages end.
        """
        by_relevance = sort == "relevance"
        pinned = query.collapse or (by_relevance and query.offset is None)
        if query.cursor is None:
            return cls(by_relevance, pinned)
        if query.collapse:
            if by_relevance:
                pit, after, shown = decode_cursor(query, _COLLAPSED_BY_RELEVANCE)
            else:
                pit, after, shown = decode_cursor(query, _COLLAPSED_BY_DATE)
            if shown >= COLLAPSED_DEPTH:
                raise CollapsedTooDeepError
            return cls(by_relevance, pinned, after, pit, shown)
        if by_relevance:
            pit, after = decode_cursor(query, _BY_RELEVANCE)
            return cls(by_relevance, pinned, after, pit)
        return cls(by_relevance, pinned, decode_cursor(query, _BY_DATE))

    def pinned_anew(self, pit: str) -> Self:
        """Return the same place by date in another point in time, where documents have other numbers.

        Behind the last number there may be nothing of the same article again.
        """
        after = None if self.after is None else (*self.after[:-1], LAST_NUMBER)
        return replace(self, pit=pit, after=after)

    @property
    def clause(self) -> dict[str, Any]:
        """The part of a search's body that asks the point in time, and keeps it for another while."""
        return {"pit": {"id": self.pit, "keep_alive": LIFETIME}} if self.pit else {}
