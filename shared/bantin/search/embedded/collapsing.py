"""Pages of hits with near-duplicates folded: of the matching articles of a cluster, the earliest published is a hit.

Where the words name a document or a person, it is the earliest of those that name it too: notices made from one form
are near-duplicates, each about another. The hits are walked in their order, and those passed over that are not the
first of their cluster. Which one is, changes when copies arrive, so cursors name a snapshot; one by date goes on in the
live index after its snapshot has expired.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, Any, Final, NamedTuple

from pydantic import Field, TypeAdapter

from bantin.search.clauses import TextField
from bantin.search.cursor import decode_cursor, encode_cursor
from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import count_of, tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.embedded.pages import (
    Found,
    Offset,
    Page,
    PinnedSnapshots,
    Rank,
    first_after,
    place_of,
)
from bantin.search.query import COLLAPSED_DEPTH, CollapsedTooDeepError, Query, Sort

_Shown = Annotated[int, Field(ge=0)]
_BY_RELEVANCE: Final = TypeAdapter(tuple[str, Offset, _Shown])
_BY_DATE: Final = TypeAdapter(tuple[str, tuple[Rank, str], _Shown])
_MOST_WALKED: Final = 1_000


class _Walked(NamedTuple):
    """A hit on the way, folded or not, and the place behind it, from which another page may start."""

    behind: Any
    score: float | None
    address: tantivy.DocAddress


class _Start(NamedTuple):
    """Where a page starts: the view of the index, the place in it, and how many hits the pages before showed."""

    snapshot: Snapshot
    place: Any = None
    shown: int = 0


def start_by_relevance(query: Query, live: Snapshot, pinned: PinnedSnapshots) -> _Start:
    """Return where the query's cursor by relevance starts."""
    if query.cursor is None:
        return _Start(live, 0)
    token, offset, shown = decode_cursor(query, _BY_RELEVANCE)
    return _Start(pinned.find(token), offset, shown)


def start_by_date(query: Query, live: Snapshot, pinned: PinnedSnapshots) -> _Start:
    """Return where the query's cursor by date starts."""
    if query.cursor is None:
        return _Start(live)
    token, place, shown = decode_cursor(query, _BY_DATE)
    return _Start(pinned.get(token) or live, place, shown)


def collapsed_page(start: _Start, matched: tantivy.Query, query: Query, sort: Sort, singular: Sequence[str]) -> Page:
    """Return the page that begins at a start; `singular` are tokens of what is named that tell copies apart.

    Raise CollapsedTooDeepError where such pages end.
    """
    snapshot, place, shown = start
    if shown >= COLLAPSED_DEPTH:
        raise CollapsedTooDeepError
    room = min(query.size, COLLAPSED_DEPTH - shown)
    limits = _limits(room + 1)
    if sort == "relevance":
        way = _by_relevance(snapshot, matched, place, limits)
    else:
        way = _by_date(snapshot, matched, (sort, place), limits)
    clusters = Clusters(snapshot, matched, singular)
    heads = list(islice(_heads(way, clusters), room + 1)) if room else []
    cursor = None
    if len(heads) > room:
        last = heads[room - 1][0]
        cursor = encode_cursor(query, (snapshot.token, last.behind, shown + room))
    hits = tuple(Found(walked.score, walked.address, folded) for walked, folded in heads[:room])
    return Page(hits, cursor)


def heads(
    snapshot: Snapshot, matched: tantivy.Query, sort: Sort, wanted: int, singular: Sequence[str]
) -> Iterator[tuple[_Walked, int]]:
    """Give all hits from the first on, each with how many fold under it; so many of them are wanted."""
    if sort == "relevance":
        way = _by_relevance(snapshot, matched, 0, _limits(wanted))
    else:
        way = _by_date(snapshot, matched, (sort, None), _limits(wanted))
    return _heads(way, Clusters(snapshot, matched, singular))


class Clusters:
    """The clusters among a query's articles."""

    def __init__(self, snapshot: Snapshot, matched: tantivy.Query, singular: Sequence[str]) -> None:
        self._snapshot = snapshot
        self._matched = matched
        self._singular = singular
        self._first: dict[int, tuple[tantivy.DocAddress, int]] = {}

    def folded(self, addresses: Sequence[tantivy.DocAddress]) -> list[int | None]:
        """Return for each hit how many fold under it; None where it folds itself."""
        numbers = self._snapshot.searcher.fast_field_values(fields.CLUSTER_NUMBER, list(addresses))
        return [self._under(int(number or 0), at) for number, at in zip(numbers, addresses, strict=True)]

    def _under(self, number: int, address: tantivy.DocAddress) -> int | None:
        if self._snapshot.searcher.doc_freq(fields.CLUSTER_NUMBER, number) <= 1:
            return 0
        if number not in self._first:
            held = self._snapshot.matching.holding(self._matched, fields.CLUSTER_NUMBER, number)
            count = count_of(self._snapshot.searcher.search(held, limit=1))
            self._first[number] = self._earliest(held), count
        first, count = self._first[number]
        return count - 1 if first == address else None

    def _earliest(self, held: tantivy.Query) -> tantivy.DocAddress:
        """Return the earliest published of a cluster's matches, among those that hold most of what is named."""
        for token in self._singular:
            narrower = self._snapshot.matching.holding(held, TextField.ENTITIES, token)
            if count_of(self._snapshot.searcher.search(narrower, limit=1)):
                held = narrower
        found = self._snapshot.searcher.search(held, limit=1, order_by_field=fields.OLDEST_KEY, order=tantivy.Order.Asc)
        return found.hits[0][1]


def _heads(way: Iterator[Sequence[_Walked]], clusters: Clusters) -> Iterator[tuple[_Walked, int]]:
    for walked in way:
        for hit, folded in zip(walked, clusters.folded([hit.address for hit in walked]), strict=True):
            if folded is not None:
                yield hit, folded


def _by_relevance(
    snapshot: Snapshot, matched: tantivy.Query, offset: int, limits: Iterator[int]
) -> Iterator[list[_Walked]]:
    for limit in limits:
        found = snapshot.searcher.search(matched, limit=limit, offset=offset, count=False).hits
        yield [_Walked(offset + at, score, address) for at, (score, address) in enumerate(found, 1)]
        offset += len(found)
        if len(found) < limit:
            return


def _by_date(
    snapshot: Snapshot, matched: tantivy.Query, start: tuple[Sort, tuple[int, str] | None], limits: Iterator[int]
) -> Iterator[list[_Walked]]:
    sort, place = start
    for limit in limits:
        found = first_after(snapshot, matched, sort, place, limit)
        yield [_Walked(place_of(key), None, address) for key, address in found]
        if len(found) < limit:
            return
        place = place_of(found[-1][0])


def _limits(limit: int) -> Iterator[int]:
    """Give how many hits to walk at a time: a page of them at first, more where many fold."""
    while True:
        yield limit
        limit = min(2 * limit, _MOST_WALKED)
