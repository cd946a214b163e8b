"""What a recogniser finds in a run of words."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

_MOST_SINGULAR: Final = 16
"""A text that names more is no search for one of them."""

EntityKind = Literal["document", "day", "place", "person"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Words `first` to `past` of a query name something: `label` as it is shown back, `tokens` as articles hold it.

    `certain`: the words mean it wherever they stand; else only where some article holds a token.
    """

    kind: EntityKind
    label: str
    tokens: tuple[str, ...]
    first: int
    past: int
    certain: bool = True


def recognise_along(size: int, read: Callable[[int], Recognised | None]) -> Iterator[Recognised]:
    """Give what `read` finds at each place of `size` words; what was found is passed over."""
    place = 0
    while place < size:
        found = read(place)
        if found is not None:
            yield found
        place = found.past if found else place + 1


def doubtful_tokens(entities: Iterable[Recognised]) -> tuple[str, ...]:
    """Return the tokens of which the index has to say whether an article holds them, each once."""
    return tuple(dict.fromkeys(token for entity in entities if not entity.certain for token in entity.tokens))


def singular_tokens(entities: Iterable[Recognised]) -> tuple[str, ...]:
    """Return the tokens of documents and people, each once: by these, copies made from one form are told apart."""
    named = (entity for entity in entities if entity.kind in ("document", "person"))
    return tuple(dict.fromkeys(token for entity in named for token in entity.tokens))[:_MOST_SINGULAR]


def understood(entities: Iterable[Recognised], held: Collection[str]) -> tuple[Recognised, ...]:
    """Return what is meant, in the order typed: what is certain, and of what may be, that which articles hold.

    Of two that share words the longer is meant: in `ông Nguyễn Thái Bình` a person, no province.
    """
    meant: list[Recognised] = []
    possible = [entity for entity in entities if entity.certain or not set(held).isdisjoint(entity.tokens)]
    for entity in sorted(possible, key=lambda entity: (entity.first - entity.past, not entity.certain)):
        if all(entity.past <= other.first or other.past <= entity.first for other in meant):
            meant.append(entity)
    return tuple(sorted(meant, key=lambda entity: entity.first))
