"""Autocomplete over what articles name: every distinct value in memory, the most frequent first.

A value matches if it holds the words in their order, anywhere, the last one as the beginning of a word, or what they
may stand for (`bantin.search.beginnings`). Accents are optional; values that have them as typed come first.
"""

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice
from typing import Final, Literal, Self, get_args

from bantin.events import Model
from bantin.search.beginnings import Beginning, beginnings, beginnings_of, end_of_letters, joined_syllables
from bantin.search.suggestion_lines import Spellings
from bantin.search.terms import Term
from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.syllables import Syllable, cut, syllables
from bantin.vietnamese.typing import read_keys

SuggestionKind = Literal["place", "person", "organisation", "document", "title"]
_KINDS: Final[tuple[SuggestionKind, ...]] = get_args(SuggestionKind)

MOST_SUGGESTIONS: Final = 50
MOST_VALUES: Final = 50_000
"""Different values of one field that are held, the most frequent; of rarer ones none is suggested."""

LONGEST_VALUE: Final = 300
"""Characters of a value that is worth suggesting."""

TITLE: Final = "title_value"
"""The field of the index that holds titles whole, beside those of the field table."""

SOURCES: Final[Mapping[str, SuggestionKind]] = {
    "province": "place",
    "province_today": "place",
    "district": "place",
    "person": "person",
    "organisation": "organisation",
    "document": "document",
    TITLE: "title",
}
"""Fields of the index whose values are suggested. Of two that hold the same place, the first one counts."""


class Suggestion(Model):
    """A value that the typed words begin. `count` articles hold it; `highlight` is HTML-escaped, with `<mark>`."""

    kind: SuggestionKind
    text: str
    count: int
    highlight: str


@dataclass(frozen=True, slots=True)
class _Value:
    count: int
    kind: SuggestionKind
    text: str


class SuggestionTable:
    """All values of one moment. `counts` gives for the fields of `SOURCES` how many articles hold each value."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        distinct: dict[tuple[SuggestionKind, str], int] = {}
        for field, kind in SOURCES.items():
            for text, count in counts.get(field, {}).items():
                if len(text) <= LONGEST_VALUE:
                    distinct.setdefault((kind, text), count)
        values = [_Value(count, kind, text) for (kind, text), count in distinct.items()]
        self._values = sorted(values, key=lambda value: (-value.count, _KINDS.index(value.kind), value.text))
        self._spellings = {kind: self._spelled(kind) for kind in (None, "place", "document")}

    def __len__(self) -> int:
        """Return how many different values there are."""
        return len(self._values)

    def suggest(self, text: str, size: int) -> tuple[Suggestion, ...]:
        """Return the values that words begin: those with the accents typed, then by articles, kind and text.

        Words that nothing begins are read as keys of a Vietnamese keyboard that was off.
        """
        for meant in (beginnings(text), beginnings_of(read_keys(cut(text)))):
            typed = [_Typed.of(beginning) for beginning in meant]
            if ranks := list(islice(self._ranked(typed), size)):
                return tuple(_suggestion(self._values[rank], typed) for rank in ranks)
        return ()

    def _spelled(self, kind: SuggestionKind | None) -> Spellings:
        """Return the spellings of the values of one kind, or of all."""
        ranked = enumerate(self._values)
        return Spellings.of((rank, value.text) for rank, value in ranked if kind in (None, value.kind))

    def _ranked(self, typed: Sequence["_Typed"]) -> Iterator[int]:
        """Give the ranks of the values that something typed begins, each once: those with its accents first."""
        accented = merge(*map(self._accented, typed))
        bare = merge(*(self._spellings[one.kind].holding(one.terms) for one in typed))
        seen: set[int] = set()
        for rank in chain(accented, bare):
            if rank not in seen:
                seen.add(rank)
                yield rank

    def _accented(self, typed: "_Typed") -> Iterator[int]:
        """Give the ranks of the values that hold what was typed with its accents; none where it has none."""
        for rank in self._spellings[typed.kind].with_accents(typed.terms):
            if _matched(self._values[rank].text, typed.terms, accents=True):
                yield rank


@dataclass(frozen=True, slots=True)
class _Typed:
    """A beginning as it is compared."""

    terms: tuple[Term, ...]
    kind: SuggestionKind | None

    @classmethod
    def of(cls, beginning: Beginning) -> Self:
        return cls(tuple(Term(canonical(word), folded(word)) for word in beginning.words), beginning.kind)


def _matched(text: str, terms: Sequence[Term], *, accents: bool) -> list[tuple[int, int]]:
    """Return the parts of a value that match the terms, in order; [] where they do not all."""
    whole = _match(text, syllables(text), terms, accents=accents)
    return whole or _match(text, joined_syllables(text), terms, accents=accents)


def _match(text: str, words: Iterable[Syllable], terms: Sequence[Term], *, accents: bool) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    waiting = iter(enumerate(terms, start=1))
    number, term = next(waiting)
    for word in words:
        typed, held = (term.exact, word.exact) if accents and term.accented else (term.folded, word.folded)
        last = number == len(terms)
        if held.startswith(typed) if last else held == typed:
            parts.append((word.start, end_of_letters(text, word.start, len(typed)) if last else word.end))
            if last:
                return parts
            number, term = next(waiting)
    return []


def _suggestion(value: _Value, typed: Sequence[_Typed]) -> Suggestion:
    """Return a value with the words marked by which it was found."""
    meant = [one.terms for one in typed if one.kind in (None, value.kind)]
    matches = (_matched(value.text, terms, accents=accents) for accents in (True, False) for terms in meant)
    marked = "".join(_marked(value.text, next(filter(None, matches), ())))
    return Suggestion(kind=value.kind, text=value.text, count=value.count, highlight=marked)


def _marked(text: str, parts: Iterable[tuple[int, int]]) -> Iterator[str]:
    past = 0
    for start, end in parts:
        yield html.escape(text[past:start])
        yield f"<mark>{html.escape(text[start:end])}</mark>"
        past = end
    yield html.escape(text[past:])
