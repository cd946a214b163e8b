"""Words with a typing error, read as what was meant: those that are no syllable and that no article holds.

A name or a foreign word is right as soon as one article holds it, in this writing or another. What was meant is the
syllable that its keys make, if the keyboard was off, or one typing error away: of several one that articles hold beside
the neighbours that were typed, then that of the keys, then the most frequent. Keys that may be a word and its number
(`nha2`, `quan1`) are read only beside such a neighbour.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from bantin.search.clauses import Lookup, TextField
from bantin.search.spared import spared_words
from bantin.search.spellings import likely_edits
from bantin.search.synonyms import load_synonyms
from bantin.search.words import parse_words, plain_runs
from bantin.vietnamese.comparison import folded
from bantin.vietnamese.spelling import spellings
from bantin.vietnamese.syllables import JOINT, Syllable
from bantin.vietnamese.typing import is_numbered, key_readings, read_keys

MOST_MISTYPED: Final = 8
"""A text with more words that are no syllables is another language, and stays as it is."""

SHORTEST: Final = 3
"""Fewer letters are an abbreviation."""


class Asked(NamedTuple):
    """A question to the index: how many articles hold each of the tokens?"""

    field: TextField
    tokens: tuple[str, ...]


Counts = Mapping[str, int]


class _Place(NamedTuple):
    """A word that may be mistyped, the syllable that its keys make, if any, and the words beside it.

    `parted` are the pairs of words that it may be written as: `r_lấp`, without accents, for `rlấp`.
    """

    word: Syllable
    keyed: str
    before: str | None
    after: str | None
    parted: tuple[str, ...] = ()

    def candidates(self) -> list[str]:
        """Return what may have been meant: the reading of the keys, and words without accents."""
        edits = likely_edits(self.word.folded) if _misspelt(self.word) else []
        return [self.keyed, *edits] if self.keyed else edits

    def pairs(self, meant: str) -> list[str]:
        """Return the pairs that the word would make with its neighbours."""
        bare = folded(meant)
        before = [self.before + JOINT + bare] if self.before else []
        return before + ([bare + JOINT + self.after] if self.after else [])

    def likeliest(self, candidates: Sequence[str], alone: Counts, beside: Counts) -> str | None:
        """Return the likeliest of several candidates, by how many articles hold each and its pairs; None if none is."""

        def likelihood(meant: str) -> tuple[bool, bool, int, int]:
            supporting = sum(beside[pair] for pair in self.pairs(meant))
            return supporting > 0, meant == self.keyed, supporting, alone[folded(meant)]

        likeliest = max(candidates, key=likelihood, default=None)
        if likeliest and is_numbered(self.word.folded) and not likelihood(likeliest)[0]:
            return None
        return likeliest


def read_as_meant(text: str) -> Generator[Asked, Counts, str]:
    """Return the text with its mistyped words, neither quoted nor excluded ones, as they were meant.

    It asks the index as a generator, so that engines answer in their own ways: not at all where every word is a
    syllable, three times at most.
    """
    places = _places(text)
    if not 0 < len(places) <= MOST_MISTYPED:
        return text
    held = yield Asked(TextField.WORDS_FOLDED, _distinct(place.word.folded for place in places))
    wrong = [(place, place.candidates()) for place in places if not held[place.word.folded]]
    asked = _distinct(folded(meant) for _, each in wrong for meant in each)
    if not asked:
        return text
    alone = yield Asked(TextField.WORDS_FOLDED, asked)
    choices = [(place, [meant for meant in each if alone[folded(meant)]]) for place, each in wrong]
    pairs = _distinct(pair for place, each in choices for pair in _asked_of(place, each))
    beside: Counts = {}
    if pairs:
        beside = yield Asked(TextField.PAIRS_FOLDED, pairs)
    for place, each in reversed(choices):
        meant = place.likeliest(each, alone, beside)
        if meant and not any(beside[pair] for pair in place.parted):
            text = text[: place.word.start] + meant + text[place.word.end :]
    return text


def _places(text: str) -> list[_Place]:
    """Return the places whose words are doubtful, and neither named something nor have synonyms."""
    runs = plain_runs(text)
    places = [place for run in runs for place in _doubtful(run, text)]
    if not places:
        return []
    words = parse_words(text)
    spared = spared_words([[one.folded for one in run] for run in runs], words.entities)
    return [
        place._replace(parted=_parted(words.alternatives.get(place.word.folded, ())))
        for place in places
        if place.word.folded not in spared
    ]


def _parted(alternatives: Iterable[Lookup]) -> tuple[str, ...]:
    return tuple(
        JOINT.join(one.tokens) for one in alternatives if one.field == TextField.WORDS_FOLDED and len(one.tokens) == 2
    )


def _asked_of(place: _Place, candidates: Sequence[str]) -> Iterator[str]:
    if candidates:
        yield from place.parted
    for meant in candidates:
        yield from place.pairs(meant)


def _doubtful(run: Sequence[Syllable], text: str) -> list[_Place]:
    """Return the places of a run whose words are no syllables, and not surely the keys of one."""
    written = [text[one.start : one.end] for one in run]
    names = load_synonyms().abbreviations
    meant = read_keys(written, names)
    words = [None, *map(folded, meant), None]
    return [
        _Place(word, keyed, before, after)
        for word, old, new, keyed, before, after in zip(
            run, written, meant, key_readings(written, names), words, words[2:], strict=False
        )
        if old == new and len(word.folded) >= SHORTEST and (keyed or _misspelt(word))
    ]


def _misspelt(word: Syllable) -> bool:
    return len(word.folded) >= SHORTEST and word.folded.isalpha() and not spellings(word.folded)


def _distinct(tokens: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tokens))
