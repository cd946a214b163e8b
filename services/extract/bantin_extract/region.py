"""Finds the run of lines that holds the article: the one whose prose outweighs its chrome the most."""

from collections.abc import Sequence

from bantin_extract.line_kinds import Kind, KindedLine

_WEIGHTS = {
    Kind.NOISE: -0.2, Kind.CHROME: -12.0, Kind.END: -60.0, Kind.FOOTER: -25.0, Kind.DATE: -3.0, Kind.VIEWS: -8.0,
    Kind.IMAGE: 0.0, Kind.LISTED: -10.0, Kind.SHORT: -1.0, Kind.ROW: 0.3, Kind.ASIDE: 0.0,
}  # fmt: skip
_MAX_PROSE = 30.0
_TABLE = 6
_NUMBERS = 0.4
_CELL = -0.1
_DIGITS = frozenset("0123456789")


def prose_run(lines: Sequence[KindedLine]) -> tuple[int, int] | None:
    """Return first and past-the-last index of the run with the greatest sum of weights; None without any prose.

    Kadane's algorithm: one pass. A paragraph weighs a fifteenth of its length in characters, at most 30.
    """
    best_sum = total = 0.0
    best: tuple[int, int] | None = None
    start = 0
    weights = _weights(lines)
    for at, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, at
        total += weight
        if weight > 0 and total > best_sum:
            best_sum, best = total, (start, at + 1)
    return best


def _weights(lines: Sequence[KindedLine]) -> list[float]:
    """Return the lines' weights; short lines with many numbers around them are cells of a table and weigh little."""
    weights = [line_weight(line) for line in lines]
    short = [line.kind in (Kind.SHORT, Kind.NOISE) for line in lines]
    sums = [0]
    for line, is_short in zip(lines, short, strict=True):
        sums.append(sums[-1] + (is_short and not _DIGITS.isdisjoint(line.line.text)))
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
