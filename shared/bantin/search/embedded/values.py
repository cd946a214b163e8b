"""All values that may be suggested, with how many articles hold each, read from the columns of a snapshot."""

from bantin.search.embedded.library import aggregate, tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.embedded.top_values import MOST_VALUES as MOST_COUNTED
from bantin.search.suggestions import MOST_VALUES, SOURCES


def value_counts(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    """Return the counts by field and value; of very many values of one field, the most frequent."""
    return {field: _counts(snapshot, field) for field in SOURCES}


def _counts(snapshot: Snapshot, field: str) -> dict[str, int]:
    terms = {"terms": {"field": field, "size": MOST_VALUES, "segment_size": MOST_COUNTED}}
    answer = aggregate(snapshot.searcher, tantivy.Query.all_query(), {"values": terms})
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["values"]["buckets"]}
