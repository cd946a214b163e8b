"""Cutting a paragraph into fragments to show: whole sentences where they fit, never inside a word or a mark."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

SHORTEST: Final = 160
"""Characters from which a fragment ends with its sentence."""

LONGEST: Final = 240
"""Characters that a fragment may have, save for what has no place to cut: then twice as many."""

_PARAGRAPH: Final = re.compile(r"\S[^\n]*")
_WORD_START: Final = re.compile(r"(?<=\s)\S")
_SENTENCE_START: Final = re.compile(r"(?<=[.!?…;\"”’)\]])\s++(?=\S)")
_SENTENCE_END: Final = re.compile(r"[.!?…;][\"”’)\]]{0,6}\Z")
_TAIL: Final = 7
"""Characters before a blank that tell whether a sentence ends there."""


class Span(NamedTuple):
    """A stretch of text, in code points."""

    start: int
    end: int


def paragraphs(text: str) -> list[Span]:
    """Return the lines of a text that are not blank."""
    return [Span(*found.span()) for found in _PARAGRAPH.finditer(text)]


def fragments(text: str, paragraph: Span, marks: Sequence[Span] = ()) -> Iterator[Span]:
    """Cut a paragraph into fragments that cover all its words, in order and apart from each other.

    `marks` are stretches to keep whole, in order. Linear in the paragraph.
    """
    kept = frozenset(place for mark in marks for place in range(mark.start + 1, mark.end))
    words = _places(text, paragraph, kept)
    sentences = [place for place in _sentences(text, paragraph) if place not in kept]
    start = paragraph.start
    while start < paragraph.end:
        end = paragraph.end if paragraph.end - start <= LONGEST else _end(start, words, sentences)
        yield Span(start, start + len(text[start:end].rstrip()))
        start = end


def _end(start: int, words: Sequence[int], sentences: Sequence[int]) -> int:
    """Return where the fragment that begins at `start` ends: after a sentence if one fits well, else after a word."""
    long_enough = bisect_left(sentences, start + SHORTEST)
    if long_enough < len(sentences) and sentences[long_enough] <= start + LONGEST:
        return sentences[long_enough]
    if long_enough and sentences[long_enough - 1] >= start + SHORTEST // 2:
        return sentences[long_enough - 1]
    last = bisect_right(words, start + LONGEST) - 1
    return words[last] if words[last] > start else words[last + 1]


def _places(text: str, paragraph: Span, kept: frozenset[int]) -> list[int]:
    """Return where the paragraph may be cut: at words, at its ends, and now and then where there are none."""
    starts = (found.start() for found in _WORD_START.finditer(text, paragraph.start + 1, paragraph.end))
    words = [paragraph.start, *(place for place in starts if place not in kept), paragraph.end]
    forced = [
        place
        for here, following in pairwise(words)
        if following - here > 2 * LONGEST
        for place in range(here + LONGEST, following, LONGEST)
        if place not in kept
    ]
    return sorted([*words, *forced]) if forced else words


def _sentences(text: str, paragraph: Span) -> Iterator[int]:
    for found in _SENTENCE_START.finditer(text, paragraph.start, paragraph.end):
        if _SENTENCE_END.search(text, max(paragraph.start, found.start() - _TAIL), found.start()):
            yield found.end()
