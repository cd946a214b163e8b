"""Searching among the values of one facet: every word typed begins a word of the value.

Without accents a word typed begins any spelling; values spelled with the accents that were typed come first.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final, Self

from bantin.search.query import FacetValue, Query
from bantin.vietnamese.comparison import canonical, fold, folded
from bantin.vietnamese.syllables import cut, syllables
from bantin.vietnamese.tables import FOLDING, INVISIBLE, MARKS, WIDTHS

MOST_WORDS: Final = 16
"""Of a longer text the first words count."""

_PATTERN_LETTERS: Final = 4
"""So many letters of the longest word narrow values down well enough: with all their accents each is a long class."""


@dataclass(frozen=True, slots=True)
class _Prefix:
    """The beginning of a word, in the ways that it may be spelled: `qu` of `quy` is no `qui` yet."""

    exact: tuple[str, ...]
    bare: tuple[str, ...]

    @classmethod
    def of(cls, word: str) -> Self:
        exact = tuple(dict.fromkeys((canonical(word), unicodedata.normalize("NFC", word).lower())))
        return cls(exact, tuple(dict.fromkeys(fold(spelling) for spelling in exact)))

    @property
    def accented(self) -> bool:
        return self.exact != self.bare


class ValueSearch:
    """The words looked for in the values of a facet; without any word, every value is found."""

    def __init__(self, text: str) -> None:
        self._prefixes = tuple(dict.fromkeys(map(_Prefix.of, cut(text)[:MOST_WORDS])))

    def values(self, counts: Mapping[str, int], selected: Sequence[str], size: int) -> tuple[FacetValue, ...]:
        """Return the values found among those counted: typed accents first, then the most frequent, then by name."""
        found = {value: self._has_accents(value) for value in self._similar(counts) if self._finds(value)}
        ranked = nsmallest(size, found, key=lambda value: (not found[value], -counts[value], value))
        return tuple(FacetValue(value=value, count=counts[value], selected=value in selected) for value in ranked)

    def pattern(self) -> str | None:
        """Return a Lucene regular expression that every value found matches, and others may; None without words."""
        word = max((prefix.bare[0] for prefix in self._prefixes), key=len, default="")
        return f".*{_letters(word)}.*" if word else None

    def _similar(self, values: Iterable[str]) -> Iterable[str]:
        """Return the values that hold the letters typed: a cheap look at all, before words are cut and compared."""
        for prefix in self._prefixes:
            values = filter(re.compile(_letters(prefix.bare[0])).search, values)
        return values

    def _finds(self, value: str) -> bool:
        return not self._prefixes or _all_begin(
            (prefix.bare for prefix in self._prefixes), [folded(word) for word in cut(value)]
        )

    def _has_accents(self, value: str) -> bool:
        accented = [prefix.exact for prefix in self._prefixes if prefix.accented]
        return not accented or _all_begin(accented, [syllable.exact for syllable in syllables(value)])


def without_own_filter(query: Query, field: str) -> Query:
    """Return the query whose articles are counted: choosing several values of one field widens the search."""
    return query.model_copy(
        update={"filters": {name: values for name, values in query.filters.items() if name != field}}
    )


def _all_begin(prefixes: Iterable[tuple[str, ...]], words: Sequence[str]) -> bool:
    return all(any(word.startswith(prefix) for word in words) for prefix in prefixes)


def _spellings() -> dict[str, str]:
    spellings: defaultdict[str, str] = defaultdict(str)
    for letters in (FOLDING, WIDTHS):
        for letter, bare in letters.items():
            if len(letter) == len(bare) == 1 and letter.isalnum():
                spellings[bare.lower()] += letter
    return spellings


_SPELLINGS: Final = _spellings()


def _letters(word: str) -> str:
    """Return a regular expression, for Python and Lucene, of the first letters of a word in any spelling."""
    return f"[{MARKS}{INVISIBLE}]*".join(_letter_class(letter) for letter in word[:_PATTERN_LETTERS])


def _letter_class(letter: str) -> str:
    """Return the class of all letters that may be this one without accents; i and y stand for each other."""
    letters = "iy" if letter in "iy" else letter
    spelled = "".join(each + each.upper() + _SPELLINGS.get(each, "") for each in letters)
    return "[" + "".join(dict.fromkeys(spelled)) + "]"
