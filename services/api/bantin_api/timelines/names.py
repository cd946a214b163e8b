"""Which values of a facet a document or a person goes by, however the request writes the name. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from bantin.search.understanding.documents import kind_letters, kind_names
from bantin.search.understanding.people import unaddressed
from bantin.vietnamese.syllables import cut, exact_syllables, folded_syllables
from bantin.vietnamese.typing import read_keys

_NUMBER: Final = re.compile(r"0*(\d+[a-z]?)")
_GLUED: Final = re.compile(r"([a-z]+)(\d+)")
_BEFORE_A_NUMBER: Final = "so"


class Named(NamedTuple):
    """The values that a name means, best first, and those that it might mean as well."""

    meant: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentName:
    """A document's kind and number, cut up for comparison: `kinds` are folded names, any of which it may be of.

    `rest` is what a number holds beside the digits it begins with, without the letters that only repeat the kind.
    """

    kinds: frozenset[str]
    number: str
    rest: frozenset[str]

    @classmethod
    def of(cls, kind: str, number: str) -> Self | None:
        """Return the name of a kind and a number in any writing; None where the number holds no digits to begin with.

        The words before the digits (`số`, the kind's letters again) say nothing new.
        """
        kinds = kind_names(kind) or (kind,)
        words = [part for word in folded_syllables(number) for part in _unglued(word)]
        first = next((place for place, word in enumerate(words) if _NUMBER.fullmatch(word)), None)
        if first is None:
            return None
        digits = _NUMBER.fullmatch(words[first])
        letters = {kind_letters(name) for name in kinds}
        rest = frozenset(word for word in words[first + 1 :] if word not in letters)
        return cls(frozenset(map(_bare, kinds)), digits[1] if digits else "", rest)

    @classmethod
    def of_label(cls, label: str) -> Self | None:
        """Return the name that a facet shows, e.g. `Nghị quyết 04-NQ/TU`; None for one without a number."""
        digit = re.search(r"\d", label)
        return cls.of(label[: digit.start()].strip(), label[digit.start() :]) if digit else None

    def may_be(self, other: Self) -> bool:
        """Return whether this name, as far as it goes, is the other's."""
        return not self.kinds.isdisjoint(other.kinds) and self.number == other.number and self.rest <= other.rest


def documents_named(asked: DocumentName, labels: Iterable[str]) -> Named:
    """Return the labels that a name means: those with exactly its parts, else those with more of them.

    A number alone means all that begin so, though some article prints no more than that, either.
    """
    possible = [(label, name) for label in labels if (name := DocumentName.of_label(label)) and asked.may_be(name)]
    exact = [label for label, name in possible if asked.rest and name.rest == asked.rest]
    every = [label for label, _ in possible]
    return _named(exact or every, every)


def readings_of(name: str) -> Iterator[str]:
    """Give a name of a person as asked, and then without the words of address, and as its keys were meant."""
    words = cut(name)
    meant = read_keys(words)
    bare = unaddressed(words)
    readings = (bare, meant, unaddressed(meant), read_keys(bare))
    yield from dict.fromkeys((name, *(" ".join(reading) for reading in readings if reading != words)))


def people_named(asked: str, names: Iterable[str]) -> Named:
    """Return the names that a name means: those spelled so, else those that keep the accents it has."""
    bare = folded_syllables(asked)
    alike = [name for name in names if folded_syllables(name) == bare]
    spelled = exact_syllables(asked)
    exact = [name for name in alike if exact_syllables(name) == spelled]
    accented = [name for name in alike if _keeps_accents(spelled, bare, exact_syllables(name))]
    return _named(exact or accented, alike)


def _named(meant: Sequence[str], possible: Sequence[str]) -> Named:
    return Named(tuple(meant), tuple(label for label in possible if label not in meant))


def _keeps_accents(spelled: Sequence[str], bare: Sequence[str], name: Sequence[str]) -> bool:
    return all(mine in (theirs, plain) for mine, plain, theirs in zip(spelled, bare, name, strict=True))


def _unglued(word: str) -> Sequence[str]:
    glued = _GLUED.fullmatch(word)
    known: Callable[[str], tuple[str, ...]] = kind_names
    return glued.groups() if glued and known(glued[1]) else (word,)


def _bare(kind: str) -> str:
    words = folded_syllables(kind)
    return " ".join(words[:-1] if words and words[-1] == _BEFORE_A_NUMBER else words)
