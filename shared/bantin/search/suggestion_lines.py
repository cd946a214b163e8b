"""The names that may be suggested, spelled with and without accents, as text that is looked through very quickly."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple, Self

from bantin.search.beginnings import without_apostrophes
from bantin.search.terms import Term
from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.syllables import cut

_END: Final = "\n"
_LAST: Final = "\U0010ffff"
"""No word holds what is no character."""


class Needle(NamedTuple):
    """A word to look for, or the beginning of one."""

    word: str
    whole: bool

    @property
    def text(self) -> str:
        """As it stands in a line."""
        return f" {self.word} " if self.whole else f" {self.word}"


class Vocabulary:
    """The words of a text with how often each occurs."""

    def __init__(self, text: str) -> None:
        counts = Counter(text.split())
        self._words = sorted(counts)
        self._before = array("L", accumulate((counts[word] for word in self._words), initial=0))

    def count(self, needle: Needle) -> int:
        """Return how often a word occurs, or how often those do that begin so."""
        first = bisect_left(self._words, needle.word)
        if needle.whole:
            past = first + (self._words[first : first + 1] == [needle.word])
        else:
            past = bisect_left(self._words, needle.word + _LAST)
        return self._before[past] - self._before[first]


@dataclass(frozen=True, slots=True)
class Lines:
    """One spelling of values, a line each; words stand between blanks."""

    text: str
    starts: "array[int]"
    vocabulary: Vocabulary

    @classmethod
    def of(cls, lines: Iterable[Sequence[str]], spelled: Callable[[str], str]) -> Self:
        """Return the lines of words in a spelling."""
        texts = [f" {' '.join(map(spelled, words))} {_END}" for words in lines]
        text = "".join(texts)
        return cls(text, array("L", accumulate(map(len, texts), initial=0)), Vocabulary(text))

    def rarest(self, needles: Iterable[Needle]) -> tuple[int, Needle]:
        """Return the needle that occurs least often, and how often."""
        return min((self.vocabulary.count(needle), needle) for needle in needles)

    def at(self, needle: Needle) -> Iterator[int]:
        """Give the lines that hold a needle."""
        found = self.text.find(needle.text)
        while found >= 0:
            line = bisect_right(self.starts, found) - 1
            yield line
            found = self.text.find(needle.text, self.starts[line + 1])

    def hold(self, line: int, needles: Sequence[Needle]) -> bool:
        """Say whether a line holds the needles in order."""
        start, end = self.starts[line], self.starts[line + 1]
        for needle in needles:
            found = self.text.find(needle.text, start, end)
            if found < 0:
                return False
            start = found + len(needle.text) - 1
        return True


@dataclass(frozen=True, slots=True)
class Spellings:
    """Both spellings of values, line by line. What has an apostrophe between letters is there without it as well."""

    exact: Lines
    folded: Lines
    ranks: "array[int]"

    @classmethod
    def of(cls, texts: Iterable[tuple[int, str]]) -> Self:
        """Return the spellings of texts by rank, in its order."""
        lines = [(rank, words) for rank, text in texts for words in _writings(text)]
        words = [words for _, words in lines]
        return cls(Lines.of(words, canonical), Lines.of(words, folded), array("L", (rank for rank, _ in lines)))

    def holding(self, terms: Sequence[Term]) -> Iterator[int]:
        """Give the ranks of the values that hold the terms in order, the last as a beginning; accents do not count."""
        needles = _needles(term.folded for term in terms)
        count, rarest = self.folded.rarest(needles)
        if count:
            yield from (self.ranks[line] for line in self.folded.at(rarest) if self.folded.hold(line, needles))

    def with_accents(self, terms: Sequence[Term]) -> Iterator[int]:
        """Give the ranks of those that hold the accents, too, each where one is; none for terms without accents."""
        bare = _needles(term.folded for term in terms)
        written = _needles(term.exact for term in terms)
        exact = [needle for needle, term in zip(written, terms, strict=True) if term.accented]
        if not exact:
            return
        rare, rarest = self.folded.rarest(bare)
        fewer, accented = self.exact.rarest(exact)
        lines = self.exact.at(accented) if fewer < rare else self.folded.at(rarest)
        if rare and fewer:
            yield from (
                self.ranks[line] for line in lines if self.exact.hold(line, exact) and self.folded.hold(line, bare)
            )


def _needles(words: Iterable[str]) -> list[Needle]:
    needles = [Needle(word, whole=True) for word in words]
    return [*needles[:-1], needles[-1]._replace(whole=False)]


def _writings(text: str) -> Iterator[list[str]]:
    yield cut(text)
    joined = without_apostrophes(text)
    if joined != text:
        yield cut(joined)
