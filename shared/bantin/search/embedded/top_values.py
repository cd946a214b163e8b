"""The most frequent values of columns, exactly, without reading every value there is.

A column's values are counted by segment, and reading the text of each is what costs. So a segment tells only its most
frequent ones, and what it leaves out bounds how often a value was passed over. Where that matters, values that may be
among the most frequent are counted by name: one by one, or in one look through all there are, whichever costs less.
Only where very many are equally rare, all that are frequent enough are read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bantin.search.embedded.library import aggregate, count_of, tantivy

MOST_VALUES: Final = 60_000
"""Different values that are counted exactly; tantivy's own limit lies a little higher."""

_TOLD: Final = 60
"""A segment tells so many times as many values as are wanted."""

_SEEN: Final = 4
"""So many times as many are read, when what all segments told is added up."""

_ONE_BY_ONE: Final = 60_000
"""Values times articles that match, up to which it takes less time to count each value by itself."""

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class _FirstLook:
    """What the segments told of a column: counts that may be too low by up to `missed`, of all values up to `hidden`.

    Values that are not among them are held by no more articles than that.
    """

    counts: Counts
    missed: int
    hidden: int

    def least(self, size: int) -> int:
        """Return what the last of the `size` most frequent values counts at least."""
        ranked = sorted(self.counts.values(), reverse=True)
        return ranked[size - 1] if len(ranked) >= size else 1

    def is_whole(self, size: int) -> bool:
        """Say whether the `size` most frequent values and their counts are known."""
        return not self.missed and not self.hides(size)

    def hides(self, size: int) -> bool:
        """Say whether values that are not among those told may be among the most frequent."""
        return self.least(size) <= self.hidden

    def likely(self, size: int) -> Sequence[str]:
        """Return the values that may be among the most frequent, which more articles may hold than was told."""
        least = self.least(size)
        return [value for value, count in self.counts.items() if count + self.missed >= least]


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles to count over; `holding` counts those of them that hold a value in a column."""

    searcher: tantivy.Searcher
    query: tantivy.Query
    holding: Callable[[str, str], int]

    def aggregate(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return aggregations over them."""
        return aggregate(self.searcher, self.query, asked) if asked else {}

    def number(self) -> int:
        """Return how many there are."""
        return count_of(self.searcher.search(self.query, limit=1))


def top_values(
    articles: Articles, columns: Mapping[str, str], size: int, beside: Mapping[str, Any]
) -> tuple[dict[str, Counts], dict[str, Any]]:
    """Return for each name the `size` most frequent values of its column, of equal ones those that come first by text.

    Also returns the answer to the aggregations `beside`, which are counted on the way.
    """
    seen = _SEEN * size
    answer = articles.aggregate(
        {**{name: _terms(column, seen, told=_TOLD * size) for name, column in columns.items()}, **beside}
    )
    looks = {name: _first_look(answer[name], seen) for name in columns}
    second = _second_look(
        articles, columns, {name: look for name, look in looks.items() if not look.is_whole(size)}, size
    )
    return {name: _first(second.get(name, look.counts), size) for name, look in looks.items()}, answer


def _second_look(
    articles: Articles, columns: Mapping[str, str], looks: Mapping[str, _FirstLook], size: int
) -> dict[str, Counts]:
    """Return the exact counts of what may be among the most frequent in the columns of which not all is known."""
    found: dict[str, Counts] = {}
    asked: dict[str, Any] = {}
    number = articles.number() if looks else 0
    for name, look in looks.items():
        if look.hides(size):
            asked[name] = _terms(columns[name], MOST_VALUES, min_doc_count=look.least(size))
        elif len(likely := look.likely(size)) * number > _ONE_BY_ONE:
            asked[name] = _terms(columns[name], MOST_VALUES, include=likely)
        else:
            found[name] = {value: articles.holding(columns[name], value) for value in likely}
    return found | {name: _counts(told) for name, told in articles.aggregate(asked).items()}


def by_count(item: tuple[str, int]) -> tuple[int, str]:
    """Return the order of values with their counts: the most frequent first, then by text."""
    return -item[1], item[0]


def _terms(column: str, seen: int, told: int = MOST_VALUES, **narrowed: Any) -> dict[str, Any]:
    return {"terms": {"field": column, "size": seen, "segment_size": told, **narrowed}}


def _first_look(answer: Mapping[str, Any], seen: int) -> _FirstLook:
    counts = _counts(answer)
    missed: int = answer["doc_count_error_upper_bound"] or 0
    return _FirstLook(counts, missed, missed + (min(counts.values()) if len(counts) == seen else 0))


def _counts(answer: Mapping[str, Any]) -> Counts:
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}


def _first(counts: Counts, size: int) -> Counts:
    return dict(sorted(counts.items(), key=by_count)[:size])
