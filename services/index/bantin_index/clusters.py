"""Which cluster an article that is new to the index belongs to: that of its most similar near-duplicate, or its own.

Looked for among what the index holds and what comes before it in the same batch. Two instances that index two copies at
the same moment see neither the other's: each copy then starts a cluster, until the index is made anew from the log.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from anyio.to_thread import run_sync

from bantin.events import ArticleEnriched
from bantin.fingerprint import NEAR_DUPLICATE, overlap, shingles
from bantin.search.port import MOST_LOOKALIKES, Lookalike, SearchIndex

_REMEMBERED = 1_000


async def find_clusters(index: SearchIndex, events: Sequence[ArticleEnriched]) -> dict[str, str]:
    """Return the cluster of each event's article by `article_id`; the articles are distinct and new to the index."""
    held = await index.lookalikes([event.fingerprint for event in events])
    return await run_sync(_clusters, events, held)


class _Batch:
    """The articles of a batch so far, by their bands."""

    def __init__(self) -> None:
        self._by_band: defaultdict[str, list[Lookalike]] = defaultdict(list)

    def lookalikes(self, fingerprint: Sequence[str]) -> list[Lookalike]:
        """Return those that share most bands with a fingerprint, as an index would."""
        shared = Counter(entry for band in fingerprint for entry in self._by_band[band])
        return [entry for entry, _ in shared.most_common(MOST_LOOKALIKES)]

    def add(self, fingerprint: Sequence[str], entry: Lookalike) -> None:
        """Let later articles find one."""
        for band in fingerprint:
            self._by_band[band].append(entry)


def _clusters(events: Sequence[ArticleEnriched], held: Sequence[Sequence[Lookalike]]) -> dict[str, str]:
    remembered = lru_cache(_REMEMBERED)(shingles)
    clusters: dict[str, str] = {}
    batch = _Batch()
    for event, lookalikes in zip(events, held, strict=True):
        article, near = event.article, [*lookalikes, *batch.lookalikes(event.fingerprint)]
        cluster = cluster_of(article.body, near, remembered) or article.article_id
        clusters[article.article_id] = cluster
        batch.add(event.fingerprint, Lookalike(article.article_id, cluster, article.body))
    return clusters


def cluster_of(
    body: str, lookalikes: Iterable[Lookalike], cut: Callable[[str], frozenset[bytes]] = shingles
) -> str | None:
    """Return the cluster of the lookalike that overlaps most, the first of equals; None where none is near enough."""
    best, nearest = 0.0, None
    for lookalike in lookalikes:
        near = overlap(cut(body), cut(lookalike.body))
        if near >= NEAR_DUPLICATE and near > best:
            best, nearest = near, lookalike.cluster_id
    return nearest
