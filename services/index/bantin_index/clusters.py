"""Which cluster an article belongs to whose words are new to the index: that of its nearest near-duplicate, or its own.

A capture with other words stays in its article's cluster while half of them overlap with the words before; rewritten,
it is placed as a new article is. Looked for among what the index holds and what comes before it in the same batch. Two
instances that index two copies at the same moment see neither the other's: each copy then starts a cluster, until the
index is made anew from the log.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from anyio.to_thread import run_sync

from bantin.events import ArticleEnriched
from bantin.fingerprint import NEAR_DUPLICATE, overlap, shingles
from bantin.search.port import MOST_LOOKALIKES, Lookalike, SearchIndex, StoredArticle

_REMEMBERED = 1_000


async def find_clusters(
    index: SearchIndex, events: Sequence[ArticleEnriched], stored: Mapping[str, StoredArticle]
) -> dict[str, str]:
    """Return by `article_id` the cluster of each article that is new or rewritten; the articles are distinct.

    `stored` is what the index holds of them.
    """
    placed = await run_sync(lambda: [event for event in events if _is_to_be_placed(event, stored)])
    held = await index.lookalikes([event.fingerprint for event in placed])
    return await run_sync(_clusters, placed, held, stored)


def _is_to_be_placed(event: ArticleEnriched, stored: Mapping[str, StoredArticle]) -> bool:
    held = stored.get(event.article_id)
    if held is None:
        return True
    if held.article.version == event.article.version or event.article.captured_at < held.article.captured_at:
        return False
    return overlap(shingles(event.article.body), shingles(held.article.body)) < NEAR_DUPLICATE


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


def _clusters(
    events: Sequence[ArticleEnriched], held: Sequence[Sequence[Lookalike]], stored: Mapping[str, StoredArticle]
) -> dict[str, str]:
    remembered = lru_cache(_REMEMBERED)(shingles)
    clusters: dict[str, str] = {}
    batch = _Batch()
    for event, lookalikes in zip(events, held, strict=True):
        article = event.article
        others = (one for one in lookalikes if one.article_id not in {article.article_id, *clusters})
        near = [*others, *batch.lookalikes(event.fingerprint)]
        cluster = cluster_of(article.body, near, remembered) or _own(event, stored.get(article.article_id))
        clusters[article.article_id] = cluster
        batch.add(event.fingerprint, Lookalike(article.article_id, cluster, article.body))
    return clusters


def _own(event: ArticleEnriched, held: StoredArticle | None) -> str:
    """Return the id of a cluster of its own: the article's, unless others may stay behind in the cluster of that id."""
    founded = held is not None and held.cluster_id == event.article_id
    return f"{event.article_id}.{event.article.version}" if founded else event.article_id


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
