"""Searching among the values of a facet, as a request and its answer; pure.

The engine narrows the values down by a regular expression, and ours decide: it knows no words, and not all spellings.
"""

from collections.abc import Mapping
from typing import Any, Final

from bantin.search.elastic.facets import stored_field
from bantin.search.elastic.query import matching
from bantin.search.facet_search import ValueSearch, without_own_filter
from bantin.search.query import FacetValue, Query
from bantin.search.words import Words

_VALUES: Final = "values"
_MOST_VALUES: Final = 60_000
"""Below Elasticsearch's limit of 65,536 buckets; of more values that begin alike, the most frequent."""


def find_values_body(query: Query, words: Words, field: str, text: str) -> dict[str, Any]:
    """Return the body that counts the values of a field in which a text may be found."""
    terms: dict[str, Any] = {
        "field": stored_field(query, field),
        "size": _MOST_VALUES,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
    if pattern := ValueSearch(text, field).pattern():
        terms["include"] = pattern
    return {
        "query": matching(without_own_filter(query, field), words),
        "size": 0,
        "track_total_hits": 1,
        "aggs": {_VALUES: {"terms": terms}},
    }


def read_values(answer: Mapping[str, Any], query: Query, field: str, text: str, size: int) -> tuple[FacetValue, ...]:
    """Return the values of an answer that the text finds."""
    counts = {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][_VALUES]["buckets"]}
    return ValueSearch(text, field).values(counts, query.filters.get(field, ()), size)
