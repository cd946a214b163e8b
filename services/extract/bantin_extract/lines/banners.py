"""Tells today's date at the top of a page from the date of an article: a menu stands between it and the prose."""

from collections.abc import Sequence

from bantin_extract.lines.line_kinds import Kind, KindedLine
from bantin_extract.lines.menus import breadcrumb, is_tool, names_page
from bantin_extract.text.letters import words
from bantin_extract.text.tables import listed

_LINES_BELOW = 2
"""Lines besides tools that may stand between a date with its weekday and the prose: the title and one more."""

_TIMED = 1
_FIRST_PAGE = frozenset(map(words, listed("chrome", "first_page")))
_LONG_TITLE = 9
_BESIDE = (Kind.SHORT, Kind.LISTED, Kind.PROSE)


def without_banner(lines: Sequence[KindedLine], start: int | None) -> Sequence[KindedLine]:
    """Return the lines with today's date as chrome where it stands far above the prose that begins at `start`."""
    if start is None:
        return lines
    below = 0
    menu = False
    for at in range(start - 1, -1, -1):
        line = lines[at]
        if line.kind is Kind.DATE and line.dates:
            far = menu or below > _LINES_BELOW + _TIMED * line.dates[0].timed
            far = far and not _under_title(lines, at)
            if not (far and line.dates[0].weekday and not line.rest):
                return lines
            return [*lines[:at], line._replace(kind=Kind.CHROME), *lines[at + 1 :]]
        below += _is_said(line)
        menu = menu or words(line.line.text) in _FIRST_PAGE or bool(breadcrumb(line.line.text))
    return lines


def _is_said(line: KindedLine) -> bool:
    """Return whether a line may be an entry of a menu or a title; what is numbered or in brackets is neither."""
    text = line.line.text
    if text.startswith("(") or text.split(" ", 1)[0].endswith((".", ")", "/")):
        return False
    return (line.kind in _BESIDE and not is_tool(text)) or (line.kind is Kind.CHROME and names_page(words(text)))


def _under_title(lines: Sequence[KindedLine], at: int) -> bool:
    """Return whether a line as long as only titles are stands right above a date."""
    return at > 0 and lines[at - 1].kind in _BESIDE and len(words(lines[at - 1].line.text)) >= _LONG_TITLE
