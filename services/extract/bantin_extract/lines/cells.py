"""Recognises tables that were pasted a cell a line: many short lines in a row, a good part of them numbers."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bantin_extract.lines.line_kinds import Kind, KindedLine, ends_sentence
from bantin_extract.text.letters import LETTER

_NUMBER = re.compile(rf"[^{LETTER}]{{0,20}}\d[^{LETTER}]{{0,20}}", re.IGNORECASE)
_LONGEST = 80
_FEWEST = 10
_FEWEST_NUMBERS = 0.25
_MOST_NUMBERS = 0.85
_HEADER_CELL = 30
_HEADER = 10


def with_cells(lines: Sequence[KindedLine]) -> list[KindedLine]:
    """Return the lines with the cells of such tables as rows; counters of visitors and calendars are none."""
    known = list(lines)
    if sum(line.kind is Kind.NOISE for line in known) < _FEWEST_NUMBERS * _FEWEST:
        return known
    at = 0
    while at < len(known):
        end = at
        while end < len(known) and _may_be_cell(known[end]):
            end += 1
        for cell in _table(known, at, end):
            known[cell] = known[cell]._replace(kind=Kind.ROW)
        at = max(end, at + 1)
    return known


def _may_be_cell(line: KindedLine) -> bool:
    text = line.line.text
    return line.kind in (Kind.SHORT, Kind.NOISE) and len(text) <= _LONGEST and not ends_sentence(text)


def _table(lines: Sequence[KindedLine], start: int, end: int) -> range:
    """Return which lines between two others are the cells of a table; an empty range where they are none."""
    if end - start < _FEWEST:
        return range(0)
    numbers = [at for at in range(start, end) if _NUMBER.fullmatch(lines[at].line.text)]
    if not numbers:
        return range(0)
    first = numbers[0]
    while first > start and numbers[0] - first < _HEADER and len(lines[first - 1].line.text) <= _HEADER_CELL:
        first -= 1
    share = len(numbers) / (end - first)
    values = [lines[at].line.text.strip() for at in numbers]
    counted = sum(one.isdigit() and two.isdigit() and int(two[:9]) == int(one[:9]) + 1 for one, two in pairwise(values))
    if end - first < _FEWEST or not _FEWEST_NUMBERS <= share <= _MOST_NUMBERS or counted * 2 > len(numbers):
        return range(0)
    return range(first, end)
