"""What a hit's score is made of, in the same terms for every engine."""

from collections import defaultdict
from collections.abc import Iterable

from bantin.search.query import Raised


def explanation(parts: Iterable[tuple[str, str, float]]) -> tuple[Raised, ...]:
    """Return the clauses, tokens and scores that raised a hit, each clause and token once, the most first."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for clause, token, score in parts:
        sums[clause, token] += score
    raised = (Raised(clause=clause, token=token, score=score) for (clause, token), score in sums.items() if score)
    return tuple(sorted(raised, key=lambda part: (-part.score, part.clause, part.token)))
