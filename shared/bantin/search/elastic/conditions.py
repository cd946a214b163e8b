"""A query's conditions as Elasticsearch clauses. Pure."""

from typing import Any

from bantin.search.conditions import Condition, Holds, PublishedWithin
from bantin.search.elastic.facets import stored_field
from bantin.search.moments import microseconds
from bantin.search.query import Query


def conditions(query: Query) -> list[dict[str, Any]]:
    """Return one clause for each group of conditions, met by any of its members."""
    return [_any([_clause(query, one) for one in group]) for group in query.conditions]


def _any(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": clauses, "minimum_should_match": 1}} if clauses else {"match_none": {}}


def _clause(query: Query, condition: Condition) -> dict[str, Any]:
    clause = _value(query, condition) if isinstance(condition, Holds) else _within(condition)
    return {"bool": {"must_not": [clause]}} if condition.negated else clause


def _value(query: Query, condition: Holds) -> dict[str, Any]:
    return {"term": {stored_field(query, condition.field): {"value": condition.value}}}


def _within(condition: PublishedWithin) -> dict[str, Any]:
    bounds = {"gte": condition.first, "lte": condition.last}
    given = {name: microseconds(moment) // 1000 for name, moment in bounds.items() if moment is not None}
    return {"range": {"published_at": given}} if given else {"exists": {"field": "published_at"}}
