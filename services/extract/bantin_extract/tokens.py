"""A paragraph's words with their places: the view of text that names, roles, places and organisations are read from."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from bantin_extract.letters import old_tones

_TOKEN = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")


@dataclass(frozen=True)
class Tokens:
    """The words of a text. `lower[i]` is in lower case and old tone style; `starts[i]`, `ends[i]` are offsets."""

    text: str

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each word."""
        return [match.span() for match in _TOKEN.finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        """The words as written."""
        return [self.text[start:end] for start, end in self.spans]

    @cached_property
    def lower(self) -> list[str]:
        """The words in one comparable form."""
        joined = old_tones(self.text.lower())
        if len(joined) != len(self.text):
            return [old_tones(word.lower()) for word in self.words]
        return [joined[start:end] for start, end in self.spans]

    @cached_property
    def capital(self) -> list[bool]:
        """Whether each word begins with a capital letter."""
        return [self.text[start].isupper() for start, _ in self.spans]

    def __len__(self) -> int:
        return len(self.spans)

    def gap(self, at: int) -> str:
        """Return what stands between word `at` and the word before it; "\\n" at either end of the text."""
        if at <= 0 or at >= len(self.spans):
            return "\n"
        return self.text[self.spans[at - 1][1] : self.spans[at][0]]

    def index_at(self, offset: int) -> int:
        """Return the index of the first word that starts at `offset` or later."""
        return bisect_left(self.spans, (offset, 0))

    def slice(self, first: int, past: int) -> tuple[str, int, int]:
        """Return the text from word `first` to word `past - 1`, with its offsets."""
        start, end = self.spans[first][0], self.spans[past - 1][1]
        return self.text[start:end], start, end
