"""Cutting a body into fragments to show: whole sentences where they fit, never inside a word or a mark."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

SHORTEST: Final = 160
"""Characters from which a fragment ends with its sentence."""

LONGEST: Final = 240
"""Characters that a fragment may have, save for what has no place to cut: then twice as many."""

_PARAGRAPH: Final = re.compile(r"\S[^\n]*")
_WORD: Final = re.compile(r"\S+")
_SENTENCE_END: Final = re.compile(r"(?<![.!?…;])[.!?…;]++[\"”’)\]]*+\Z")
_SENTENCE_TAIL: Final = 8
"""Characters of a word's end in which its punctuation is looked for."""


class Span(NamedTuple):
    """A stretch of text, in code points."""

    start: int
    end: int


class _Break(NamedTuple):
    """A place where the text may be cut, `sentence` where a sentence ends there."""

    place: int
    sentence: bool


def fragments(text: str, marks: Sequence[Span]) -> list[Span]:
    """Cut a text into fragments that cover all its words, in order and apart from each other.

    `marks` are stretches to keep whole, in order. Linear in the text.
    """
    kept = frozenset(place for mark in marks for place in range(mark.start + 1, mark.end))
    return [span for paragraph in _PARAGRAPH.finditer(text) for span in _paragraph(text, Span(*paragraph.span()), kept)]


def _paragraph(text: str, paragraph: Span, kept: frozenset[int]) -> Iterator[Span]:
    breaks = list(_breaks(text, paragraph, kept))
    first = 0
    while first < len(breaks) - 1:
        last = _end(breaks, first)
        start, end = breaks[first].place, breaks[last].place
        yield Span(start, start + len(text[start:end].rstrip()))
        first = last


def _end(breaks: Sequence[_Break], first: int) -> int:
    """Return which break ends the fragment that begins at `first`."""
    word, sentence = first + 1, 0
    for place in range(first + 1, len(breaks)):
        length = breaks[place].place - breaks[first].place
        if length > LONGEST:
            break
        word = place
        if breaks[place].sentence:
            sentence = place
            if length >= SHORTEST:
                break
    else:
        return len(breaks) - 1
    long_enough = breaks[sentence].place - breaks[first].place >= SHORTEST // 2
    return sentence if sentence and long_enough else word


def _breaks(text: str, paragraph: Span, kept: frozenset[int]) -> Iterator[_Break]:
    places = [_Break(paragraph.start, True)]
    ended = False
    for word in _WORD.finditer(text, paragraph.start, paragraph.end):
        if word.start() not in kept and word.start() > paragraph.start:
            places.append(_Break(word.start(), ended))
        ended = bool(_SENTENCE_END.search(text, max(word.start(), word.end() - _SENTENCE_TAIL), word.end()))
    places.append(_Break(paragraph.end, True))
    for here, following in pairwise(places):
        yield here
        if following.place - here.place > 2 * LONGEST:
            forced = range(here.place + LONGEST, following.place, LONGEST)
            yield from (_Break(place, False) for place in forced if place not in kept)
    yield places[-1]
