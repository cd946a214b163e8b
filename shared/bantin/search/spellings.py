"""What a mistyped syllable may have been meant to be: other accents, or one letter's difference."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from bantin.search.terms import Term
from bantin.vietnamese.spelling import spellings

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST: Final = 2
_LONGEST: Final = 12
"""A longer word is no syllable, and has too many neighbours to ask for."""


class Reading(NamedTuple):
    """One way to read a typed syllable, and how unlikely it is to have been typed so."""

    term: Term
    penalty: float


RESTORED: Final = 0.3
"""Accents that were left out."""

CHANGED: Final = 3.0
"""Accents other than those typed."""

MISTYPED: Final = 2.0
"""A letter too many, too few or wrong, or two swapped, in a word that no article holds."""

UNHELD: Final = 4.0
"""The word as it was typed, where no article holds it."""

MISTAKEN: Final = 6.0
"""The same in a word that articles hold."""


def one_edit(word: str) -> list[str]:
    """Return what a folded word is by one typing error: a letter missing, extra or wrong, or two swapped."""
    if not word.isalpha() or not _SHORTEST <= len(word) <= _LONGEST:
        return []
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = [left + right[1:] for left, right in cuts if right]
    found += [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    found += [left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS]
    found += [left + letter + right for left, right in cuts for letter in _LETTERS]
    return [other for other in dict.fromkeys(found) if other != word and len(other) >= _SHORTEST]


def likely_edits(word: str) -> list[str]:
    """Return those edits that are Vietnamese syllables without their accents."""
    return [other for other in one_edit(word) if spellings(other)]


def readings(typed: Term, edits: Iterable[str], *, held: bool) -> list[Reading]:
    """Return the readings of a typed syllable, itself first; `held` where articles hold it, accents aside."""
    accents = CHANGED if typed.accented else RESTORED
    edited = MISTAKEN if held else MISTYPED
    found = {typed: 0.0 if held else UNHELD}
    for exact in (typed.folded, *spellings(typed.folded)):
        found.setdefault(Term(exact, typed.folded), accents)
    for bare in edits:
        for exact in (bare, *spellings(bare)):
            found.setdefault(Term(exact, bare), edited)
    return [Reading(term, penalty) for term, penalty in found.items()]
