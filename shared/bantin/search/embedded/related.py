"""Articles that are about the same: those that share the pairs of syllables by which one stands out."""

import math
from collections import Counter
from typing import Final

from bantin.events import Article
from bantin.search.clauses import TextField
from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.port import StoredArticle
from bantin.search.query import MOST_DUPLICATES, MOST_SIMILAR
from bantin.search.ranking import RELATED_PAIRS, RELATED_SHARE, RELATED_SYLLABLES
from bantin.vietnamese.syllables import folded_syllables, joined_pairs

_MOST_FOLDED: Final = 5
"""So many times more articles are looked at than are shown, as near-duplicates of each other are shown once."""


def related(snapshot: Snapshot, stored: StoredArticle) -> list[tuple[float, tantivy.DocAddress]]:
    """Return scores and places of the articles most like one, without its near-duplicates; of each cluster one."""
    terms = _outstanding(snapshot, stored.article)
    if not terms:
        return []
    searcher, matching = snapshot.searcher, snapshot.matching
    like = matching.sharing(TextField.PAIRS_FOLDED, terms, max(1, int(len(terms) * RELATED_SHARE)))
    others = matching.lacking(like, fields.CLUSTER, stored.cluster_id)
    hits = searcher.search(others, limit=MOST_SIMILAR * _MOST_FOLDED).hits
    clusters = searcher.fast_field_values(fields.CLUSTER_NUMBER, [address for _, address in hits])
    shown: dict[object, tuple[float, tantivy.DocAddress]] = {}
    for cluster, hit in zip(clusters, hits, strict=True):
        shown.setdefault(cluster, hit)
    return list(shown.values())[:MOST_SIMILAR]


def near_duplicates(snapshot: Snapshot, stored: StoredArticle) -> list[tantivy.DocAddress]:
    """Return the places of the other articles of one's cluster, oldest first."""
    same = snapshot.matching.holding(tantivy.Query.all_query(), fields.CLUSTER, stored.cluster_id)
    others = snapshot.matching.lacking(same, fields.ID, stored.article.article_id)
    found = snapshot.searcher.search(
        others, limit=MOST_DUPLICATES, order_by_field=fields.OLDEST_KEY, order=tantivy.Order.Asc
    )
    return [address for _, address in found.hits]


def _outstanding(snapshot: Snapshot, article: Article) -> list[str]:
    """Return the pairs of an article that are frequent in it and rare elsewhere, but not in it alone."""
    syllables = folded_syllables(f"{article.title}\n{article.body}")[:RELATED_SYLLABLES]
    weights: dict[str, float] = {}
    for pair, count in Counter(joined_pairs(syllables)).items():
        holding = snapshot.searcher.doc_freq(TextField.PAIRS_FOLDED, pair)
        if holding > 1:
            weights[pair] = count * math.log(1 + snapshot.searcher.num_docs / holding)
    return sorted(weights, key=lambda pair: (-weights[pair], pair))[:RELATED_PAIRS]
