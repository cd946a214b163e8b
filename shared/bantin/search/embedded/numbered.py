"""Pages by number: the hits behind so many others, and how many there are in all."""

from collections.abc import Sequence
from itertools import islice

from bantin.search.embedded import schema as fields
from bantin.search.embedded.collapsing import heads
from bantin.search.embedded.library import aggregate, tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.embedded.pages import Found, Page, first_after, page_by_relevance
from bantin.search.embedded.top_values import MOST_VALUES
from bantin.search.moments import instant
from bantin.search.query import COLLAPSED_DEPTH, Query, Sort, Span


def numbered_page(
    snapshot: Snapshot, matched: tantivy.Query, query: Query, sort: Sort, singular: Sequence[str]
) -> Page:
    """Return the page that begins at the query's offset; no other page goes on from it.

    `singular` are tokens of what is named that tell copies apart.
    """
    start = query.offset or 0
    past = min(start + query.size, COLLAPSED_DEPTH)
    if query.collapse:
        walked = islice(heads(snapshot, matched, sort, past, singular), start, past) if query.size else ()
        hits = tuple(Found(hit.score, hit.address, folded) for hit, folded in walked)
    elif sort == "relevance":
        hits = page_by_relevance(snapshot, matched, query, start).hits[: past - start]
    else:
        hits = tuple(
            Found(None, address) for _, address in first_after(snapshot, matched, sort, None, past)[start:past]
        )
    return Page(hits, None)


def hit_count(snapshot: Snapshot, matched: tantivy.Query, query: Query, total: int) -> int:
    """Return how many hits there are in all: of a cluster, the copies beyond the first are none."""
    if not query.collapse:
        return total
    terms = {"field": fields.CLUSTER_NUMBER, "size": MOST_VALUES, "segment_size": MOST_VALUES, "min_doc_count": 2}
    clusters = aggregate(snapshot.searcher, matched, {"clusters": {"terms": terms}})["clusters"]["buckets"]
    return total - sum(cluster["doc_count"] - 1 for cluster in clusters)


def published_span(snapshot: Snapshot, matched: tantivy.Query) -> Span | None:
    """Return the first and the last instant of publication."""
    ends = {"first": {"min": {"field": fields.OLDEST_RANK}}, "last": {"min": {"field": fields.NEWEST_RANK}}}
    found = aggregate(snapshot.searcher, matched, ends)
    first, last = found["first"]["value"], found["last"]["value"]
    if first is None or first >= float(fields.UNDATED):
        return None
    return Span(first=instant(first), last=instant(-last))
