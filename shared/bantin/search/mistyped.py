"""Words with a typing error, read as what was meant: those that are no syllable and that no article holds.

A name or a foreign word is right as soon as one article holds it. What was meant is one typing error away; of several
such words the one that articles hold beside the neighbours that were typed, else the most frequent.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bantin.search.clauses import TextField
from bantin.search.spellings import likely_edits
from bantin.search.synonyms import load_synonyms
from bantin.search.words import parse_words, plain_runs
from bantin.vietnamese.spelling import spellings
from bantin.vietnamese.syllables import JOINT, Syllable
from bantin.vietnamese.typing import read_keys

MOST_MISTYPED: Final = 8
"""A text with more words that are no syllables is another language, and stays as it is."""

_SHORTEST: Final = 3
"""Fewer letters are an abbreviation."""


class Asked(NamedTuple):
    """A question to the index: how many articles hold each of the tokens?"""

    field: TextField
    tokens: tuple[str, ...]


Counts = Mapping[str, int]


class _Place(NamedTuple):
    """A word that may be mistyped, and those typed beside it."""

    word: Syllable
    before: str | None
    after: str | None

    def pairs(self, meant: str) -> list[str]:
        """Return the pairs that the word would make with its neighbours."""
        before = [self.before + JOINT + meant] if self.before else []
        return before + ([meant + JOINT + self.after] if self.after else [])


def read_as_meant(text: str) -> Generator[Asked, Counts, str]:
    """Return the text with its mistyped words, neither quoted nor excluded ones, as they were meant.

    It asks the index as a generator, so that engines answer in their own ways: not at all where every word is a
    syllable, three times at most.
    """
    places = [place for run in plain_runs(text) for place in _doubtful(run)]
    if places:
        understood = parse_words(text).alternatives
        places = [place for place in places if place.word.folded not in understood]
    if not 0 < len(places) <= MOST_MISTYPED:
        return text
    held = yield Asked(TextField.WORDS_FOLDED, _distinct(place.word.folded for place in places))
    wrong = [(place, likely_edits(place.word.folded)) for place in places if not held[place.word.folded]]
    edits = _distinct(edit for _, each in wrong for edit in each)
    if not edits:
        return text
    alone = yield Asked(TextField.WORDS_FOLDED, edits)
    choices = [(place, [edit for edit in each if alone[edit]]) for place, each in wrong]
    pairs = _distinct(pair for place, each in choices for edit in each for pair in place.pairs(edit))
    beside: Counts = {}
    if pairs:
        beside = yield Asked(TextField.PAIRS_FOLDED, pairs)
    for place, each in reversed(choices):
        if each:
            meant = max(each, key=lambda edit: (sum(beside[pair] for pair in place.pairs(edit)), alone[edit]))
            text = text[: place.word.start] + meant + text[place.word.end :]
    return text


def _doubtful(run: Sequence[Syllable]) -> list[_Place]:
    """Return the places of a run whose words are no syllables, nor keys of one."""
    if all(spellings(one.folded) for one in run):
        return []
    words = [None, *(one.folded for one in run), None]
    places = [_Place(word, *beside) for word, *beside in zip(run, words, words[2:], strict=False)]
    typed = [one.exact for one in run]
    meant = read_keys(typed, load_synonyms().abbreviations)
    return [
        place for place, keys, word in zip(places, typed, meant, strict=True) if keys == word and _misspelt(place.word)
    ]


def _misspelt(word: Syllable) -> bool:
    return len(word.folded) >= _SHORTEST and word.folded.isalpha() and not spellings(word.folded)


def _distinct(tokens: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tokens))
