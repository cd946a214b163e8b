"""What the index holds beyond hits: all values that may be suggested, and how many articles hold a token. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

from bantin.search.clauses import TextField
from bantin.search.elastic.query import TEXT_FIELDS
from bantin.search.suggestions import MOST_VALUES, SOURCES, TITLE

_FIELDS: Final[Mapping[str, str]] = {TITLE: "article.title.whole"}

TOKENS_AT_ONCE: Final = 2_000


def state_body() -> dict[str, Any]:
    """Return the body that asks for what changes with every write."""
    return {"size": 0, "track_total_hits": True, "aggs": {"last": {"max": {"field": "_seq_no"}}}}


def read_state(answer: Mapping[str, Any]) -> Hashable:
    """Return what changes with every write."""
    return answer["hits"]["total"]["value"], answer["aggregations"]["last"]["value"]


def values_bodies() -> dict[str, dict[str, Any]]:
    """Return for each field the body that counts its values: one each, as buckets of one search are limited."""
    return {field: _values_body(_FIELDS.get(field, field)) for field in SOURCES}


def read_counts(answer: Mapping[str, Any]) -> dict[str, int]:
    """Return the counts of an answer by value."""
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["values"]["buckets"]}


def frequencies_body(field: TextField, tokens: Sequence[str]) -> dict[str, Any]:
    """Return the body that counts the articles that hold each token."""
    each = [{"term": {TEXT_FIELDS[field]: token}} for token in tokens]
    return {"size": 0, "track_total_hits": False, "aggs": {"tokens": {"filters": {"filters": each}}}}


def read_frequencies(answer: Mapping[str, Any]) -> list[int]:
    """Return the counts of an answer, in the order of the tokens."""
    return [bucket["doc_count"] for bucket in answer["aggregations"]["tokens"]["buckets"]]


def _values_body(field: str) -> dict[str, Any]:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    terms = {"terms": {"field": field, "size": MOST_VALUES, "order": order}}
    return {"size": 0, "track_total_hits": False, "aggs": {"values": terms}}
