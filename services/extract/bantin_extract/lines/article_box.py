"""Finds the element that holds the article, and settles by it which lines are the article's and which stand beside it.

Paragraphs of an article stand side by side, equally deep in one element; what a page puts between them or after them
(related articles, comments, other people's texts) stands deeper or elsewhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bantin_extract.lines.line_kinds import Kind, KindedLine, unnamed
from bantin_extract.reading.page import Line, Page

_SHARE = 0.6
"""The part of the prose around it that an element around the article holds: more than half, so there is one such."""
_DIRECT = 0.4
"""An element that holds so much of its prose directly, and not in an element of it, is the innermost."""
_INTERRUPTION = 8
"""More lines that are no text of the article than a box between its paragraphs has."""
_FOREIGN = 4.0
"""So much more prose in elements named as comments and the like than outside says that the names mean nothing."""
_LISTING = 0.5
"""Entries between more than this share of the paragraphs make a listing, whose abstracts are no article."""
_SIDE_BOX = 0.34
_DEEPER = 2
_LITTLE = 200
_BREAKS = (Kind.END, Kind.CHROME, Kind.FOOTER, Kind.LISTED, Kind.VIEWS, Kind.ASIDE)


@dataclass(frozen=True, slots=True)
class _Article:
    """The lines of the article's element: its first, first and past-the-last paragraph, past-the-last.

    `box` is the element, `depth` how deep its paragraphs stand in the page, `beside` the elements in it that hold no
    part of the article.
    """

    box: int
    depth: int
    start: int
    last: int
    end: int
    beside: frozenset[int]


def settled(page: Page, lines: Sequence[KindedLine]) -> list[KindedLine]:
    """Return the lines with the kinds that their place in the markup gives them; text without markup stays as it is."""
    if len(page.boxes) < 2:
        return list(lines)
    known = _trusting(lines)
    depths = _depths(page.boxes)
    article = _article(known, page.boxes, depths)
    if article is None:
        return known
    inside = [_inside(line, at, article, depths) for at, line in enumerate(known[: article.end])]
    return inside + _after(known[article.end :], article, page.boxes, depths)


def depth_of(line: Line, page: Page) -> int:
    """Return how many boxes a line of the page stands in."""
    depth, box = 0, line.box
    while box:
        depth, box = depth + 1, page.boxes[box]
    return depth


def _trusting(lines: Sequence[KindedLine]) -> list[KindedLine]:
    """Return the lines, without what class names say where hardly any prose would be left."""
    named = sum(len(line.line.text) for line in lines if line.kind is Kind.ASIDE and unnamed(line).kind is Kind.PROSE)
    prose = sum(len(line.line.text) for line in lines if line.kind is Kind.PROSE)
    return [unnamed(line) for line in lines] if named > _FOREIGN * prose else list(lines)


def _depths(boxes: Sequence[int]) -> list[int]:
    depths = [0] * len(boxes)
    for box in range(1, len(boxes)):
        depths[box] = depths[boxes[box]] + 1
    return depths


def _article(lines: Sequence[KindedLine], boxes: Sequence[int], depths: Sequence[int]) -> _Article | None:
    """Return the smallest element that holds most of the prose, None where there is none or it is a listing."""
    held, mass = _holder(lines, boxes)
    if not held:
        return None
    past = _past(boxes, held)
    places = [at for at, line in enumerate(lines) if held <= line.line.box < past]
    prose = [at for at in places if lines[at].kind is Kind.PROSE]
    sizes: Counter[int] = Counter()
    for at in prose:
        sizes[depths[lines[at].line.box]] += len(lines[at].line.text)
    depth = sizes.most_common(1)[0][0]
    paragraphs = _unbroken(lines, [at for at in prose if depths[lines[at].line.box] <= depth])
    beside = _beside(lines[paragraphs[0] : paragraphs[-1]], boxes, mass, held)
    if _is_listing(lines, paragraphs, beside):
        return None
    return _Article(held, depth, paragraphs[0], paragraphs[-1] + 1, places[-1] + 1, beside)


def _holder(lines: Sequence[KindedLine], boxes: Sequence[int]) -> tuple[int, list[int]]:
    """Return the smallest box that holds most of the prose around it, 0 for the page, and how much each box holds."""
    mass, paragraphs = [0] * len(boxes), [0] * len(boxes)
    for line in lines:
        if line.kind is Kind.PROSE and line.line.link_density < 0.5:
            mass[line.line.box] += len(line.line.text)
            paragraphs[line.line.box] += 1
    own = mass.copy()
    for box in range(len(boxes) - 1, 0, -1):
        mass[boxes[box]] += mass[box]
        paragraphs[boxes[box]] += paragraphs[box]
    held = 0
    for box in range(1, len(boxes)):
        several = paragraphs[box] > 1 or paragraphs[held] == 1
        if boxes[box] == held and several and mass[box] >= _SHARE * mass[held] and own[held] < _DIRECT * mass[held]:
            held = box
    return (held if mass[0] >= _LITTLE else 0), mass


def _unbroken(lines: Sequence[KindedLine], paragraphs: Sequence[int]) -> Sequence[int]:
    """Return the paragraphs up to where more than a box or two of something else stands between them."""
    for place, (at, following) in enumerate(pairwise(paragraphs), 1):
        if sum(line.kind in _BREAKS for line in lines[at:following]) > _INTERRUPTION:
            return paragraphs[:place]
    return paragraphs


def _is_listing(lines: Sequence[KindedLine], paragraphs: Sequence[int], beside: frozenset[int]) -> bool:
    """Return whether entries of a list stand between most of the paragraphs, which so are abstracts."""
    entered = sum(
        any(
            line.kind is Kind.LISTED and line.line.role != "aside" and line.line.box not in beside
            for line in lines[at:following]
        )
        for at, following in pairwise(paragraphs)
    )
    return entered > _LISTING * (len(paragraphs) - 1)


def _past(boxes: Sequence[int], box: int) -> int:
    """Return the number after the last box inside a box."""
    return next((other for other in range(box + 1, len(boxes)) if boxes[other] < box), len(boxes))


def _beside(lines: Sequence[KindedLine], boxes: Sequence[int], mass: Sequence[int], held: int) -> frozenset[int]:
    """Return the boxes between paragraphs that a heading of related articles or the like stands in, whole."""
    beside: set[int] = set()
    for line in lines:
        box = line.line.box
        if line.kind is not Kind.END or box <= held or box in beside:
            continue
        while boxes[box] != held and mass[boxes[box]] < _SIDE_BOX * mass[held]:
            box = boxes[box]
        if mass[box] < _SIDE_BOX * mass[held]:
            beside.update(range(box, _past(boxes, box)))
    return frozenset(beside)


def _inside(line: KindedLine, at: int, article: _Article, depths: Sequence[int]) -> KindedLine:
    """Return a line before the end of the article's element with its kind."""
    if at < article.start:
        return line._replace(kind=Kind.ASIDE) if line.kind is Kind.ROW and line.line.box < article.box else line
    depth = depths[line.line.box]
    if at >= article.last:
        foreign = line.kind is Kind.PROSE and depth >= article.depth + _DEEPER and not line.line.after_image
        return line._replace(kind=Kind.ASIDE) if foreign else line
    if line.line.box in article.beside or line.kind in (Kind.END, Kind.LISTED, Kind.VIEWS):
        return line._replace(kind=Kind.ASIDE)
    if line.kind in (Kind.CHROME, Kind.FOOTER):
        worded = depth <= article.depth and line.line.link_density < 0.5 and not line.line.role
        return line._replace(kind=Kind.SHORT if worded else Kind.ASIDE)
    return line


def _after(
    lines: Sequence[KindedLine], article: _Article, boxes: Sequence[int], depths: Sequence[int]
) -> list[KindedLine]:
    """Return the lines after the article's element: prose goes on with it only as deep, beside it and unseparated."""
    parent = boxes[article.box]
    past = _past(boxes, parent)
    apart = False
    placed: list[KindedLine] = []
    for line in lines:
        box = line.line.box
        apart = apart or line.kind in _BREAKS
        as_deep = line.kind is Kind.ROW or depths[box] == article.depth
        near = parent <= box < past and as_deep and not apart
        foreign = line.kind in (Kind.PROSE, Kind.ROW) and not near
        placed.append(line._replace(kind=Kind.ASIDE) if foreign else line)
    return placed
