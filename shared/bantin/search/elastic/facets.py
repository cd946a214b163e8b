"""Facet counts and the histogram: aggregations for a query, and their answers read back.

A facet's counts ignore that facet's own filter, so each is one aggregation filtered by all the others.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bantin.search.fields import BY_NAME
from bantin.search.moments import OFFSET, Interval, instant, interval_between, interval_start
from bantin.search.query import FacetValue, HistogramBucket, Query, Span

TIME_ZONE: Final = "+07:00"
HISTOGRAM: Final = "histogram"
_COPIES: Final = "copies"
_MOST_CLUSTERS: Final = 60_000
"""Below Elasticsearch's limit of 65,536 buckets."""

_OFFSET_MILLISECONDS: Final = int(OFFSET.total_seconds() * 1000)
_DAY_MILLISECONDS: Final = 86_400_000
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


def stored_field(query: Query, name: str) -> str:
    """Return the field of the index behind a filter or facet. Raise ValueError for a name that is neither."""
    if name not in BY_NAME:
        raise ValueError(f"{name!r} is no filter or facet: use one of {', '.join(BY_NAME)}")
    return "province_today" if name == "province" and query.places == "today" else name


def filters(query: Query) -> dict[str, dict[str, Any]]:
    """Return the clause of each filter that is set, by API name."""
    return {
        name: {"terms": {stored_field(query, name): list(values)}} for name, values in query.filters.items() if values
    }


def late_filters(query: Query) -> dict[str, dict[str, Any]]:
    """Return the filters that must not narrow the counts of their own facet: they apply after aggregations."""
    return {name: clause for name, clause in filters(query).items() if name in facets_asked(query)}


def facets_asked(query: Query) -> list[str]:
    """Return the facets to count: today there are no districts."""
    return [name for name in query.facets if not (name == "district" and query.places == "today")]


def aggregations(query: Query) -> dict[str, Any]:
    """Return the aggregations of a query's facets and histogram."""
    late = late_filters(query)
    counted = {
        _facet(name): {
            "filter": all_of([clause for other, clause in late.items() if other != name]),
            "aggs": _values(query, name),
        }
        for name in facets_asked(query)
    }
    whole = all_of(list(late.values()))
    counted[HISTOGRAM] = {"filter": whole, "aggs": _months()}
    if query.offset is not None and query.collapse:
        clusters = {"field": "cluster_id", "min_doc_count": 2, "size": _MOST_CLUSTERS}
        counted[_COPIES] = {"filter": whole, "aggs": {"clusters": {"terms": clusters}}}
    return counted


def daily_aggregation() -> dict[str, Any]:
    """Return the histogram by day, for a query that has been found to span few of them."""
    return {HISTOGRAM: _buckets("day")}


def all_of(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one clause that matches where all of these do, without scoring."""
    return {"bool": {"filter": clauses}} if clauses else {"match_all": {}}


def read_facets(query: Query, answer: Mapping[str, Any]) -> dict[str, tuple[FacetValue, ...]]:
    """Return the counted values of each facet: the most frequent, then chosen ones that are not among them."""
    return {name: _read_facet(query.filters.get(name, ()), answer[_facet(name)]) for name in facets_asked(query)}


def read_hit_count(answer: Mapping[str, Any], total: int) -> int:
    """Return how many hits there are in all: of a cluster, the copies beyond the first are none."""
    if _COPIES not in answer:
        return total
    return total - sum(bucket["doc_count"] - 1 for bucket in answer[_COPIES]["clusters"]["buckets"])


def read_published(answer: Mapping[str, Any]) -> Span | None:
    """Return the first and the last instant of publication."""
    first, last = answer[HISTOGRAM]["first"]["value"], answer[HISTOGRAM]["last"]["value"]
    return None if first is None else Span(first=instant(first * 1000), last=instant(last * 1000))


def histogram_interval(answer: Mapping[str, Any], asked: Interval | None = None) -> Interval | None:
    """Return the interval asked for, else the one that suits the articles; None where no article has a date."""
    first, last = answer[HISTOGRAM]["first"]["value"], answer[HISTOGRAM]["last"]["value"]
    return None if first is None else asked or interval_between(_day(first), _day(last))


def read_histogram(buckets: list[Mapping[str, Any]], interval: Interval) -> tuple[HistogramBucket, ...]:
    """Return the buckets, added up to the interval where they are finer."""
    counts: dict[date, int] = {}
    for bucket in buckets:
        start = interval_start(_day(bucket["key"]), interval)
        counts[start] = counts.get(start, 0) + bucket["doc_count"]
    return tuple(HistogramBucket(date=start, count=count) for start, count in sorted(counts.items()))


def _facet(name: str) -> str:
    return f"facet_{name}"


def _values(query: Query, name: str) -> dict[str, Any]:
    field, chosen = stored_field(query, name), list(query.filters.get(name, ()))
    order = [{"_count": "desc"}, {"_key": "asc"}]
    counted: dict[str, Any] = {"top": {"terms": {"field": field, "size": query.facet_size, "order": order}}}
    if chosen:
        counted["chosen"] = {"terms": {"field": field, "size": len(chosen), "include": chosen}}
    return counted


def _months() -> dict[str, Any]:
    return {
        "first": {"min": {"field": "published_at"}},
        "last": {"max": {"field": "published_at"}},
        "months": _buckets("month"),
    }


def _buckets(interval: Interval) -> dict[str, Any]:
    field = {"field": "published_at", "time_zone": TIME_ZONE, "min_doc_count": 1}
    return {"date_histogram": field | {"calendar_interval": interval}}


def _read_facet(chosen: tuple[str, ...], answer: Mapping[str, Any]) -> tuple[FacetValue, ...]:
    top = {bucket["key"]: bucket["doc_count"] for bucket in answer["top"]["buckets"]}
    asked = {bucket["key"]: bucket["doc_count"] for bucket in answer.get("chosen", {"buckets": []})["buckets"]}
    others = {value: asked.get(value, 0) for value in chosen if value not in top}
    ranked = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        FacetValue(value=value, count=count, selected=value in chosen) for value, count in [*top.items(), *ranked]
    )


def _day(milliseconds: float) -> date:
    """Return the day in Vietnam of an instant in milliseconds since 1970."""
    return date.fromordinal(int(milliseconds + _OFFSET_MILLISECONDS) // _DAY_MILLISECONDS + _EPOCH_ORDINAL)
