"""Finds the run of lines that holds the article: the one whose prose outweighs its chrome the most."""

from collections.abc import Sequence
from typing import NamedTuple

from bantin_extract.lines.line_kinds import Kind, KindedLine

_WEIGHTS = {
    Kind.NOISE: -0.2, Kind.CHROME: -12.0, Kind.END: -60.0, Kind.FOOTER: -25.0, Kind.DATE: -3.0, Kind.VIEWS: -8.0,
    Kind.IMAGE: 0.0, Kind.LISTED: -10.0, Kind.SHORT: -1.0, Kind.ROW: 0.3, Kind.ASIDE: 0.0,
}  # fmt: skip
_MAX_PROSE = 30.0
_HEADED = 30.0
_LATER = 60.0
_SOME = 3.0
_ABOVE = 8
_BOX = 8
_FAR = 1.0
_WHOLE = 60.0
_TABLE = 6
_NUMBERS = 0.4
_FEWEST = 4
_CELL = -0.1
_DIGITS = frozenset("0123456789")


class _Run(NamedTuple):
    weight: float
    start: int
    end: int


def prose_run(lines: Sequence[KindedLine]) -> tuple[int, int] | None:
    """Return first and past-the-last index of the run that holds the article; None without any prose.

    A paragraph weighs a fifteenth of its length in characters, at most 30. A run under a date and a short line, as an
    article has its title, beats heavier ones after it: excerpts of other articles and comments.
    """
    runs = _runs(lines)
    best: _Run | None = None
    headed: _Run | None = None
    best_score = 0.0
    for run in runs:
        under = _is_headed(lines, run.start) and not _is_title(lines, run)
        score = run.weight + _HEADED * under - (_LATER if headed and not _is_far_heavier(run, headed) else 0.0)
        if under and headed is None and run.weight >= _SOME:
            headed = run
        if score > best_score:
            best_score, best = score, run
    if best and headed and headed.end < best.start <= headed.end + _BOX:
        return headed.start, best.end
    return (best.start, best.end) if best else None


def _runs(lines: Sequence[KindedLine]) -> list[_Run]:
    """Return the runs of lines whose weights sum up to more than nothing, each up to where its sum is greatest."""
    runs: list[_Run] = []
    best = total = 0.0
    start = 0
    for at, weight in enumerate(_weights(lines)):
        if total <= 0:
            best = total = 0.0
            start = at
        total += weight
        if weight > 0 and total > best:
            if best:
                runs.pop()
            best = total
            runs.append(_Run(total, start, at + 1))
    return runs


def _is_headed(lines: Sequence[KindedLine], start: int) -> bool:
    """Return whether a date and a short line stand above a run, and no heading of a list."""
    above = lines[max(0, start - _ABOVE) : start + 1]
    for back, line in enumerate(reversed(above)):
        if line.kind is Kind.END:
            return False
        if line.kind is Kind.DATE and not _is_banner(line):
            around = lines[max(0, start - back - 1) : start - back + 2]
            return any(near.kind in (Kind.SHORT, Kind.PROSE, Kind.CHROME) for near in around)
    return False


def _is_title(lines: Sequence[KindedLine], run: _Run) -> bool:
    """Return whether a run is one line with a day of its own right below: a title as long as a sentence."""
    below = next((line for line in lines[run.end :] if line.kind is not Kind.NOISE), None)
    return run.end == run.start + 1 and below is not None and below.kind is Kind.DATE


def _is_banner(line: KindedLine) -> bool:
    """Return whether a line is a weekday with its date: mostly today's."""
    return not line.rest and bool(line.dates) and line.dates[0].weekday and not line.dates[0].timed


def _is_far_heavier(run: _Run, headed: _Run) -> bool:
    return run.weight > _FAR * headed.weight and run.weight > _WHOLE


def _weights(lines: Sequence[KindedLine]) -> list[float]:
    """Return the lines' weights; short lines with many numbers around them are cells of a table and weigh little."""
    weights = [line_weight(line) for line in lines]
    short = [line.kind in (Kind.SHORT, Kind.NOISE) for line in lines]
    sums = [0]
    for line, is_short in zip(lines, short, strict=True):
        sums.append(sums[-1] + (is_short and not _DIGITS.isdisjoint(line.line.text)))
    if sums[-1] < _FEWEST:
        return weights
    for at, is_short in enumerate(short):
        first, last = max(0, at - _TABLE), min(len(lines), at + _TABLE + 1)
        if is_short and sums[last] - sums[first] >= _NUMBERS * (last - first):
            weights[at] = _CELL
    return weights


def line_weight(line: KindedLine) -> float:
    """Return how much a line speaks for (above 0) or against belonging to an article."""
    if line.kind is Kind.PROSE:
        return min(_MAX_PROSE, len(line.line.text) / 15)
    return _WEIGHTS[line.kind]
