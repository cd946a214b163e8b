"""Pages of hits: by relevance on a pinned snapshot, by date from where the last page ended."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from bantin.search.cursor import decode_cursor, encode_cursor
from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import count_of, tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.query import InvalidCursorError, Query, Sort

MAX_PINNED: Final = 128
"""Snapshots that cursors by relevance can go back to; the least lately used expires."""

_ORDERS: Final[dict[Sort, tuple[str, str]]] = {
    "newest": (fields.NEWEST_KEY, fields.NEWEST_RANK),
    "oldest": (fields.OLDEST_KEY, fields.OLDEST_RANK),
}
_OFFSET: Final = TypeAdapter(tuple[str, Annotated[int, Field(ge=0, lt=2**31)]])
_PLACE: Final = TypeAdapter(tuple[Annotated[int, Field(ge=-(2**63), lt=2**63)], str])


@dataclass(frozen=True, slots=True)
class Page:
    """Places of one page's hits, with scores where relevance orders them, and the cursor of the next page."""

    hits: tuple[tuple[float | None, tantivy.DocAddress], ...]
    total: int
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

    def find(self, token: str) -> Snapshot:
        """Return a pinned snapshot. Raise InvalidCursorError if it has expired."""
        with self._lock:
            snapshot = self._snapshots.get(token)
        if snapshot is None:
            raise InvalidCursorError("the cursor has expired; start again without a cursor")
        return snapshot


def pinned_place(query: Query, pinned: PinnedSnapshots) -> tuple[Snapshot, int]:
    """Return the snapshot and offset that a cursor by relevance names."""
    token, offset = decode_cursor(query, _OFFSET)
    return pinned.find(token), offset


def page_by_relevance(snapshot: Snapshot, matched: tantivy.Query, query: Query, offset: int) -> Page:
    """Return the page at an offset of a snapshot, best first."""
    found = snapshot.searcher.search(matched, limit=query.size + 1, offset=offset)
    more = query.size and len(found.hits) > query.size
    cursor = encode_cursor(query, (snapshot.token, offset + query.size)) if more else None
    return Page(tuple(found.hits[: query.size]), count_of(found), cursor)


def page_by_date(snapshot: Snapshot, matched: tantivy.Query, query: Query, sort: Sort) -> Page:
    """Return the page that follows the query's cursor."""
    key_field, rank_field = _ORDERS[sort]
    searcher = snapshot.searcher
    after, rest = "", matched
    if query.cursor is not None:
        rank, article_id = decode_cursor(query, _PLACE)
        after = fields.sort_key(rank, article_id)
        rest = snapshot.matching.following(matched, rank_field, rank, article_id)
    found = _first_after(searcher, rest, key_field, after, query.size + 1)
    total = count_of(searcher.search(matched, limit=1))
    hits = found[: query.size]
    cursor = encode_cursor(query, _place(hits[-1][0])) if hits and len(found) > len(hits) else None
    return Page(tuple((None, address) for _, address in hits), total, cursor)


def _first_after(
    searcher: tantivy.Searcher, query: tantivy.Query, key_field: str, after: str, wanted: int
) -> list[tuple[str, tantivy.DocAddress]]:
    """Return the first hits whose key follows `after`; ids that begin alike may precede it, and are passed over."""
    limit = wanted + 1
    while True:
        hits = searcher.search(query, limit=limit, order_by_field=key_field, order=tantivy.Order.Asc).hits
        following = [(key, address) for key, address in hits if key > after]
        if len(following) >= wanted or len(hits) < limit:
            return following[:wanted]
        limit *= 4


def _place(key: str) -> tuple[int, str]:
    return int(key[:20]) - 2**63, key[20:]
