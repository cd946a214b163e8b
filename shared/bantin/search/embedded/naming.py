"""What a query's words name, read from a snapshot."""

from collections.abc import Mapping

from bantin.search.clauses import TextField
from bantin.search.embedded.library import aggregate
from bantin.search.embedded.opened import Snapshot
from bantin.search.embedded.top_values import by_count
from bantin.search.query import Query
from bantin.search.understanding.naming import MOST_NAMES, as_printed, printed_where
from bantin.search.understanding.recognised import Recognised, doubtful_tokens, understood
from bantin.search.words import Words


def meant(snapshot: Snapshot, words: Words) -> tuple[Recognised, ...]:
    """Return what is named, as articles print it, whether they match or not."""
    doubtful = doubtful_tokens(words.entities)
    held = {token for token in doubtful if snapshot.searcher.doc_freq(TextField.ENTITIES, token)}
    return tuple(as_printed(entity, _counts(snapshot, entity)) for entity in understood(words.entities, held))


def _counts(snapshot: Snapshot, entity: Recognised) -> Mapping[str, int]:
    """Return the most frequent values of the field that prints such names, in the articles that hold its token."""
    printed = printed_where(entity)
    if printed is None:
        return {}
    holding = snapshot.matching.unranked(Query(entities=entity.tokens[:1]), Words())
    terms = {"terms": {"field": printed.field, "size": 2 * MOST_NAMES, "segment_size": 2 * MOST_NAMES}}
    buckets = aggregate(snapshot.searcher, holding, {"names": terms})["names"]["buckets"]
    counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return dict(sorted(counts.items(), key=by_count)[:MOST_NAMES])
