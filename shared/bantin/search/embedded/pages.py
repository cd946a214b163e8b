"""Pages of hits: by relevance on a pinned snapshot, by date from where the last page ended."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Annotated, Final, NamedTuple

from pydantic import Field, TypeAdapter

from bantin.search.cursor import decode_cursor, encode_cursor
from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import count_of, tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.query import InvalidCursorError, Query, Sort

MAX_PINNED: Final = 128
"""Snapshots that cursors can go back to; the least lately used expires."""

Offset = Annotated[int, Field(ge=0, lt=2**31)]
Rank = Annotated[int, Field(ge=-(2**63), lt=2**63)]

_ORDERS: Final[dict[Sort, tuple[str, str]]] = {
    "newest": (fields.NEWEST_KEY, fields.NEWEST_RANK),
    "oldest": (fields.OLDEST_KEY, fields.OLDEST_RANK),
}
_OFFSET: Final = TypeAdapter(tuple[str, Offset])
_PLACE: Final = TypeAdapter(tuple[Rank, str])


class Found(NamedTuple):
    """One hit's place in the index, its score where relevance orders, and how many hits fold under it."""

    score: float | None
    address: tantivy.DocAddress
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """The hits of one page, and the cursor of the next page."""

    hits: tuple[Found, ...]
    next_cursor: str | None


class PinnedSnapshots:
    """The snapshots that cursors refer to, by token."""

    def __init__(self) -> None:
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()
        self._lock = Lock()

    def pin(self, snapshot: Snapshot) -> None:
        """Keep a snapshot for the cursors that name it."""
        with self._lock:
            self._snapshots[snapshot.token] = snapshot
            self._snapshots.move_to_end(snapshot.token)
            while len(self._snapshots) > MAX_PINNED:
                self._snapshots.popitem(last=False)

    def get(self, token: str) -> Snapshot | None:
        """Return a pinned snapshot; None if it has expired."""
        with self._lock:
            return self._snapshots.get(token)

    def find(self, token: str) -> Snapshot:
        """Return a pinned snapshot. Raise InvalidCursorError if it has expired."""
        snapshot = self.get(token)
        if snapshot is None:
            raise InvalidCursorError("the cursor has expired; start again without a cursor")
        return snapshot


def pinned_place(query: Query, pinned: PinnedSnapshots) -> tuple[Snapshot, int]:
    """Return the snapshot and offset that a cursor by relevance names."""
    token, offset = decode_cursor(query, _OFFSET)
    return pinned.find(token), offset


def page_by_relevance(snapshot: Snapshot, matched: tantivy.Query, query: Query, offset: int) -> Page:
    """Return the page at an offset of a snapshot, best first."""
    found = snapshot.searcher.search(matched, limit=query.size + 1, offset=offset, count=False).hits
    more = query.size and len(found) > query.size
    cursor = encode_cursor(query, (snapshot.token, offset + query.size)) if more else None
    hits = tuple(Found(score, address) for score, address in found[: query.size])
    return Page(hits, cursor)


def page_by_date(snapshot: Snapshot, matched: tantivy.Query, query: Query, sort: Sort) -> Page:
    """Return the page that follows the query's cursor."""
    place = decode_cursor(query, _PLACE) if query.cursor is not None else None
    found = first_after(snapshot, matched, sort, place, query.size + 1)
    hits = found[: query.size]
    cursor = encode_cursor(query, place_of(hits[-1][0])) if hits and len(found) > len(hits) else None
    return Page(tuple(Found(None, address) for _, address in hits), cursor)


def first_after(
    snapshot: Snapshot, matched: tantivy.Query, sort: Sort, place: tuple[int, str] | None, wanted: int
) -> list[tuple[str, tantivy.DocAddress]]:
    """Return the first hits behind a place in an order by date, with their keys."""
    key_field, rank_field = _ORDERS[sort]
    after, rest = "", matched
    if place is not None:
        after, rest = fields.sort_key(*place), snapshot.matching.following(matched, rank_field, *place)
    limit = wanted + 1
    while True:
        hits = snapshot.searcher.search(rest, limit=limit, order_by_field=key_field, order=tantivy.Order.Asc).hits
        # Articles of the same moment whose ids begin alike may precede the place.
        following = [(key, address) for key, address in hits if key > after]
        if len(following) >= wanted or len(hits) < limit:
            return following[:wanted]
        limit *= 4


def place_of(key: str) -> tuple[int, str]:
    """Return the place of a hit, by its key."""
    return int(key[:20]) - 2**63, key[20:]


def total_of(snapshot: Snapshot, matched: tantivy.Query) -> int:
    """Return how many articles match."""
    return count_of(snapshot.searcher.search(matched, limit=1))
