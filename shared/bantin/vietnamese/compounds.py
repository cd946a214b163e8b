"""Words of several syllables, found in a text by longest match in a lexicon: `phát triển kinh tế` is two of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from bantin.vietnamese.comparison import folded
from bantin.vietnamese.syllables import JOINT

_Compound = tuple[str, ...]
_Lexicon = Mapping[tuple[str, str], Sequence[_Compound]]
"""Compounds by their first two syllables, the longest first."""


def compound_words(exact: Sequence[str]) -> list[str]:
    """Return a text's words, from its canonical syllables: a compound is one token, any other syllable its own.

    Longest match from the left: linear in the text.
    """
    return list(_cut(exact, _lexicon()))


def folded_compound_words(bare: Sequence[str]) -> list[str]:
    """Return a text's words, from its syllables without accents; what is a compound with some accents is one."""
    return list(_cut(bare, _folded_lexicon()))


def _cut(syllables: Sequence[str], lexicon: _Lexicon) -> Iterator[str]:
    past = 0
    for place, pair in enumerate(zip_longest(syllables, syllables[1:], fillvalue="")):
        if place < past:
            continue
        past = place + 1
        for compound in lexicon.get(pair, ()):
            if tuple(syllables[place : place + len(compound)]) == compound:
                past = place + len(compound)
                break
        yield JOINT.join(syllables[place:past])


@cache
def _lexicon() -> _Lexicon:
    return _by_beginning(_compounds())


@cache
def _folded_lexicon() -> _Lexicon:
    return _by_beginning({tuple(folded(syllable) for syllable in compound) for compound in _compounds()})


def _compounds() -> Iterator[_Compound]:
    text = files("bantin.vietnamese").joinpath("data/compounds.txt").read_text("utf-8")
    return (tuple(line.split()) for line in text.splitlines() if not line.startswith("#"))


def _by_beginning(compounds: Iterable[_Compound]) -> _Lexicon:
    grouped: dict[tuple[str, str], list[_Compound]] = defaultdict(list)
    for compound in compounds:
        grouped[compound[0], compound[1]].append(compound)
    return {beginning: sorted(group, key=len, reverse=True) for beginning, group in grouped.items()}
