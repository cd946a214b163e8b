"""Highlights and snippets from an article's own text, the same whichever engine found it.

Work is linear in the text. A syllable typed with accents marks its exact spellings, and others only where the
article has no exact one; a quoted phrase marks only as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from bantin.search.fragments import Span, fragments
from bantin.search.query import Highlight
from bantin.search.words import Phrase, Words
from bantin.vietnamese.syllables import Syllable, syllables

MAX_FRAGMENTS: Final = 3
TERM_WEIGHT: Final = 10
NEIGHBOUR_WEIGHT: Final = 6
_JOINING: Final = re.compile(r"[^\S\n]+|[-/.]")
"""What may lie inside one mark, between two syllables."""

MAX_MARK_SYLLABLES: Final = 16


class Highlights(NamedTuple):
    """The marked fragments, best first, and the best one (without words: the lead) as plain HTML-escaped text."""

    highlight: Highlight
    snippet: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch to mark, with the terms and phrases that it shows."""

    start: int
    end: int
    shows: frozenset[str]
    syllables: int


def highlight(title: str, body: str, words: Words) -> Highlights:
    """Mark the words in title and body."""
    title_syllables, body_syllables = syllables(title), syllables(body)
    wanted = _Wanted.of(words, [*title_syllables, *body_syllables])
    title_marks = list(_marks(title, title_syllables, wanted))
    body_marks = list(_marks(body, body_syllables, wanted))
    spans = fragments(body, [Span(mark.start, mark.end) for mark in body_marks])
    best = _best(spans, body_marks)
    lead = spans[0] if spans else Span(0, 0)
    shown = best[0][0] if best else lead
    marked_title = (_marked(title, Span(0, len(title)), title_marks),) if title_marks else ()
    marked_body = tuple(_marked(body, span, inside) for span, inside in best)
    return Highlights(Highlight(title=marked_title, body=marked_body), escape(body[shown.start : shown.end]))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which syllables and phrases to mark in one article."""

    exact: frozenset[str]
    folded: frozenset[str]
    phrases: tuple[Phrase, ...]

    @classmethod
    def of(cls, words: Words, present: Sequence[Syllable]) -> "_Wanted":
        accented = {term for term in words.terms if term.accented}
        found = {syllable.exact for syllable in present} if accented else set[str]()
        exact = frozenset(term.exact for term in accented if term.exact in found)
        missing = (term.folded for term in words.terms if term.exact not in exact)
        return cls(exact, frozenset(missing), words.phrases)


def _marks(text: str, cut: Sequence[Syllable], wanted: _Wanted) -> Iterator[_Mark]:
    """Give the marks of a text in order, neighbours joined."""
    shows: list[str | None] = [_shown(syllable, wanted) for syllable in cut]
    for phrase in wanted.phrases:
        for place in _occurrences(cut, phrase.syllables):
            shows[place : place + len(phrase.syllables)] = [" ".join(phrase.syllables)] * len(phrase.syllables)
    run: list[int] = []
    for place, shown in enumerate(shows):
        if run and (shown is None or len(run) == MAX_MARK_SYLLABLES or not _joined(text, cut, place)):
            yield _mark(cut, run, shows)
            run = []
        if shown is not None:
            run.append(place)
    if run:
        yield _mark(cut, run, shows)


def _joined(text: str, cut: Sequence[Syllable], place: int) -> bool:
    """Say whether a syllable shares the mark of the one before it."""
    return _JOINING.fullmatch(text, cut[place - 1].end, cut[place].start) is not None


def _shown(syllable: Syllable, wanted: _Wanted) -> str | None:
    if syllable.exact in wanted.exact:
        return syllable.exact
    return syllable.folded if syllable.folded in wanted.folded else None


def _occurrences(cut: Sequence[Syllable], phrase: tuple[str, ...]) -> Iterator[int]:
    """Give the places at which a phrase begins (Knuth, Morris, Pratt: no text makes it slow)."""
    borders = [0] * len(phrase)
    matched = 0
    for place in range(1, len(phrase)):
        while matched and phrase[place] != phrase[matched]:
            matched = borders[matched - 1]
        matched += phrase[place] == phrase[matched]
        borders[place] = matched
    matched = 0
    for place, syllable in enumerate(cut):
        while matched and (matched == len(phrase) or syllable.exact != phrase[matched]):
            matched = borders[matched - 1]
        matched += syllable.exact == phrase[matched]
        if matched == len(phrase):
            yield place - len(phrase) + 1


def _mark(cut: Sequence[Syllable], run: Sequence[int], shows: Sequence[str | None]) -> _Mark:
    shown = frozenset(filter(None, (shows[place] for place in run)))
    return _Mark(cut[run[0]].start, cut[run[-1]].end, shown, len(run))


def _best(spans: Sequence[Span], marks: Sequence[_Mark]) -> list[tuple[Span, list[_Mark]]]:
    """Return the fragments that show most, best first."""
    scored: list[tuple[int, int, Span, list[_Mark]]] = []
    last = 0
    for number, span in enumerate(spans):
        inside: list[_Mark] = []
        while last < len(marks) and marks[last].start < span.end:
            inside.append(marks[last])
            last += 1
        if inside:
            scored.append((-_weight(inside), number, span, inside))
    return [(span, inside) for _, _, span, inside in sorted(scored, key=lambda entry: entry[:2])[:MAX_FRAGMENTS]]


def _weight(marks: Sequence[_Mark]) -> int:
    """Say how well a fragment shows what is sought: different terms first, then words side by side, then all marks."""
    distinct = frozenset[str]().union(*(mark.shows for mark in marks))
    neighbours = max(min(mark.syllables, len(mark.shows) + 1) for mark in marks) - 1
    return TERM_WEIGHT * len(distinct) + NEIGHBOUR_WEIGHT * neighbours + min(len(marks), TERM_WEIGHT - 1)


def _marked(text: str, span: Span, marks: Sequence[_Mark]) -> str:
    parts: list[str] = []
    end = span.start
    for mark in marks:
        parts += [escape(text[end : mark.start]), "<mark>", escape(text[mark.start : mark.end]), "</mark>"]
        end = mark.end
    return "".join([*parts, escape(text[end : span.end])])
