"""A paragraph's words with their places: the view of text that names, roles, places and organisations are read from."""

import re
from bisect import bisect_left
from collections.abc import Container
from itertools import accumulate, compress, count

from bantin_extract.letters import old_tones

_TOKEN = re.compile(r"([^\W_]+(?:['’`][^\W_]+)*)")
_PLAIN_TOKEN = re.compile(r"(\w+)")
"""The same where no apostrophe and no underscore stands, matched in half the time."""
_JOINING = ("'", "’", "`", "_")
_MAX_KNOWN = 65_536


class _Lower(dict[str, str]):
    """Lower case with old-style tones of the words seen so far: Vietnamese has few thousand syllables."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MAX_KNOWN:
            self.clear()
        lower = self[word] = old_tones(word.lower())
        return lower


_LOWER = _Lower()


class Tokens:
    """The words of a text, read once and shared by all grammars.

    `words[i]` as written, `lower[i]` lower case with old-style tones, `spans[i]` its place, `capital[i]` whether it
    begins with a capital.
    """

    __slots__ = ("_gaps", "_parts", "_spans", "capital", "lower", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        parts = (_TOKEN if any(mark in text for mark in _JOINING) else _PLAIN_TOKEN).split(text)
        self.words = parts[1::2]
        self._parts = parts
        self._spans: list[tuple[int, int]] | None = None
        self._gaps = ["\n", *parts[2:-1:2], "\n"]
        self.lower = tuple(map(_LOWER.__getitem__, self.words))
        self.capital = [word[0].isupper() for word in self.words]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The words' places; counted only where a value was found, which most paragraphs have none of."""
        if self._spans is None:
            ends = list(accumulate(map(len, self._parts)))
            self._spans = list(zip(ends[::2], ends[1::2], strict=False))
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
