"""Scores of one page's reading and their sums: token F1, leakage, precision and recall with alternatives."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bantin.vietnamese.syllables import exact_syllables

_TELLING = 6
"""A line of so many syllables is chrome wherever it stands in a body; a shorter one only where it is a line there."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values were found, how many there are, and how many of the found are right. Adds up over pages."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Return the share of the found values that are right; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the values that were found; 1 where there is none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 1.0


@dataclass(frozen=True, slots=True)
class Matched:
    """A tally and the values behind its errors."""

    tally: Tally
    missed: tuple[str, ...] = ()
    spurious: tuple[str, ...] = ()


def match(
    found: Sequence[str], gold: Sequence[frozenset[str]], allowed: Iterable[str] = (), silent: Iterable[str] = ()
) -> Matched:
    """Compare found values with gold ones, each of which is a set of accepted spellings.

    A found value that is `allowed` counts for nothing, unless a gold value asks for it. A gold value is met once:
    finding it under two spellings is one error. `silent` values of the gold are met or not without counting.
    """
    tolerated = frozenset(allowed) | frozenset(silent)
    open_gold = list(gold)
    spurious: list[str] = []
    right = 0
    for value in found:
        hit = next((at for at, spellings in enumerate(open_gold) if value in spellings), None)
        if hit is not None:
            del open_gold[hit]
            right += 1
        elif value not in tolerated:
            spurious.append(value)
    missed = tuple(min(spellings) for spellings in open_gold)
    return Matched(Tally(right, right + len(spurious), len(gold)), missed, tuple(spurious))


def token_f1(found: str, gold: str) -> float:
    """Return the F1 of two texts as multisets of syllables; case and tone placement make no difference."""
    ours, theirs = Counter(exact_syllables(found)), Counter(exact_syllables(gold))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def leaked(body: str, chrome: Iterable[str], gold: str) -> Tally:
    """Return how many of the chrome lines stand in the body: `right` counts them, `gold` all chrome lines.

    A line that the article itself holds cannot be told from chrome and is left out.
    """
    lines = {_spaced(line) for line in body.splitlines()}
    text, article = _spaced(body), _spaced(gold)
    gold_lines = {_spaced(line) for line in gold.splitlines()}
    there = total = 0
    for line in dict.fromkeys(map(_spaced, chrome)):
        if not line.strip() or line in gold_lines or (_is_telling(line) and line in article):
            continue
        total += 1
        there += line in lines or (_is_telling(line) and line in text)
    return Tally(there, there, total)


def _is_telling(line: str) -> bool:
    return line.count(" ") > _TELLING


def _spaced(text: str) -> str:
    """Return the syllables with a space around each, so that a line is found only at the borders of words."""
    return f" {' '.join(exact_syllables(text))} "
