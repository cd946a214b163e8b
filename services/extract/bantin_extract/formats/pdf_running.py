"""Running heads and feet of a PDF: lines that come again at the same height of other pages. No I/O."""

import re
from collections import Counter
from collections.abc import Sequence

from bantin_extract.formats.pdf_lines import TextLine

_EDGE_LINES = 4
"""Heads and feet are among so many lines at the top, and at the bottom, of a page."""

_NUMBER = re.compile(r"\d+")
_STEP = 6.0
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:[Tt]rang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*")

_Place = tuple[str, int]


def without_running_lines(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """Return the pages without heads, feet and page numbers.

    A head may differ on left and right pages: it stands on two pages at least, and on a third of them.
    """
    counts = Counter(place for page in pages for place in {_place(line) for line in _edges(page)})
    running = {place for place, count in counts.items() if count > 1 and 3 * count >= len(pages)}
    return [_body(page, running) for page in pages]


def _body(page: Sequence[TextLine], running: set[_Place]) -> list[TextLine]:
    edges = {id(line) for line in _edges(page)}
    body = [line for line in page if id(line) not in edges or _place(line) not in running]
    if body and _PAGE_NUMBER.fullmatch(body[-1].text):
        body.pop()
    return body[1:] if body and _PAGE_NUMBER.fullmatch(body[0].text) else body


def _edges(page: Sequence[TextLine]) -> list[TextLine]:
    placed = sorted(page, key=lambda line: line.bottom)
    return [*placed[:_EDGE_LINES], *placed[max(_EDGE_LINES, len(placed) - _EDGE_LINES) :]]


def _place(line: TextLine) -> _Place:
    return _NUMBER.sub("#", line.text), round(line.bottom / _STEP)
