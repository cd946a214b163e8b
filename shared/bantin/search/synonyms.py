"""Words and phrases that mean the same: a table of ours, and one that an operator adds to it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from bantin.vietnamese.syllables import folded_syllables

_BETWEEN: Final = "="
_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Folded phrases with those that may stand in their place; `longest` is the most syllables that one has.

    `abbreviations` are the wordings of one syllable.
    """

    others: Mapping[_Phrase, tuple[_Phrase, ...]]
    longest: int
    abbreviations: frozenset[str]

    def of(self, words: Sequence[str]) -> Iterator[tuple[range, tuple[_Phrase, ...]]]:
        """Give the places in folded words that have synonyms, with these; the longest phrase at each place counts."""
        place = 0
        while place < len(words):
            size, others = self._at(words, place)
            if others:
                yield range(place, place + size), others
            place += size

    def _at(self, words: Sequence[str], place: int) -> tuple[int, tuple[_Phrase, ...]]:
        for size in range(min(self.longest, len(words) - place), 0, -1):
            if others := self.others.get(tuple(words[place : place + size])):
                return size, others
        return 1, ()


def read_synonyms(text: str) -> Synonyms:
    """Read a table: one group a line, its wordings between `=`; `#` begins a comment.

    Raise ValueError for a line with fewer than two wordings, by its number.
    """
    others: dict[_Phrase, list[_Phrase]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        group = [tuple(folded_syllables(wording)) for wording in line.split(_BETWEEN)]
        if len(group) < 2 or not all(group):
            raise ValueError(
                f"line {number} is no group of synonyms: write two or more wordings with {_BETWEEN!r} between"
            )
        for wording in group:
            others[wording] += [other for other in group if other != wording and other not in others[wording]]
    return Synonyms(
        others={key: tuple(found) for key, found in others.items()},
        longest=max(map(len, others), default=0),
        abbreviations=frozenset(wording[0] for wording in others if len(wording) == 1),
    )


@cache
def load_synonyms(added: Path | None = None) -> Synonyms:
    """Return the platform's table, with an operator's file added. Raise ValueError for a file that is none."""
    text = files("bantin.search").joinpath("data/synonyms.txt").read_text("utf-8")
    if added is None:
        return read_synonyms(text)
    try:
        more = added.read_text("utf-8")
        read_synonyms(more)
    except (OSError, ValueError) as error:
        raise ValueError(f"the synonyms in {added} can't be used: {error}") from error
    return read_synonyms(f"{text}\n{more}")
