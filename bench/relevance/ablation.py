"""The embedded engine without one family of clauses at a time: what each is worth."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

from bantin.search import ranking
from bantin.search.clauses import Clause, TextField
from bantin.search.embedded import matching
from bantin.search.words import Words

FAMILIES: Final[Mapping[str, frozenset[TextField]]] = {
    "title": frozenset({TextField.TITLE_FOLDED}),
    "pairs in the title": frozenset({TextField.TITLE_PAIRS_FOLDED}),
    "lead": frozenset({TextField.LEAD_FOLDED}),
    "pairs": frozenset({TextField.PAIRS_FOLDED}),
    "compounds": frozenset({TextField.COMPOUNDS}),
    "folded compounds": frozenset({TextField.COMPOUNDS_FOLDED}),
    "exact": frozenset({TextField.WORDS, TextField.PAIRS, TextField.TITLE}),
    "entities": frozenset({TextField.ENTITIES}),
}
"""The clauses that raise articles, by what they have in common; freshness apart, as the collections have no dates."""

EVERY: Final = "all of these"


@contextmanager
def without(family: str) -> Generator[None]:
    """Search without a family of clauses, or without all of them, until the end of the block."""
    left_out = FAMILIES.get(family) or frozenset[TextField]().union(*FAMILIES.values())

    def raising(words: Words) -> Iterator[Clause]:
        return (clause for clause in _all(words) if clause.lookup.field not in left_out)

    with patch.object(matching, "raising", raising):
        yield


def _all(words: Words) -> Iterable[Clause]:
    return ranking.raising(words)
