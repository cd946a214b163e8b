"""Highlights and snippets from an article's own text, the same whichever engine found it.

Work is linear in the text, of which a body's first READ characters are looked at. A syllable typed with accents marks
its exact spellings, and others only where the article has no exact one; a quoted phrase marks only as a whole.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from bantin.search.fragments import Span, fragments, paragraphs
from bantin.search.occurrences import Occurrence, occurrences
from bantin.search.query import Highlight
from bantin.search.words import Phrase, Words
from bantin.vietnamese.comparison import canonical, folded

READ: Final = 100_000
"""Characters of a body that are looked at: a long report; what lies behind them is found, and not shown."""

MAX_FRAGMENTS: Final = 3
TERM_WEIGHT: Final = 10
NEIGHBOUR_WEIGHT: Final = 6
MAX_MARK_SYLLABLES: Final = 16
_JOINING: Final = re.compile(r"[^\S\n]+|[-/.]")
"""What may lie inside one mark, between two syllables."""
_SYLLABLE_START: Final = re.compile(r"[^\W_]")


class Highlights(NamedTuple):
    """The marked fragments, best first, and the best one (without words: the lead) as plain text, not HTML."""

    highlight: Highlight
    snippet: str


class _Mark(NamedTuple):
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


class _Whole(NamedTuple):
    """What marks only as a whole: quoted phrases, and without accents other wordings of the words (UBND)."""

    phrases: Sequence[Phrase]
    wordings: Sequence[tuple[str, ...]]


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
    body = body[:READ]
    sought = {term.folded for term in words.terms}
    sought |= {folded(syllable) for phrase in words.phrases for syllable in phrase.syllables}
    whole = _Whole(words.phrases, words.other_wordings)
    sought.update(*whole.wordings)
    in_title, in_body = occurrences(title, sought), occurrences(body, sought)
    shown = _Shown(words, frozenset(canonical(found.written) for found in (*in_title, *in_body)))
    title_span, lines = Span(0, len(title)), paragraphs(body)
    title_marks = tuple(_marks(title, in_title, shown, whole))
    best = _best(body, _by_line(lines, in_body), shown, whole)
    snippet = best[0].span if best else _lead(body, lines)
    return Highlights(
        Highlight(
            title=(_marked(title, _Fragment(title_span, title_marks)),) if title_marks else (),
            body=tuple(_marked(body, fragment) for fragment in best),
        ),
        body[snippet.start : snippet.end],
    )


def _lead(body: str, lines: Sequence[Span]) -> Span:
    return next(fragments(body, lines[0])) if lines else Span(0, 0)


def _by_line(lines: Sequence[Span], found: Sequence[Occurrence]) -> Iterator[tuple[Span, Sequence[Occurrence]]]:
    """Give the lines that hold any of what was found, with it; both are in order."""
    first = 0
    for line in lines:
        past = bisect_left(found, line.end, lo=first, key=lambda one: one.start)
        if past > first:
            yield line, found[first:past]
        first = past


def _best(
    body: str, lines: Iterable[tuple[Span, Sequence[Occurrence]]], shown: _Shown, whole: _Whole
) -> list[_Fragment]:
    """Return the fragments that show most, best first."""
    found: list[_Fragment] = []
    for line, occurring in lines:
        marks = list(_marks(body, occurring, shown, whole))
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


def _marks(text: str, found: Sequence[Occurrence], shown: _Shown, whole: _Whole) -> Iterator[_Mark]:
    """Give the marks of a part of a text in order, neighbours joined."""
    for neighbours in _neighbourhoods(text, found) if any(whole) else (found,):
        shows = [shown[one.written] for one in neighbours]
        if whole.wordings:
            _show_whole(shows, [folded(one.written) for one in neighbours], whole.wordings)
        _show_whole(shows, [canonical(one.written) for one in neighbours], [one.syllables for one in whole.phrases])
        yield from _joined_marks(text, neighbours, shows)


def _neighbourhoods(text: str, found: Sequence[Occurrence]) -> Iterator[Sequence[Occurrence]]:
    """Cut what was found wherever another syllable lies between."""
    first = 0
    for place in range(1, len(found)):
        if _SYLLABLE_START.search(text, found[place - 1].end, found[place].start):
            yield found[first:place]
            first = place
    yield found[first:]


def _joined_marks(text: str, found: Sequence[Occurrence], shows: Sequence[str | None]) -> Iterator[_Mark]:
    run: list[int] = []
    for place, show in enumerate(shows):
        if run and (show is None or len(run) == MAX_MARK_SYLLABLES or not _joined(text, found, place)):
            yield _mark(found, run, shows)
            run = []
        if show is not None:
            run.append(place)
    if run:
        yield _mark(found, run, shows)


def _show_whole(shows: list[str | None], syllables: Sequence[str], wordings: Iterable[Sequence[str]]) -> None:
    for wording in wordings:
        size = len(wording)
        for place in _occurrences(syllables, wording):
            shows[place : place + size] = [" ".join(wording)] * size


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


def _joined(text: str, found: Sequence[Occurrence], place: int) -> bool:
    """Say whether a syllable shares the mark of the one before it."""
    return _JOINING.fullmatch(text, found[place - 1].end, found[place].start) is not None


def _mark(found: Sequence[Occurrence], run: Sequence[int], shows: Sequence[str | None]) -> _Mark:
    shown = frozenset(filter(None, (shows[place] for place in run)))
    return _Mark(Span(found[run[0]].start, found[run[-1]].end), shown, len(run))


def _marked(text: str, fragment: _Fragment) -> str:
    parts: list[str] = []
    end = fragment.span.start
    for mark in fragment.marks:
        start, stop = mark.span
        parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return "".join([*parts, escape(text[end : fragment.span.end])])
