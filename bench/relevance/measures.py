"""Scores of a ranking where each query has one relevant article."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

DEPTH: Final = 10
"""Hits that count, the first so many."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over queries: nDCG, the reciprocal rank (MRR) and the share of relevant articles found, each within DEPTH.

    `nothing` is the share of queries without any hit.
    """

    ndcg: float
    mrr: float
    recall: float
    nothing: float


def scores(rankings: Iterable[tuple[Sequence[str], str]]) -> Scores:
    """Return the scores of rankings, each the ids found, best first, and the relevant one."""
    found = [(ranked[:DEPTH], relevant) for ranked, relevant in rankings]
    places = [ranked.index(relevant) + 1 for ranked, relevant in found if relevant in ranked]
    count = len(found)
    return Scores(
        ndcg=sum(1 / math.log2(place + 1) for place in places) / count,
        mrr=sum(1 / place for place in places) / count,
        recall=len(places) / count,
        nothing=sum(not ranked for ranked, _ in found) / count,
    )
