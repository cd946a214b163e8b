"""Lines of text to blocks: a paragraph that was wrapped is one block again; larger letters are headings. No I/O.

A line was wrapped where the first word of the next one would not have fitted any more; what is indented, bulleted,
set in another size or further down begins a block of its own.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bantin_extract.formats.pdf_lines import HYPHEN, TextLine
from bantin_extract.formats.pdf_running import without_running_lines

_BULLET = re.compile(r"[•●▪■◦○\-–—+*\uf0b7\uf02d]\s|\(?[0-9a-zđ]{1,3}[.)]\s|[IVX]{1,5}[.)]\s")
_PARTED_WORD = re.compile(rf"(?<=[^\W\d_]){HYPHEN} (?=[^\W\d_])(?=\S[a-zà-ỹ])(?![A-ZĐ])")
_LARGER = 1.15
_MUCH_LARGER = 1.5
_INDENT = 0.8
_COLUMN = 24.0
"""Lines whose left ends lie so far apart, in points, may belong to the same column: first lines are indented."""

_NEXT_COLUMN = 3.0
_PITCH = 1.35
_HEADING_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or, with a level of 1 or 2, a heading."""

    text: str
    heading: int = 0


def blocks_of(pages: Sequence[Sequence[TextLine]]) -> list[Block]:
    """Return the blocks of a document; a paragraph may go on over the end of a page.

    Page numbers, running heads and feet are left out.
    """
    usual = _usual_size(pages)
    blocks: list[Block] = []
    lines: list[TextLine] = []
    for page in without_running_lines(pages):
        fits = _Fit(page)
        for at, line in enumerate(page):
            before = page[at - 1] if at else None
            goes_on = fits.goes_on(before, line, lines) if before else _over_the_page(lines, line)
            if lines and not goes_on:
                blocks.append(_block(lines, usual))
                lines = []
            lines.append(line)
    return [*blocks, _block(lines, usual)] if lines else blocks


class _Fit:
    """Tells wrapped lines of one page, from the margins and the line pitch that the page shows."""

    def __init__(self, page: Sequence[TextLine]) -> None:
        pitches = [upper.bottom - lower.bottom for upper, lower in itertools.pairwise(page)]
        near = [pitch for pitch, line in zip(pitches, page, strict=False) if 0 < pitch < 3 * line.size]
        self._pitch = median(near) if near else 0.0
        self._margins: dict[tuple[int, int], float] = {}
        for line in page:
            if not line.parted:
                place = self._place(line)
                self._margins[place] = max(line.right, self._margins.get(place, 0.0))

    def goes_on(self, before: TextLine, line: TextLine, block: Sequence[TextLine]) -> bool:
        """Return whether `line` continues the block whose last line is `before`."""
        pitch = before.bottom - line.bottom
        if -pitch > _NEXT_COLUMN * line.size:
            return _over_the_page(block, line)
        if not 0 < pitch <= _PITCH * max(self._pitch, line.size) or not _same_size(before, line):
            return False
        centred = abs((before.left + before.right) - (line.left + line.right)) < line.size
        indented = line.left - min(one.left for one in block) > _INDENT * line.size
        if before.parted or line.parted or _BULLET.match(line.text) or (indented and not centred):
            return False
        return before.text.endswith(HYPHEN) or before.right + line.first_word + 0.3 * line.size > self._margin(before)

    def _margin(self, line: TextLine) -> float:
        """Return how far lines of the same column and size reach to the right."""
        column, size = self._place(line)
        near = ((column + across, size + larger) for across in (-1, 0, 1) for larger in (-1, 0, 1))
        return max(self._margins.get(place, 0.0) for place in near)

    @staticmethod
    def _place(line: TextLine) -> tuple[int, int]:
        return int(line.left // _COLUMN), round(line.size)


def _over_the_page(lines: Sequence[TextLine], line: TextLine) -> bool:
    return bool(lines) and _same_size(lines[-1], line) and line.text[0].islower() and lines[-1].text[-1] not in ".!?:;"


def _same_size(one: TextLine, other: TextLine) -> bool:
    return max(one.size, other.size) < _LARGER * min(one.size, other.size)


def _usual_size(pages: Sequence[Sequence[TextLine]]) -> float:
    sizes = [line.size for page in pages for line in page if len(line.text) > 20]
    return median(sizes) if sizes else 0.0


def _block(lines: Sequence[TextLine], usual: float) -> Block:
    text = _PARTED_WORD.sub("", " ".join(line.text for line in lines)).replace(f"{HYPHEN} ", "-").replace(HYPHEN, "-")
    if not usual or len(text) > _HEADING_CHARACTERS or lines[0].size < _LARGER * usual:
        return Block(text)
    return Block(text, 1 if lines[0].size >= _MUCH_LARGER * usual else 2)
