"""Words of several syllables, found in a text by longest match in a lexicon: `phát triển kinh tế` is two of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from bantin.vietnamese.comparison import folded
from bantin.vietnamese.syllables import JOINT

_Compound = tuple[str, ...]
_Lexicon = Mapping[str, Mapping[str, Sequence[_Compound]]]
"""What may follow the first two syllables of compounds, the longest first: most syllables begin none."""


def compound_words(exact: Sequence[str]) -> list[str]:
    """Return a text's words, from its canonical syllables: a compound is one token, any other syllable its own.

    Longest match from the left: linear in the text.
    """
    return _cut(exact, _lexicon())


def folded_compound_words(bare: Sequence[str]) -> list[str]:
    """Return a text's words, from its syllables without accents; what is a compound with some accents is one."""
    return _cut(bare, _folded_lexicon())


def _cut(syllables: Sequence[str], lexicon: _Lexicon) -> list[str]:
    words: list[str] = []
    place, last = 0, len(syllables) - 1
    while place <= last:
        past = place + 1
        if place < last and (seconds := lexicon.get(syllables[place])) and (rests := seconds.get(syllables[past])):
            past = _end(syllables, past, rests)
        words.append(JOINT.join(syllables[place:past]))
        place = past
    return words


def _end(syllables: Sequence[str], second: int, rests: Sequence[_Compound]) -> int:
    """Return where the longest compound ends whose second syllable is there; `second` itself if none goes on so."""
    for rest in rests:
        end = second + 1 + len(rest)
        if not rest or tuple(syllables[second + 1 : end]) == rest:
            return end
    return second


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
    grouped: dict[str, dict[str, list[_Compound]]] = defaultdict(lambda: defaultdict(list))
    for first, second, *rest in compounds:
        grouped[first][second].append(tuple(rest))
    for seconds in grouped.values():
        for rests in seconds.values():
            rests.sort(key=len, reverse=True)
    return {first: dict(seconds) for first, seconds in grouped.items()}
