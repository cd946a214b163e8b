"""Answers to aggregations become facet values and a histogram."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bantin.search.elastic.facets import histogram_interval, read_facets, read_histogram
from bantin.search.query import FacetValue, HistogramBucket, Query


def milliseconds(year: int, month: int, day: int, hour: int = 0) -> int:
    """An hour of Vietnam's clock, in milliseconds since 1970."""
    instant = datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=7)
    return round(instant.timestamp() * 1000)


def bucket(key: Any, count: int) -> Mapping[str, Any]:
    return {"key": key, "doc_count": count}


def test_chosen_values_follow_the_most_frequent_with_their_counts_or_none():
    query = Query(filters={"section": ("Y tế", "Kinh tế", "Không có")}, facets=("section",), facet_size=2)
    answer = {
        "facet_section": {
            "top": {"buckets": [bucket("Văn hóa", 9), bucket("Kinh tế", 5)]},
            "chosen": {"buckets": [bucket("Kinh tế", 5), bucket("Y tế", 1)]},
        }
    }
    assert read_facets(query, answer)["section"] == (
        FacetValue(value="Văn hóa", count=9),
        FacetValue(value="Kinh tế", count=5, selected=True),
        FacetValue(value="Y tế", count=1, selected=True),
        FacetValue(value="Không có", count=0, selected=True),
    )


def test_days_are_vietnam_s():
    buckets = [bucket(milliseconds(2024, 3, 1), 2), bucket(milliseconds(2024, 3, 2), 1)]
    assert read_histogram(buckets, "day") == (
        HistogramBucket(date=date(2024, 3, 1), count=2),
        HistogramBucket(date=date(2024, 3, 2), count=1),
    )


def test_months_add_up_to_years():
    buckets = [
        bucket(milliseconds(2019, 1, 1), 1),
        bucket(milliseconds(2019, 12, 1), 2),
        bucket(milliseconds(2024, 1, 1), 4),
    ]
    assert read_histogram(buckets, "year") == (
        HistogramBucket(date=date(2019, 1, 1), count=3),
        HistogramBucket(date=date(2024, 1, 1), count=4),
    )


def test_the_interval_grows_with_the_span():
    def interval(first: int, last: int) -> Any:
        return histogram_interval({"histogram": {"first": {"value": float(first)}, "last": {"value": float(last)}}})

    assert interval(milliseconds(2024, 1, 1, 0), milliseconds(2024, 1, 31, 23)) == "day"
    assert interval(milliseconds(2023, 1, 1), milliseconds(2024, 1, 1)) == "month"
    assert interval(milliseconds(2010, 1, 1), milliseconds(2024, 1, 1)) == "year"


def test_no_dates_no_interval():
    assert histogram_interval({"histogram": {"first": {"value": None}, "last": {"value": None}}}) is None
