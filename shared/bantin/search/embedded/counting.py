"""Facets and the histogram, counted over every article that matches."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import aggregate, count_of, tantivy
from bantin.search.embedded.matching import Matching, column
from bantin.search.moments import Interval, interval_between
from bantin.search.query import FacetValue, HistogramBucket, Query
from bantin.search.words import Words

MOST_VALUES: Final = 60_000
"""Different values that are counted exactly; tantivy's own limit lies a little higher."""

_INTERVAL_FIELDS: Final[Mapping[Interval, str]] = {"day": fields.DAY, "month": fields.MONTH, "year": fields.YEAR}


class Counting:
    """Counts for one query on one snapshot of the index."""

    def __init__(self, searcher: tantivy.Searcher, matching: Matching, query: Query, words: Words) -> None:
        self._searcher = searcher
        self._matching = matching
        self._query = query
        self._words = words
        self._whole = matching.query(query, words)

    def facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """Count the values of the query's facets, each without regard to the filter on itself."""
        asked = [name for name in self._query.facets if not self._abolished(name)]
        shared = [name for name in asked if not self._query.filters.get(name)]
        counted = self._count(self._whole, shared)
        for name in asked:
            if name not in counted:
                counted |= self._count(self._matching.query(self._query, self._words, ignoring=name), [name])
        return {name: counted[name] for name in asked}

    def histogram(self) -> tuple[HistogramBucket, ...]:
        """Count articles by day, month or year, as asked or as the span of their dates suggests; no bucket is empty."""
        interval = self._query.histogram or self._fitting_interval()
        if interval is None:
            return ()
        terms = {"terms": {"field": _INTERVAL_FIELDS[interval], "size": MOST_VALUES, "segment_size": MOST_VALUES}}
        buckets = aggregate(self._searcher, self._whole, {"spans": terms})["spans"]["buckets"]
        counts = sorted((_day(bucket["key"], interval), bucket["doc_count"]) for bucket in buckets)
        return tuple(HistogramBucket(date=day, count=count) for day, count in counts)

    def _fitting_interval(self) -> Interval | None:
        span = aggregate(self._searcher, self._whole, {"days": {"stats": {"field": fields.DAY}}})["days"]
        return interval_between(_day(span["min"], "day"), _day(span["max"], "day")) if span["count"] else None

    def _abolished(self, name: str) -> bool:
        return name == "district" and self._query.places == "today"

    def _count(self, query: tantivy.Query, names: Sequence[str]) -> dict[str, tuple[FacetValue, ...]]:
        if not names:
            return {}
        size = self._query.facet_size
        wanted = {name: self._terms(name, size + 1) for name in names}
        answer = aggregate(self._searcher, query, wanted)
        tied = {name: self._terms(name, MOST_VALUES, least) for name in names if (least := _tie(answer[name], size))}
        if tied:
            answer |= aggregate(self._searcher, query, tied)
        return {name: self._values(query, name, answer[name]["buckets"]) for name in names}

    def _terms(self, name: str, size: int, least: int = 1) -> dict[str, Any]:
        field = column(name, self._query.places)
        return {"terms": {"field": field, "size": size, "segment_size": MOST_VALUES, "min_doc_count": least}}

    def _values(self, query: tantivy.Query, name: str, buckets: Sequence[Mapping[str, Any]]) -> tuple[FacetValue, ...]:
        counts: dict[str, int] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        shown = dict(sorted(counts.items(), key=_by_count)[: self._query.facet_size])
        selected = self._query.filters.get(name, ())
        for value in selected:
            if value not in shown:
                shown[value] = self._occurrences(query, name, value)
        ordered = sorted(shown.items(), key=_by_count)
        return tuple(FacetValue(value=value, count=count, selected=value in selected) for value, count in ordered)

    def _occurrences(self, query: tantivy.Query, name: str, value: str) -> int:
        holding = self._matching.holding(query, column(name, self._query.places), value)
        return count_of(self._searcher.search(holding, limit=1))


def _tie(answer: Mapping[str, Any], size: int) -> int | None:
    """Return the count that values on both sides of the cut share, if any: which of them to show is then undecided."""
    counts = [bucket["doc_count"] for bucket in answer["buckets"]]
    return counts[size] if len(counts) > size and counts[size - 1] == counts[size] else None


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _day(number: float, interval: Interval) -> date:
    """Return the first day of a bucket from the number under which it is indexed."""
    if interval == "day":
        return date.fromordinal(int(number))
    year, month = divmod(int(number), 12) if interval == "month" else (int(number), 0)
    return date(year, month + 1, 1)
