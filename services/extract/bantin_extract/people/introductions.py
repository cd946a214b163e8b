"""Reads how people are introduced: "đồng chí", "các ông", "Thiếu tướng", "TS.", and how a list of them begins."""

from dataclasses import dataclass

from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

HONORIFICS = PhraseTable(listed("roles", "honorifics"))
CALLINGS = PhraseTable(listed("roles", "callings"))
"""What people are without it being an office ("nông dân"): a name after them must begin with a known family name."""
_ABBREVIATED = frozenset(listed("roles", "abbreviated_honorifics"))
_SEVERAL = frozenset(listed("roles", "several"))
FIRST_WORDS = HONORIFICS.first_words | CALLINGS.first_words


@dataclass(frozen=True, slots=True)
class Introduction:
    """Words before a name; `plural`: more than one person follows; `surely`: any name may follow, known or not."""

    past: int
    plural: bool
    surely: bool


def read_introduction(tokens: Tokens, at: int) -> Introduction | None:
    """Return the introduction at word `at`; None where none stands or a sentence ends behind it."""
    sure = HONORIFICS.match_length(tokens.lower, at)
    length = sure or CALLINGS.match_length(tokens.lower, at)
    if not length:
        return None
    past = at + length
    if past >= len(tokens) or not _is_joined(tokens, past):
        return None
    return Introduction(past, is_plural(tokens, at), bool(sure))


def is_plural(tokens: Tokens, at: int) -> bool:
    """Return whether word `at` or the one before says that several people follow ("các", "hai", "2")."""
    return tokens.lower[at] == "các" or (at > 0 and tokens.lower[at - 1] in _SEVERAL and not tokens.gap(at).strip(" "))


def _is_joined(tokens: Tokens, past: int) -> bool:
    """Return whether the word after an introduction stands in its sentence: a dot may only mark an abbreviation."""
    return "." not in tokens.gap(past) or tokens.lower[past - 1] in _ABBREVIATED
