"""Highlights and snippets from an article's own text, the same whichever engine found it.

Work is linear in the text. A syllable typed with accents marks its exact spellings, and others only where the
article has no exact one; a quoted phrase marks only as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from bantin.search.fragments import Span, fragments, paragraphs
from bantin.search.query import Highlight
from bantin.search.words import Phrase, Words
from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.syllables import PATTERN

MAX_FRAGMENTS: Final = 3
TERM_WEIGHT: Final = 10
NEIGHBOUR_WEIGHT: Final = 6
MAX_MARK_SYLLABLES: Final = 16
_JOINING: Final = re.compile(r"[^\S\n]+|[-/.]")
"""What may lie inside one mark, between two syllables."""


class Highlights(NamedTuple):
    """The marked fragments, best first, and the best one (without words: the lead) as plain text, not HTML."""

    highlight: Highlight
    snippet: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch to mark, with the terms and phrases that it shows."""

    span: Span
    shows: frozenset[str]
    syllables: int


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A stretch to show, with the marks in it."""

    span: Span
    marks: tuple[_Mark, ...]

    @property
    def weight(self) -> int:
        """How well it shows what is sought: different terms first, then words side by side, then all marks."""
        distinct = frozenset[str]().union(*(mark.shows for mark in self.marks))
        neighbours = max(min(mark.syllables, len(mark.shows) + 1) for mark in self.marks) - 1
        return TERM_WEIGHT * len(distinct) + NEIGHBOUR_WEIGHT * neighbours + min(len(self.marks), TERM_WEIGHT - 1)


class _Shown(dict[str, str | None]):
    """The term that a syllable, as the text writes it, shows; None if it shows none. Filled as syllables come."""

    def __init__(self, words: Words, present: frozenset[str]) -> None:
        super().__init__()
        self._exact = frozenset(term.exact for term in words.terms if term.accented) & present
        self._folded = frozenset(term.folded for term in words.terms if term.exact not in self._exact)

    def __missing__(self, written: str) -> str | None:
        exact, bare = canonical(written), folded(written)
        self[written] = exact if exact in self._exact else bare if bare in self._folded else None
        return self[written]


def highlight(title: str, body: str, words: Words) -> Highlights:
    """Mark the words in title and body."""
    accented = any(term.accented for term in words.terms)
    written = {*PATTERN.findall(title), *PATTERN.findall(body)} if accented else set[str]()
    shown = _Shown(words, frozenset(map(canonical, written)))
    title_span, lines = Span(0, len(title)), paragraphs(body)
    title_marks = tuple(_marks(title, title_span, shown, words.phrases))
    best = _best(body, lines, shown, words.phrases)
    lead = next(fragments(body, lines[0])) if lines else Span(0, 0)
    snippet = best[0].span if best else lead
    return Highlights(
        Highlight(
            title=(_marked(title, _Fragment(title_span, title_marks)),) if title_marks else (),
            body=tuple(_marked(body, fragment) for fragment in best),
        ),
        body[snippet.start : snippet.end],
    )


def _best(body: str, lines: Sequence[Span], shown: _Shown, phrases: Sequence[Phrase]) -> list[_Fragment]:
    """Return the fragments that show most, best first."""
    found: list[_Fragment] = []
    for line in lines:
        marks = list(_marks(body, line, shown, phrases))
        if marks:
            found.extend(_with_marks(fragments(body, line, [mark.span for mark in marks]), marks))
    return sorted(found, key=lambda fragment: -fragment.weight)[:MAX_FRAGMENTS]


def _with_marks(spans: Iterator[Span], marks: Sequence[_Mark]) -> Iterator[_Fragment]:
    """Give the fragments that hold marks; both are in order, and no fragment cuts a mark."""
    first = 0
    for span in spans:
        last = first
        while last < len(marks) and marks[last].span.start < span.end:
            last += 1
        if last > first:
            yield _Fragment(span, tuple(marks[first:last]))
        first = last


def _marks(text: str, part: Span, shown: _Shown, phrases: Sequence[Phrase]) -> Iterator[_Mark]:
    """Give the marks of a part of a text in order, neighbours joined."""
    written: list[str] = PATTERN.findall(text, *part)
    shows = [shown[syllable] for syllable in written]
    if phrases:
        _show_phrases(shows, [canonical(syllable) for syllable in written], phrases)
    if not any(shows):
        return
    spans = [found.span() for found in PATTERN.finditer(text, *part)]
    run: list[int] = []
    for place, show in enumerate(shows):
        if run and (show is None or len(run) == MAX_MARK_SYLLABLES or not _joined(text, spans, place)):
            yield _mark(spans, run, shows)
            run = []
        if show is not None:
            run.append(place)
    if run:
        yield _mark(spans, run, shows)


def _show_phrases(shows: list[str | None], exact: Sequence[str], phrases: Sequence[Phrase]) -> None:
    for phrase in phrases:
        size = len(phrase.syllables)
        for place in _occurrences(exact, phrase.syllables):
            shows[place : place + size] = [" ".join(phrase.syllables)] * size


def _occurrences(exact: Sequence[str], phrase: Sequence[str]) -> Iterator[int]:
    """Give the places at which a phrase begins (Knuth, Morris, Pratt: no text makes it slow)."""
    borders = [0] * len(phrase)
    matched = 0
    for place in range(1, len(phrase)):
        while matched and phrase[place] != phrase[matched]:
            matched = borders[matched - 1]
        matched += phrase[place] == phrase[matched]
        borders[place] = matched
    matched = 0
    for place, syllable in enumerate(exact):
        while matched and (matched == len(phrase) or syllable != phrase[matched]):
            matched = borders[matched - 1]
        matched += syllable == phrase[matched]
        if matched == len(phrase):
            yield place - len(phrase) + 1


def _joined(text: str, spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Say whether a syllable shares the mark of the one before it."""
    return _JOINING.fullmatch(text, spans[place - 1][1], spans[place][0]) is not None


def _mark(spans: Sequence[tuple[int, int]], run: Sequence[int], shows: Sequence[str | None]) -> _Mark:
    shown = frozenset(filter(None, (shows[place] for place in run)))
    return _Mark(Span(spans[run[0]][0], spans[run[-1]][1]), shown, len(run))


def _marked(text: str, fragment: _Fragment) -> str:
    parts: list[str] = []
    end = fragment.span.start
    for mark in fragment.marks:
        start, stop = mark.span
        parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return "".join([*parts, escape(text[end : fragment.span.end])])
