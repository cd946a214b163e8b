"""Recognises known wording word by word: phrase tables looked up from a text's first words, never by scanning."""

from collections.abc import Iterable

from bantin_extract.letters import words


class PhraseTable:
    """A set of phrases, compared by their words (case, punctuation and tone placement do not matter)."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for phrase in phrases:
            if split := tuple(words(phrase)):
                self._by_first.setdefault(split[0], []).append((len(split), split))
        for options in self._by_first.values():
            options.sort(reverse=True)
        self.first_words = frozenset(self._by_first)

    def match_length(self, text_words: tuple[str, ...], at: int = 0) -> int:
        """Return how many words the longest phrase that begins at word `at` has; 0 where none does."""
        if at >= len(text_words) or (options := self._by_first.get(text_words[at])) is None:
            return 0
        for length, phrase in options:
            if length == 1 or text_words[at : at + length] == phrase:
                return length
        return 0

    def covered(self, text_words: tuple[str, ...]) -> int:
        """Return how many of the words phrases cover, read from the left, longest first."""
        at = covered = 0
        while at < len(text_words):
            length = self.match_length(text_words, at)
            covered += length
            at += length or 1
        return covered

    def starts(self, text: str) -> bool:
        """Return whether the text begins with one of the phrases."""
        return self.match_length(words(text[:200])) > 0
