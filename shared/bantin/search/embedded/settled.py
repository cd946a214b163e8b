"""A query with what its first page settles, asked of one snapshot."""

from bantin.search.embedded.opened import Snapshot
from bantin.search.query import Query
from bantin.search.settling import settle


def settled(snapshot: Snapshot, query: Query) -> Query:
    """Return the query with what is settled."""
    settling = settle(query)
    try:
        asked = next(settling)
        while True:
            counts = {token: snapshot.searcher.doc_freq(asked.field, token) for token in asked.tokens}
            asked = settling.send(counts)
    except StopIteration as done:
        return done.value
