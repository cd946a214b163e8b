"""Cutting text into syllables, each with its place in the text as given."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.tables import INVISIBLE, MARKS, SYLLABLE

PATTERN: Final = re.compile(SYLLABLE)
_WORD: Final = re.compile(r"\w+")
_UNLIKE_WORDS: Final = re.compile(rf"[_{MARKS}{INVISIBLE}]")
"""Where none of these stands, syllables are `\\w+`, which is matched three times as fast."""
JOINT: Final = "_"
"""Between the two syllables of a joined pair; no syllable holds it."""


class Syllable(NamedTuple):
    """One syllable: `text[start:end]` in code points, and how it compares with and without accents."""

    start: int
    end: int
    exact: str
    folded: str


def cut(text: str) -> list[str]:
    """Return the syllables of a text as written."""
    return (PATTERN if _UNLIKE_WORDS.search(text) else _WORD).findall(text)


def syllables(text: str) -> list[Syllable]:
    """Cut text, in any Unicode form, into syllables; offsets are code points of the text as given."""
    return [
        Syllable(found.start(), found.end(), canonical(found[0]), folded(found[0])) for found in PATTERN.finditer(text)
    ]


def exact_syllables(text: str) -> list[str]:
    """Return the canonical syllables of a text, accents kept."""
    return [canonical(word) for word in cut(text)]


def folded_syllables(text: str) -> list[str]:
    """Return the syllables of a text, without accents."""
    return [folded(word) for word in cut(text)]


def joined_pairs(words: Iterable[str]) -> list[str]:
    """Return each two neighbours as one word: `dân vận khéo` gives `dân_vận` and `vận_khéo`."""
    return [first + JOINT + second for first, second in pairwise(words)]
