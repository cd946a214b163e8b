"""Finds boxes of related articles between the paragraphs of pasted text, where no markup shows that they are boxes."""

from collections.abc import Sequence
from itertools import pairwise

from bantin_extract.lines.excerpts import is_cut_off
from bantin_extract.lines.line_kinds import Kind, KindedLine, ends_sentence
from bantin_extract.text.letters import words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

_HEADS = PhraseTable(listed("chrome", "box_heads"))
_OVER = (Kind.END, Kind.FOOTER, Kind.DATE, Kind.VIEWS, Kind.LISTED, Kind.CHROME, Kind.ASIDE)
_FEWEST = 2
"""Paragraphs: between fewer there is no box."""
_LONGEST_HEAD = 40
_MAX_ENTRIES = 8
_MIN_WORDS = 3
_NEAR = 4
_FAR = 60
_ABOVE = 30
_SAID = 2_000
_BELOW = 3
_MAX_HEADS = 20
_ALIKE = 0.08
"""Of the pairs of words above or below a box, this share stands on the other side, too, if both are one article."""


def without_boxes(lines: Sequence[KindedLine]) -> list[KindedLine]:
    """Return the lines with boxes as asides: a heading and titles, between paragraphs that say the same things."""
    kept = list(lines)
    if sum(line.kind is Kind.PROSE for line in lines) < _FEWEST:
        return kept
    heads = [at for at, line in enumerate(lines) if _may_head(line)][:_MAX_HEADS]
    for head in heads:
        end = _entries_end(lines, head)
        below = _prose_below(lines, end) if end - head > 1 and _prose_above(lines, head, _NEAR) else []
        if below and _alike(_prose_above(lines, head, _ABOVE), below):
            start = head - (head > 0 and _may_head(lines[head - 1]))
            kept[start:end] = [line._replace(kind=Kind.ASIDE) for line in lines[start:end]]
    return kept


def _may_head(line: KindedLine) -> bool:
    if line.kind not in (Kind.END, Kind.CHROME, Kind.SHORT) or len(line.line.text) > _LONGEST_HEAD:
        return False
    found = words(line.line.text)
    return 0 < len(found) == _HEADS.match_length(found)


def _entries_end(lines: Sequence[KindedLine], head: int) -> int:
    """Return where the titles and excerpts under a heading end: at a paragraph, or a blank line if none was before."""
    at = head + 1
    while at < min(len(lines), head + 1 + _MAX_ENTRIES) and _is_entry(lines[at]):
        beside = lines[at - 1].line.end + 1 == lines[at].line.start
        if at > head + 2 and not beside and lines[at - 2].line.end + 1 == lines[at - 1].line.start:
            break
        at += 1
    return at


def _is_entry(line: KindedLine) -> bool:
    text = line.line.text
    if line.kind is Kind.PROSE:
        return is_cut_off(text)
    return line.kind is Kind.SHORT and not ends_sentence(text) and len(words(text)) >= _MIN_WORDS


def _prose_above(lines: Sequence[KindedLine], at: int, reach: int) -> list[str]:
    return [line.line.text[:_SAID] for line in lines[max(0, at - reach) : at] if line.kind is Kind.PROSE]


def _prose_below(lines: Sequence[KindedLine], at: int) -> list[str]:
    """Return the next paragraphs that only short lines stand before: captions, subheadings, cells."""
    found: list[str] = []
    for line in lines[at : at + _FAR]:
        if line.kind in _OVER or len(found) == _BELOW:
            break
        if line.kind is Kind.PROSE:
            found.append(line.line.text[:_SAID])
    return found


def _alike(above: Sequence[str], below: Sequence[str]) -> bool:
    known, new = _pairs(above), _pairs(below)
    return len(known & new) >= _ALIKE * min(len(known), len(new))


def _pairs(texts: Sequence[str]) -> set[tuple[str, str]]:
    return {pair for text in texts for found in (words(text),) for pair in pairwise(found)}
