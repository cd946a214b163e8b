"""What a query's words name: an aggregation for a search, and its answer read back. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from bantin.search.understanding.naming import MOST_NAMES, as_printed, printed_where
from bantin.search.understanding.recognised import Recognised, doubtful_tokens, understood
from bantin.search.words import Words

_HELD: Final = "held"


def holding(token: str) -> dict[str, Any]:
    """Return the clause that matches the articles that hold an entity's token."""
    return {"term": {"entities": token}}


def naming_aggregation(words: Words) -> dict[str, Any]:
    """Return what counts the articles that hold what is doubtful, whether they match or not, and the names in them."""
    tokens = doubtful_tokens(words.entities)
    if not tokens:
        return {}
    each = {token: holding(token) for token in tokens}
    fields = dict.fromkeys(printed.field for entity in words.entities if (printed := printed_where(entity)))
    counted: dict[str, Any] = {"filters": {"filters": each}}
    if fields:
        counted["aggs"] = {field: _names(field) for field in fields}
    return {_HELD: {"global": {}, "aggs": {"tokens": counted}}}


def meant(words: Words, counted: Mapping[str, Any]) -> tuple[Recognised, ...]:
    """Return what is named, as articles print it."""
    buckets: Mapping[str, Any] = counted[_HELD]["tokens"]["buckets"] if _HELD in counted else {}
    held = {token: bucket for token, bucket in buckets.items() if bucket["doc_count"]}
    return tuple(as_printed(entity, _counts(held, entity)) for entity in understood(words.entities, held))


def _names(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST_NAMES, "order": [{"_count": "desc"}, {"_key": "asc"}]}}


def _counts(held: Mapping[str, Any], entity: Recognised) -> dict[str, int]:
    printed = printed_where(entity)
    bucket = held.get(entity.tokens[0])
    if printed is None or bucket is None:
        return {}
    return {value["key"]: value["doc_count"] for value in bucket[printed.field]["buckets"]}
