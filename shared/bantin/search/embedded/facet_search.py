"""Searching among the values of a facet: they are counted first, all of them, and then looked through."""

from bantin.search.embedded.library import aggregate
from bantin.search.embedded.matching import column
from bantin.search.embedded.opened import Snapshot
from bantin.search.embedded.pages import total_of
from bantin.search.embedded.settled import settled
from bantin.search.embedded.top_values import MOST_VALUES
from bantin.search.facet_search import ValueSearch, without_own_filter
from bantin.search.query import FacetValue, Query
from bantin.search.words import Words, parse_words, unquoted_question


def find_values(snapshot: Snapshot, query: Query, field: str, text: str, size: int) -> tuple[FacetValue, ...]:
    """Return the values of a field that a text finds, counted over the articles that match."""
    counted = settled(snapshot, without_own_filter(query, field))
    search = ValueSearch(text, field)
    terms = {"field": column(field, query.places), "size": MOST_VALUES, "segment_size": MOST_VALUES}
    if pattern := search.pattern():
        terms["include"] = pattern  # so that only their names are read
    matched = snapshot.matching.unranked(counted, matching_words(snapshot, counted))
    answer = aggregate(snapshot.searcher, matched, {"values": {"terms": terms}})["values"]
    counts: dict[str, int] = {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}
    return search.values(counts, query.filters.get(field, ()), size)


def matching_words(snapshot: Snapshot, query: Query) -> Words:
    """Return a query's words; those of a question that quotes what no article holds without their quotes."""
    words = parse_words(query.wording)
    unquoted = unquoted_question(query.wording)
    if unquoted and not total_of(snapshot, snapshot.matching.query(query, words)):
        return unquoted
    return words
