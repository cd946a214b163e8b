"""The most frequent values of columns, exactly, without reading every value there is.

A column's values are counted by segment, and reading the text of each is what costs. So a segment tells only its most
frequent ones, and what it leaves out bounds how often a value was passed over. Values that may be among the most
frequent are then counted by name; only where very many are equally rare, all that are frequent enough are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bantin.search.embedded.library import aggregate, tantivy

MOST_VALUES: Final = 60_000
"""Different values that are counted exactly; tantivy's own limit lies a little higher."""

_TOLD: Final = 15
"""A segment tells so many times as many values as are wanted."""

_SEEN: Final = 4
"""So many times as many are read, when what all segments told is added up."""

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

    def second_look(self, column: str, size: int) -> dict[str, Any] | None:
        """Return the aggregation that counts exactly what may be among the most frequent; None where all is known."""
        least = self.least(size)
        if not self.missed and least > self.hidden:
            return None
        if least <= self.hidden:
            return _terms(column, MOST_VALUES, min_doc_count=least)
        likely = [value for value, count in self.counts.items() if count + self.missed >= least]
        return _terms(column, MOST_VALUES, include=likely)


def top_values(
    searcher: tantivy.Searcher, matched: tantivy.Query, columns: Mapping[str, str], size: int, beside: Mapping[str, Any]
) -> tuple[dict[str, Counts], dict[str, Any]]:
    """Return for each name the `size` most frequent values of its column, of equal ones those that come first by text.

    Also returns the answer to the aggregations `beside`, which are counted on the way.
    """
    seen = _SEEN * size
    asked = {name: _terms(column, seen, told=_TOLD * size) for name, column in columns.items()}
    answer = aggregate(searcher, matched, {**asked, **beside}) if asked or beside else {}
    looks = {name: _first_look(answer[name], seen) for name in columns}
    seconds = {name: look.second_look(columns[name], size) for name, look in looks.items()}
    open_ones = {name: second for name, second in seconds.items() if second}
    exact = aggregate(searcher, matched, open_ones) if open_ones else {}
    counts = {name: _counts(exact[name]) if name in exact else look.counts for name, look in looks.items()}
    return {name: _first(values, size) for name, values in counts.items()}, answer


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
