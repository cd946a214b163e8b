"""What is looked for where in the index, in terms that every engine can serve."""

from enum import StrEnum
from typing import NamedTuple


class TextField(StrEnum):
    """A text of the index that is scored: a part of the article, cut in one way. Each engine has a field for it."""

    WORDS = "words"
    WORDS_FOLDED = "words_folded"
    PAIRS = "pairs"
    PAIRS_FOLDED = "pairs_folded"
    COMPOUNDS = "compounds"
    COMPOUNDS_FOLDED = "compounds_folded"
    ENTITIES = "entities"
    TITLE = "title"
    TITLE_FOLDED = "title_folded"
    TITLE_PAIRS_FOLDED = "title_pairs_folded"
    LEAD_FOLDED = "lead_folded"


class Lookup(NamedTuple):
    """One token, or several that follow each other, in a field."""

    field: TextField
    tokens: tuple[str, ...]


class Clause(NamedTuple):
    """What raises the articles that hold it, by how rare and frequent it is there, or always the same."""

    lookup: Lookup
    weight: float
    constant: bool = False


def token(field: TextField, word: str, weight: float, *, constant: bool = False) -> Clause:
    """Return the clause of one token."""
    return Clause(Lookup(field, (word,)), weight, constant)
