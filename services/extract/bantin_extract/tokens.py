"""A paragraph's words with their places: the view of text that names, roles, places and organisations are read from."""

import re
from bisect import bisect_left

from bantin_extract.letters import old_tones

_TOKEN = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")


class Tokens:
    """The words of a text: `words[i]` as written, `lower[i]` lower case, old-style tones, `spans[i]` its place."""

    __slots__ = ("capital", "lower", "spans", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [match.span() for match in _TOKEN.finditer(text)]
        self.words = [text[start:end] for start, end in self.spans]
        plain = old_tones(text.lower())
        if len(plain) == len(text):
            self.lower = [plain[start:end] for start, end in self.spans]
        else:
            self.lower = [old_tones(word.lower()) for word in self.words]
        self.capital = [word[0].isupper() for word in self.words]

    def __len__(self) -> int:
        return len(self.spans)

    def gap(self, at: int) -> str:
        """Return what stands between word `at` and the word before it; "\\n" at either end of the text."""
        if 0 < at < len(self.spans):
            return self.text[self.spans[at - 1][1] : self.spans[at][0]]
        return "\n"

    def index_at(self, offset: int) -> int:
        """Return the index of the first word that starts at `offset` or later."""
        return bisect_left(self.spans, (offset, 0))

    def slice(self, first: int, past: int) -> tuple[str, int, int]:
        """Return the text from word `first` to word `past - 1`, with its offsets."""
        start, end = self.spans[first][0], self.spans[past - 1][1]
        return self.text[start:end], start, end
