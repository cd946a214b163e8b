"""Facets and the histogram, counted over every article that matches."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, Final, NamedTuple

from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import aggregate, count_of, tantivy
from bantin.search.embedded.matching import Matching, column
from bantin.search.embedded.top_values import MOST_VALUES, Articles, Counts, by_count, top_values
from bantin.search.moments import Interval, interval_between
from bantin.search.query import FacetValue, HistogramBucket, Query
from bantin.search.words import Words

_INTERVAL_FIELDS: Final[Mapping[Interval, str]] = {"day": fields.DAY, "month": fields.MONTH, "year": fields.YEAR}
_TOTAL: Final = "total"
_DAYS: Final = "days"
_MONTHS: Final = "months"
_BESIDE: Final = {
    _TOTAL: {"value_count": {"field": fields.VERSION}},
    _DAYS: {"stats": {"field": fields.DAY}},
    _MONTHS: {"terms": {"field": fields.MONTH, "size": MOST_VALUES, "segment_size": MOST_VALUES}},
}
"""Counted on the way with the facets: the articles, each of which has a version, and what the histogram takes."""


class Counted(NamedTuple):
    """How many articles match, the values of each facet, and the histogram."""

    total: int
    facets: dict[str, tuple[FacetValue, ...]]
    histogram: tuple[HistogramBucket, ...]


class Counting:
    """Counts for one query on one snapshot of the index."""

    def __init__(self, searcher: tantivy.Searcher, matching: Matching, query: Query, words: Words) -> None:
        self._searcher = searcher
        self._matching = matching
        self._query = query
        self._words = words
        self._whole = matching.unranked(query, words)

    def counted(self) -> Counted:
        """Count everything. Other threads of Python go on meanwhile."""
        return Counted(int(self._together[1][_TOTAL]["value"]), self._facets(), self._histogram())

    def _facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """Count the values of the query's facets, each without regard to the filter on itself."""
        return {name: self._facet(name) for name in self._asked}

    def _histogram(self) -> tuple[HistogramBucket, ...]:
        """Count articles by day, month or year, as asked or as the span of their dates suggests; no bucket is empty."""
        answer = self._together[1]
        interval = self._query.histogram or _fitting_interval(answer[_DAYS])
        if interval is None:
            return ()
        buckets = answer[_MONTHS]["buckets"] if interval == "month" else self._spans(interval)
        counts = sorted((_day(bucket["key"], interval), bucket["doc_count"]) for bucket in buckets)
        return tuple(HistogramBucket(date=day, count=count) for day, count in counts)

    @cached_property
    def _asked(self) -> list[str]:
        """The facets to count: today there are no districts."""
        return [name for name in self._query.facets if not (name == "district" and self._query.places == "today")]

    @cached_property
    def _together(self) -> tuple[dict[str, Counts], dict[str, Any]]:
        """The counts of all facets that no filter of their own narrows, and what the histogram takes."""
        return self._top(self._whole, [name for name in self._asked if not self._query.filters.get(name)], _BESIDE)

    def _facet(self, name: str) -> tuple[FacetValue, ...]:
        selected = self._query.filters.get(name)
        if not selected:
            return _values(self._together[0][name], ())
        others = self._matching.unranked(self._query, self._words, ignoring=name)
        counts = self._top(others, [name], {})[0][name]
        for value in selected:
            if value not in counts:
                counts[value] = self._holding(others, column(name, self._query.places), value)
        return _values(counts, selected)

    def _top(
        self, matched: tantivy.Query, names: Sequence[str], beside: Mapping[str, Any]
    ) -> tuple[dict[str, Counts], dict[str, Any]]:
        columns = {name: column(name, self._query.places) for name in names}
        articles = Articles(self._searcher, matched, partial(self._holding, matched))
        return top_values(articles, columns, self._query.facet_size, beside)

    def _spans(self, interval: Interval) -> Sequence[Mapping[str, Any]]:
        terms = {"field": _INTERVAL_FIELDS[interval], "size": MOST_VALUES, "segment_size": MOST_VALUES}
        return aggregate(self._searcher, self._whole, {"spans": {"terms": terms}})["spans"]["buckets"]

    def _holding(self, query: tantivy.Query, field: str, value: str) -> int:
        return count_of(self._searcher.search(self._matching.holding(query, field, value), limit=1))


def _values(counts: Counts, selected: Sequence[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=by_count)
    return tuple(FacetValue(value=value, count=count, selected=value in selected) for value, count in ordered)


def _fitting_interval(days: Mapping[str, Any]) -> Interval | None:
    return interval_between(_day(days["min"], "day"), _day(days["max"], "day")) if days["count"] else None


def _day(number: float, interval: Interval) -> date:
    """Return the first day of a bucket from the number under which it is indexed."""
    if interval == "day":
        return date.fromordinal(int(number))
    year, month = divmod(int(number), 12) if interval == "month" else (int(number), 0)
    return date(year, month + 1, 1)
