"""What a recogniser finds in a run of words."""

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["document", "day", "place", "person"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Words `first` to `past` of a run name something: `label` as it is shown back, `tokens` as articles hold it.

    `certain`: the words mean it wherever they stand; else only where some article holds a token.
    """

    kind: EntityKind
    label: str
    tokens: tuple[str, ...]
    first: int
    past: int
    certain: bool = True
