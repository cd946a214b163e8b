"""A paragraph's words with their places: the view of text that names, roles, places and organisations are read from."""

import re
from bisect import bisect_left
from collections.abc import Container
from itertools import accumulate, compress, count
from operator import add
from typing import TypeVar, cast

from bantin_extract.text.glued_words import unglued
from bantin_extract.text.letters import old_tones

_TOKEN = re.compile(r"([^\W_]+(?:['’`][^\W_]+)*)")
_MAX_KNOWN = 65_536
_MAX_KEPT = 40
_BLANK = [" "]
_NONE = frozenset((None,))
Value = TypeVar("Value")


class _Lower(dict[str, str | None]):
    """Lower case with old-style tones of the words seen so far, of few thousand; None for no word, or two glued."""

    def __missing__(self, written: str) -> str | None:
        whole = _TOKEN.fullmatch(written) and len(unglued(written)) == 1
        return _kept(self, written, old_tones(written.lower()) if whole else None)


class _Capital(dict[str, bool]):
    """Whether the words seen so far begin with a capital."""

    def __missing__(self, word: str) -> bool:
        return _kept(self, word, word[0].isupper())


class _Mixed(dict[str, tuple[str, list[str], list[str], list[str]]]):
    """What stands between blanks and is no word: what stands before its first word, its words, and what after each."""

    def __missing__(self, written: str) -> tuple[str, list[str], list[str], list[str]]:
        before, *printed = _TOKEN.split(f"{written} ")
        parts: list[str] = []
        for word, gap in zip(printed[::2], printed[1::2], strict=True):
            for piece in unglued(word):
                parts += (piece, "")
            parts[-1] = gap
        words = parts[::2]
        return _kept(self, written, (before, words, [old_tones(word.lower()) for word in words], parts[1::2]))


def _kept(known: dict[str, Value], written: str, value: Value) -> Value:
    """Keep a value for the next text; long texts without blanks are not kept."""
    if len(written) <= _MAX_KEPT:
        if len(known) >= _MAX_KNOWN:
            known.clear()
        known[written] = value
    return value


_LOWER, _CAPITAL, _MIXED = _Lower(), _Capital(), _Mixed()


class Tokens:
    """The words of a text, read once and shared by all grammars.

    `words[i]` as written, `lower[i]` lower case with old-style tones, `spans[i]` its place, `capital[i]` whether it
    begins with a capital.
    """

    __slots__ = ("_gaps", "_lead", "_spans", "capital", "lower", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words, self.lower, gaps = _read(text)
        self.capital = list(map(_CAPITAL.__getitem__, self.words))
        self._lead = len(gaps[0])
        gaps[0] = gaps[-1] = "\n"
        self._gaps = gaps
        self._spans: list[tuple[int, int]] | None = None

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The words' places; counted only where a value was found, which most paragraphs have none of."""
        if self._spans is None:
            sizes = list(map(len, self.words))
            starts = list(accumulate(map(add, sizes, map(len, self._gaps[1:])), initial=self._lead))
            self._spans = list(zip(starts, map(add, starts, sizes), strict=False))
        return self._spans

    def __len__(self) -> int:
        return len(self.words)

    def where(self, vocabulary: Container[str]) -> list[int]:
        """Return the indices of the words whose lower form the vocabulary has."""
        return list(compress(count(), map(vocabulary.__contains__, self.lower)))

    def gap(self, at: int) -> str:
        """Return what stands between word `at` and the word before it; "\\n" at either end of the text."""
        return self._gaps[at] if at < len(self._gaps) else "\n"

    def index_at(self, offset: int) -> int:
        """Return the index of the first word that starts at `offset` or later."""
        return bisect_left(self.spans, (offset, 0))

    def slice(self, first: int, past: int) -> tuple[str, int, int]:
        """Return the text from word `first` to word `past - 1`, with its offsets."""
        start, end = self.spans[first][0], self.spans[past - 1][1]
        return self.text[start:end], start, end


def _read(text: str) -> tuple[list[str], tuple[str, ...], list[str]]:
    """Return the words of a text, their lower forms, and what stands before each of them and behind the last.

    Most of what stands between two blanks is a word; only the rest is looked at.
    """
    written = text.split(" ")
    known = list(map(_LOWER.__getitem__, written))
    words: list[str] = []
    lower: list[str | None] = []
    gaps = [""]
    past = 0
    for at in compress(count(), map(_NONE.__contains__, known)):
        words += written[past:at]
        lower += known[past:at]
        gaps += _BLANK * (at - past)
        past = at + 1
        before, mixed_words, mixed_lower, mixed_gaps = _MIXED[written[at]]
        gaps[-1] += before
        words += mixed_words
        lower += mixed_lower
        gaps += mixed_gaps
    words += written[past:]
    lower += known[past:]
    gaps += _BLANK * (len(written) - past)
    return words, cast("tuple[str, ...]", tuple(lower)), gaps
