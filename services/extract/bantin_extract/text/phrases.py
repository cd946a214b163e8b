"""Recognises known wording word by word: phrase tables looked up from a text's first words, never by scanning."""

from collections.abc import Iterable

from bantin_extract.text.letters import words


class PhraseTable:
    """A set of phrases, compared by their words (case, punctuation and tone placement do not matter)."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_start: dict[str, tuple[int, dict[str, list[tuple[int, tuple[str, ...]]]]]] = {}
        """First word → 1 where it is a phrase by itself, and the longer phrases by their second word, longest first."""
        for first, *further in {split for phrase in phrases if (split := words(phrase))}:
            alone, longer = self._by_start.get(first, (0, {}))
            if further:
                longer.setdefault(further[0], []).append((len(further) + 1, (first, *further)))
            self._by_start[first] = (alone or int(not further), longer)
        for _, longer in self._by_start.values():
            for options in longer.values():
                options.sort(reverse=True)
        self.first_words = frozenset(self._by_start)

    def match_length(self, text_words: tuple[str, ...], at: int = 0) -> int:
        """Return how many words the longest phrase that begins at word `at` has; 0 where none does."""
        if at >= len(text_words) or (start := self._by_start.get(text_words[at])) is None:
            return 0
        alone, longer = start
        if longer and at + 1 < len(text_words) and (options := longer.get(text_words[at + 1])):
            for length, phrase in options:
                if length == 2 or text_words[at : at + length] == phrase:
                    return length
        return alone

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
