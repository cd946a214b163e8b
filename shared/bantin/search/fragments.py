"""Cutting a paragraph into fragments to show: whole sentences where they fit, never inside a word or a mark."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

SHORTEST: Final = 160
"""Characters from which a fragment ends with its sentence."""

LONGEST: Final = 240
"""Characters that a fragment may have, save where a mark is in the way."""

_PARAGRAPH: Final = re.compile(r"\S[^\n]*")
_SENTENCE_START: Final = re.compile(r"[.!?…;\"”’)\]]\s++(?=\S)")
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
    sentences = [place for place in _sentences(text, paragraph) if place not in kept]
    start = paragraph.start
    while start < paragraph.end:
        end = paragraph.end
        if end - start > LONGEST:
            end = _after_sentence(start, sentences) or _after_word(text, Span(start, end), kept)
        yield Span(start, start + len(text[start:end].rstrip()))
        start = end


def _after_sentence(start: int, sentences: Sequence[int]) -> int | None:
    """Return the end of a sentence at which a fragment ends well, if there is one."""
    long_enough = bisect_left(sentences, start + SHORTEST)
    if long_enough < len(sentences) and sentences[long_enough] <= start + LONGEST:
        return sentences[long_enough]
    if long_enough and sentences[long_enough - 1] >= start + SHORTEST // 2:
        return sentences[long_enough - 1]
    return None


def _after_word(text: str, rest: Span, kept: frozenset[int]) -> int:
    """Return the last place before a word that is near enough; where no word begins, any place outside marks."""
    limit = rest.start + LONGEST
    for place in range(limit, rest.start, -1):
        if text[place - 1].isspace() and not text[place].isspace() and place not in kept:
            return place
    return next((place for place in range(limit, rest.end) if place not in kept), rest.end)


def _sentences(text: str, paragraph: Span) -> Iterator[int]:
    for found in _SENTENCE_START.finditer(text, paragraph.start, paragraph.end):
        blank = found.start() + 1
        if _SENTENCE_END.search(text, max(paragraph.start, blank - _TAIL), blank):
            yield found.end()
