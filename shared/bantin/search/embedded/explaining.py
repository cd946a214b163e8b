"""What raised the hits of a page: each part of the score is searched for among them alone."""

from collections import defaultdict
from collections.abc import Sequence

from bantin.search.embedded.library import tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.explaining import explanation
from bantin.search.query import Hit, Query
from bantin.search.words import Words


def explained(
    snapshot: Snapshot, query: Query, words: Words, hits: Sequence[Hit], addresses: Sequence[tantivy.DocAddress]
) -> tuple[Hit, ...]:
    """Return hits, which lie at these addresses, with what raised them; those that no score orders as they are."""
    if not hits or hits[0].score is None:
        return tuple(hits)
    ids = [hit.article.article_id for hit in hits]
    parts: defaultdict[tuple[int, int], list[tuple[str, str, float]]] = defaultdict(list)
    for clause, token, scored in snapshot.matching.scoring(query, words):
        for score, address in snapshot.searcher.search(snapshot.matching.among(scored, ids), limit=len(ids)).hits:
            parts[_place(address)].append((clause, token, score))
    return tuple(
        hit.model_copy(update={"raised": explanation(parts[_place(address)])})
        for hit, address in zip(hits, addresses, strict=True)
    )


def _place(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc
