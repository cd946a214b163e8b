"""Which cluster an article that is new to the index belongs to: that of its most similar near-duplicate, or its own.

Looked for among what the index holds and what comes before it in the same batch. Two instances that index two copies at
the same moment see neither the other's: each copy then starts a cluster, until the index is made anew from the log.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from anyio.to_thread import run_sync

from bantin.events import ArticleEnriched
from bantin.fingerprint import NEAR_DUPLICATE, overlap, shingles
from bantin.search.port import Lookalike, SearchIndex


async def find_clusters(index: SearchIndex, events: Sequence[ArticleEnriched]) -> dict[str, str]:
    """Return the cluster of each event's article by `article_id`; the articles are distinct and new to the index."""
    held = await index.lookalikes([event.fingerprint for event in events])
    return await run_sync(_clusters, events, held)


def _clusters(events: Sequence[ArticleEnriched], held: Sequence[Sequence[Lookalike]]) -> dict[str, str]:
    clusters: dict[str, str] = {}
    by_band: defaultdict[str, list[Lookalike]] = defaultdict(list)
    for event, lookalikes in zip(events, held, strict=True):
        article = event.article
        before = {other.article_id: other for band in event.fingerprint for other in by_band[band]}
        clusters[article.article_id] = cluster_of(article.body, (*lookalikes, *before.values())) or article.article_id
        entry = Lookalike(article.article_id, clusters[article.article_id], article.body)
        for band in event.fingerprint:
            by_band[band].append(entry)
    return clusters


def cluster_of(body: str, lookalikes: Iterable[Lookalike]) -> str | None:
    """Return the cluster of the lookalike that overlaps most, the first of equals; None where none is near enough."""
    best, nearest = NEAR_DUPLICATE, None
    own = None
    for lookalike in lookalikes:
        own = shingles(body) if own is None else own
        near = overlap(own, shingles(lookalike.body))
        if near > best or (near == best and nearest is None):
            best, nearest = near, lookalike.cluster_id
    return nearest
