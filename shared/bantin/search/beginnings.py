"""The beginnings of names that people type, and the other words in which a value may hold them.

Abbreviations are written out, kinds of documents are named, kinds of places are left out, and halves of names joined
where an apostrophe is (`R'lấp`). What is added has no accents: none were typed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final, Literal, NamedTuple

from bantin.search.synonyms import load_synonyms
from bantin.search.understanding.documents import kind_names
from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.syllables import Syllable, cut, folded_syllables
from bantin.vietnamese.tables import SYLLABLE

MOST_WRITTEN_OUT: Final = 6
"""So many wordings of one text are looked for, itself among them."""

LONGEST: Final = 32
"""Words of a text in which abbreviations are looked for."""

APOSTROPHES: Final = "'’ʼ‘`´"
_JOINED: Final = re.compile(rf"{SYLLABLE}(?:[{APOSTROPHES}]{SYLLABLE})*")
_WITHIN: Final = re.compile(rf"(?<=[^\W_])[{APOSTROPHES}](?=[^\W_])")

_KINDS_OF_PLACES: Final = tuple(
    tuple(folded_syllables(kind))
    for kind in ("thành phố", "thị xã", "thị trấn", "tỉnh", "huyện", "quận", "xã", "phường", "tp", "tx", "h", "q")
)
_LONGEST_KIND: Final = 4
_KIND_AND_NUMBER: Final = re.compile(r"([a-z]+)(\d+)")
_NUMBERED: Final = "so"

Words = tuple[str, ...]


class Beginning(NamedTuple):
    """Words of which a value holds the last as the beginning of one; with a `kind`, only values of that kind."""

    words: Words
    kind: Literal["place", "document"] | None = None


def without_apostrophes(text: str) -> str:
    """Return a text with the words joined between which an apostrophe stands: `Đắk R'lấp` as `Đắk Rlấp`."""
    return _WITHIN.sub("", text) if any(mark in text for mark in APOSTROPHES) else text


def joined_syllables(text: str) -> list[Syllable]:
    """Return the syllables of a text with those joined between which an apostrophe stands, each with its place."""
    found = ((one.start(), one.end(), without_apostrophes(one[0])) for one in _JOINED.finditer(text))
    return [Syllable(start, end, canonical(word), folded(word)) for start, end, word in found]


def end_of_letters(text: str, start: int, count: int) -> int:
    """Return where so many letters end in a text, apostrophes not counted."""
    end = start
    while count and end < len(text):
        count -= text[end] not in APOSTROPHES
        end += 1
    return end


def beginnings(text: str) -> tuple[Beginning, ...]:
    """Return what a text may begin, itself first; nothing for a text without words."""
    return beginnings_of(cut(text), cut(without_apostrophes(text)))


def beginnings_of(*writings: Sequence[str]) -> tuple[Beginning, ...]:
    """Return what the words of each of several writings may begin."""
    found: dict[Words, Beginning] = {}
    for words in filter(None, writings):
        for written in _written_out(tuple(words)):
            found.setdefault(written, Beginning(written))
        for written in _places(tuple(words)):
            found.setdefault(written, Beginning(written, "place"))
        for written in _documents(tuple(words)):
            found.setdefault(written, Beginning(written, "document"))
    return tuple(found.values())


def _written_out(words: Words) -> Iterator[Words]:
    """Give words as they are, then with their abbreviations written out, all of them first."""
    if len(words) > LONGEST:
        return iter((words,))
    bare = tuple(map(folded, words))
    ways: dict[int, list[tuple[int, Words]]] = {}
    for places, others in load_synonyms().of(bare):
        longer = [(len(places), other) for other in others if len(other) > len(places)]
        ways.setdefault(places.start, []).extend(longer)
    return islice(chain((words,), _combined(words, ways, 0)), MOST_WRITTEN_OUT)


def _combined(words: Words, ways: Mapping[int, Iterable[tuple[int, Words]]], place: int) -> Iterator[Words]:
    """Give the words from a place on, in every combination of what may stand for some of them."""
    if place == len(words):
        yield ()
        return
    for size, other in ways.get(place, ()):
        for rest in _combined(words, ways, place + size):
            yield (*other, *rest)
    for rest in _combined(words, ways, place + 1):
        yield (words[place], *rest)


def _places(words: Words) -> Iterator[Words]:
    """Give a place's name behind the word for its kind."""
    bare = tuple(map(folded, words[:2]))
    for kind in _KINDS_OF_PLACES:
        if bare[: len(kind)] == kind and len(words) > len(kind):
            yield words[len(kind) :]


def _documents(words: Words) -> Iterator[Words]:
    """Give a document's kind by name and its number, where a kind is named or its letters stand before a number."""
    parts = tuple(part for word in words for part in _unglued(word))
    bare = tuple(map(folded, parts))
    for size in range(min(_LONGEST_KIND, len(parts)), 0, -1):
        names = kind_names(" ".join(parts[:size]))
        numbered = bare[size : size + 1] == (_NUMBERED,)
        rest = parts[size + numbered :]
        if names and (numbered or size > 1 or (rest and rest[0][0].isdigit())):
            for name in map(folded_syllables, names):
                kind = parts[:size] if list(bare[:size]) == name else name
                yield from ((*kind, *number) for number in _numbers(rest))
            return


def _numbers(words: Words) -> Iterator[Words]:
    yield words
    if words and words[0].isdecimal() and len(words[0]) == 1:
        yield (f"0{words[0]}", *words[1:])


def _unglued(word: str) -> Words:
    glued = _KIND_AND_NUMBER.fullmatch(folded(word))
    return (glued[1], glued[2]) if glued and kind_names(glued[1]) else (word,)
