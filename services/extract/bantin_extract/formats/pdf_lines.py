"""Characters on a page to lines of text: in reading order, spaces where the page leaves room. No I/O."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Character:
    """A character and its box, in points from the page's lower left corner; `made`: the reader put it in itself."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    made: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text and the box around it, in points; `size` is that of most of its letters.

    `parted` says that it has a wide gap within: cells of a table, or two columns side by side.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    parted: bool = False

    @property
    def first_word(self) -> float:
        """The width of the first word, about."""
        word = self.text.split(" ", 1)[0]
        return (self.right - self.left) * len(word) / max(1, len(self.text))


HYPHEN = "\x02"
"""What the reader gives, in place of a line end, for a hyphen that parts a word between two lines."""

_LINE_ENDS = "\r\n" + HYPHEN
_GAP = 0.2
"""A gap of so much of the letters' size between two characters is a space."""

_WIDE_GAP = 2.0
"""A gap of so much of it is the border of a column."""


def lines_of(characters: Sequence[Character]) -> list[TextLine]:
    """Return a page's lines; the reader ends each with a line end of its own."""
    runs: list[list[Character]] = [[]]
    for character in characters:
        if character.char not in "\r\n":
            runs[-1].append(character)
        if character.char in _LINE_ENDS and runs[-1]:
            _join_last(runs)
            runs.append([])
    _join_last(runs)
    return [line for run in runs for line in _line(run)]


def _join_last(runs: list[list[Character]]) -> None:
    """Make one of the last two runs where they interleave."""
    if len(runs) > 1 and _interleave(runs[-2], runs[-1]):
        last = runs.pop()
        runs[-1] += last


def _interleave(one: Sequence[Character], other: Sequence[Character]) -> bool:
    """Return whether two runs lie within each other on the same line, as letters do that come from another font."""
    here, there = _box(one), _box(other)
    if here is None or there is None:
        return False
    height = min(here[3], there[3]) - max(here[2], there[2])
    return here[0] < there[1] and there[0] < here[1] and height > 0.5 * min(here[3] - here[2], there[3] - there[2])


def _box(characters: Sequence[Character]) -> tuple[float, float, float, float] | None:
    """Return left, right, bottom and top of the characters that leave ink, None where none does."""
    inked = [character for character in characters if not character.char.isspace() and not character.made]
    if not inked:
        return None
    return (
        min(character.left for character in inked),
        max(character.right for character in inked),
        min(character.bottom for character in inked),
        max(character.top for character in inked),
    )


def _line(characters: Sequence[Character]) -> list[TextLine]:
    inked = [character for character in characters if not character.char.isspace() and not character.made]
    if not inked:
        return []
    text = "".join(_scalar(character.char) for character in characters)
    if _is_shuffled(inked):
        text = _by_place(inked, [character for character in characters if character.char == " " and not character.made])
    text = " ".join(text.split())
    return [
        TextLine(
            text,
            min(character.left for character in inked),
            max(character.right for character in inked),
            min(character.bottom for character in inked),
            max(character.top for character in inked),
            median(_height(character) for character in inked),
            _is_parted(inked),
        )
    ]


def _is_shuffled(inked: Sequence[Character]) -> bool:
    """Return whether characters stand before those that precede them.

    Programs whose font lacks some Vietnamese letters take these from another font and write them after the rest.
    """
    return any(later.left < earlier.left - 0.5 * _height(earlier) for earlier, later in itertools.pairwise(inked))


def _is_parted(inked: Sequence[Character]) -> bool:
    placed = sorted(inked, key=lambda one: one.left)
    return any(later.left - earlier.right > _WIDE_GAP * _height(later) for earlier, later in itertools.pairwise(placed))


def _by_place(inked: Sequence[Character], spaces: Sequence[Character]) -> str:
    placed = sorted((*inked, *(space for space in spaces if space.right > space.left)), key=lambda one: one.left)
    parts: list[str] = []
    before: Character | None = None
    for character in placed:
        if before is not None and character.left - before.right > _GAP * _height(character):
            parts.append(" ")
        parts.append(_scalar(character.char))
        before = character
    return "".join(parts)


def _height(character: Character) -> float:
    return character.size if character.size > 1 else max(1.0, character.top - character.bottom)


def _scalar(char: str) -> str:
    """Return the character, nothing for halves of surrogate pairs and other non-characters."""
    return "" if "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff\x00" else char
