"""What a query names as articles print it: `nguyen van binh` is Nguyễn Văn Bình to them."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from bantin.search.fields import PATH_SEPARATOR
from bantin.search.understanding.people import person_token
from bantin.search.understanding.places import place_token
from bantin.search.understanding.recognised import EntityKind, Recognised
from bantin.vietnamese.comparison import folded
from bantin.vietnamese.syllables import exact_syllables

MOST_NAMES: Final = 100
"""Of the names beside an entity so many are looked at, the most frequent: its own is in every article."""


class Printed(NamedTuple):
    """Where names of a kind are printed: the field of the table, a name in its value, and the token of a name."""

    field: str
    name: Callable[[str], str]
    token: Callable[[str], str]


def _itself(value: str) -> str:
    return value


def _district(path: str) -> str:
    return path.rpartition(PATH_SEPARATOR)[2]


PRINTED: Final[Mapping[EntityKind, Printed]] = {
    "person": Printed("person", _itself, person_token),
    "place": Printed("district", _district, place_token),
}
"""Kinds whose labels are taken from what was typed, where they are not certain."""


def printed_where(entity: Recognised) -> Printed | None:
    """Return where the name of an entity is to be looked up; None where its label is one that we know."""
    return None if entity.certain else PRINTED.get(entity.kind)


def as_printed(entity: Recognised, counts: Mapping[str, int]) -> Recognised:
    """Return an entity by its name among the values of the field, counted in the articles that hold its token.

    Of several spellings it is one that has the accents typed, then the most frequent, then the first by text; without
    any the entity stays as it is.
    """
    printed = printed_where(entity)
    if printed is None:
        return entity
    names: Counter[str] = Counter()
    for value, count in counts.items():
        names[printed.name(value)] += count
    spelled = [name for name in names if printed.token(name) == entity.tokens[0]]
    typed = entity.label.split()
    best = min(spelled, key=lambda name: (not _keeps_accents(typed, name), -names[name], name), default=entity.label)
    return replace(entity, label=best)


def _keeps_accents(typed: list[str], name: str) -> bool:
    return all(mine in (theirs, folded(theirs)) for mine, theirs in zip(typed, exact_syllables(name), strict=False))
