"""Searching among the values of one facet: every word typed begins a word of the value, or of what it stands for.

Without accents a word typed begins any spelling; values spelled with the accents that were typed come first.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final, Self

from bantin.search.beginnings import APOSTROPHES, beginnings, without_apostrophes
from bantin.search.query import FacetValue, Query
from bantin.search.suggestions import SOURCES
from bantin.vietnamese.comparison import canonical, fold, folded
from bantin.vietnamese.syllables import cut
from bantin.vietnamese.tables import FOLDING, INVISIBLE, MARKS, WIDTHS

MOST_WORDS: Final = 16
"""Of a longer text the first words count."""

_PATTERN_LETTERS: Final = 4
"""So many letters of the longest word narrow values down well enough: with all their accents each is a long class."""

_LETTERS_OF_SEVERAL: Final = 2
"""Of each of several wordings fewer: engines take long over a pattern of many classes, whatever it matches."""

_LONGEST_PATTERN: Final = 1_000
"""Elasticsearch takes no longer one."""


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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Beginnings of words, each of which a value has to hold."""

    prefixes: tuple[_Prefix, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        return cls(tuple(dict.fromkeys(map(_Prefix.of, words[:MOST_WORDS]))))

    def pattern(self, size: int) -> str:
        """Return a regular expression of the first letters of the longest word."""
        return _letters(max((prefix.bare[0] for prefix in self.prefixes), key=len), size)

    def similar(self, values: Iterable[str]) -> Iterable[str]:
        """Return the values that hold the letters typed: a cheap look at all, before words are cut and compared."""
        for prefix in self.prefixes:
            values = filter(re.compile(_letters(prefix.bare[0])).search, values)
        return values

    def finds(self, words: Sequence[str]) -> bool:
        """Say whether words have every beginning."""
        return _all_begin((prefix.bare for prefix in self.prefixes), [folded(word) for word in words])

    def has_accents(self, words: Sequence[str]) -> bool:
        """Say whether words have the accents, too, wherever some were typed."""
        accented = [prefix.exact for prefix in self.prefixes if prefix.accented]
        return not accented or _all_begin(accented, [canonical(word) for word in words])


class ValueSearch:
    """The words looked for in the values of a facet, or what they stand for; without any word, every value is found."""

    def __init__(self, text: str, field: str) -> None:
        kind = SOURCES.get(field)
        self._wanted = [_Wanted.of(one.words) for one in beginnings(text) if one.kind in (None, kind)]

    def values(self, counts: Mapping[str, int], selected: Sequence[str], size: int) -> tuple[FacetValue, ...]:
        """Return the values found among those counted: typed accents first, then the most frequent, then by name."""
        found = self._found(counts)
        ranked = nsmallest(size, found, key=lambda value: (not found[value], -counts[value], value))
        return tuple(FacetValue(value=value, count=counts[value], selected=value in selected) for value in ranked)

    def pattern(self) -> str | None:
        """Return a Lucene regular expression that every value found matches, and others may; None without words."""
        for size in range(_LETTERS_OF_SEVERAL if len(self._wanted) > 1 else _PATTERN_LETTERS, 0, -1):
            letters = dict.fromkeys(wanted.pattern(size) for wanted in self._wanted)
            pattern = f".*({'|'.join(letters)}).*"
            if letters and len(pattern) <= _LONGEST_PATTERN:
                return pattern
        return None

    def _found(self, values: Iterable[str]) -> dict[str, bool]:
        """Return the values found, each with whether it has the accents typed."""
        if not self._wanted:
            return dict.fromkeys(values, True)
        found: dict[str, bool] = {}
        for wanted in self._wanted:
            for value in wanted.similar(values):
                for writing in {value, without_apostrophes(value)}:
                    words = cut(writing)
                    if wanted.finds(words):
                        found[value] = found.get(value, False) or wanted.has_accents(words)
        return found


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


def _letters(word: str, size: int = _PATTERN_LETTERS) -> str:
    """Return a regular expression, for Python and Lucene, of the first letters of a word in any spelling."""
    return f"[{MARKS}{INVISIBLE}{APOSTROPHES}]*".join(_letter_class(letter) for letter in word[:size])


def _letter_class(letter: str) -> str:
    """Return the class of all letters that may be this one without accents; i and y stand for each other."""
    letters = "iy" if letter in "iy" else letter
    spelled = "".join(each + each.upper() + _SPELLINGS.get(each, "") for each in letters)
    return "[" + "".join(dict.fromkeys(spelled)) + "]"
