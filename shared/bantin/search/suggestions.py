"""Autocomplete over what articles name: every distinct value in memory, the most frequent first.

A value matches if it holds the words in their order, anywhere, the last one as the beginning of a word. Accents are
optional; values that have them as typed come first.
"""

import html
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bantin.events import Model
from bantin.search.terms import Term
from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.syllables import cut, syllables
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

_END: Final = "\n"


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


@dataclass(frozen=True, slots=True)
class _Lines:
    """One spelling of every value, a line each, in the order of their rank; words stand between blanks."""

    text: str
    starts: "array[int]"

    def holding(self, words: Sequence[str]) -> Iterator[int]:
        """Give the places of the lines that hold the words in order, the last as the beginning of one."""
        needles = [f" {word} " for word in words[:-1]] + [f" {words[-1]}"]
        rarest = max(needles, key=len)
        found = self.text.find(rarest)
        while found >= 0:
            place = bisect_right(self.starts, found) - 1
            end = self.starts[place + 1]
            if self._holds(needles, self.starts[place], end):
                yield place
            found = self.text.find(rarest, end)

    def _holds(self, needles: Sequence[str], start: int, end: int) -> bool:
        for needle in needles:
            found = self.text.find(needle, start, end)
            if found < 0:
                return False
            start = found + len(needle) - 1
        return True


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
        words = [cut(value.text) for value in self._values]
        self._exact = _lines(words, canonical)
        self._folded = _lines(words, folded)

    def __len__(self) -> int:
        """Return how many different values there are."""
        return len(self._values)

    def suggest(self, text: str, size: int) -> tuple[Suggestion, ...]:
        """Return the values that words begin: those with the accents typed, then by articles, kind and text.

        Words that nothing begins are read as keys of a Vietnamese keyboard that was off.
        """
        written = cut(text)
        for words in (written, read_keys(written)):
            terms = [Term(canonical(word), folded(word)) for word in words]
            if places := self._places(terms, size):
                return tuple(_suggestion(self._values[place], terms) for place in places)
        return ()

    def _places(self, terms: Sequence[Term], size: int) -> list[int]:
        if not terms or not size:
            return []
        found: dict[int, None] = {}
        for place in self._ranked(terms):
            found[place] = None
            if len(found) == size:
                break
        return list(found)

    def _ranked(self, terms: Sequence[Term]) -> Iterator[int]:
        bare = [term.folded for term in terms]
        if any(term.accented for term in terms):
            for place in self._exact.holding(_accented(terms)):
                if _matched(self._values[place].text, terms, accents=True):
                    yield place
        yield from self._folded.holding(bare)


def _lines(words: Sequence[Sequence[str]], spelled: Callable[[str], str]) -> "_Lines":
    lines = [f" {' '.join(map(spelled, written))} {_END}" for written in words]
    starts = array("L", [0])
    for line in lines:
        starts.append(starts[-1] + len(line))
    return _Lines("".join(lines), starts)


def _accented(terms: Sequence[Term]) -> list[str]:
    """Return one accented word, the longest, as something to look for; the last is the beginning of one."""
    word = max((term.exact for term in terms if term.accented), key=len)
    return [word]


def _matched(text: str, terms: Sequence[Term], *, accents: bool) -> list[tuple[int, int]]:
    """Return the parts of a value that match the terms, in order; [] where they do not all."""
    parts: list[tuple[int, int]] = []
    waiting = iter(enumerate(terms, start=1))
    number, term = next(waiting)
    for syllable in syllables(text):
        typed, held = (term.exact, syllable.exact) if accents and term.accented else (term.folded, syllable.folded)
        last = number == len(terms)
        if held.startswith(typed) if last else held == typed:
            parts.append((syllable.start, syllable.start + len(typed) if last else syllable.end))
            if last:
                return parts
            number, term = next(waiting)
    return []


def _suggestion(value: _Value, terms: Sequence[Term]) -> Suggestion:
    parts = _matched(value.text, terms, accents=True) or _matched(value.text, terms, accents=False)
    marked = "".join(_marked(value.text, parts))
    return Suggestion(kind=value.kind, text=value.text, count=value.count, highlight=marked)


def _marked(text: str, parts: Iterable[tuple[int, int]]) -> Iterator[str]:
    past = 0
    for start, end in parts:
        yield html.escape(text[past:start])
        yield f"<mark>{html.escape(text[start:end])}</mark>"
        past = end
    yield html.escape(text[past:])
