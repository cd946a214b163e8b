"""What each line looks like on its own: prose, a date line, chrome, an entry of a list, a picture's place …"""

import re
from collections import Counter
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bantin_extract.dates.date_lines import LONGEST, DateLineKind, read_date_line
from bantin_extract.dates.days import PrintedDate, find_dates
from bantin_extract.lines.menus import breadcrumb, is_menu
from bantin_extract.reading.page import Line
from bantin_extract.text.letters import GLUED, LOWER, UPPER, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed


class Kind(StrEnum):
    """The kinds of line."""

    NOISE = "noise"
    CHROME = "chrome"
    END = "end"
    """A heading after which nothing belongs to the article."""
    FOOTER = "footer"
    DATE = "date"
    VIEWS = "views"
    IMAGE = "image"
    LISTED = "listed"
    """An entry of a list of articles: a title with its date, or a line of links."""
    PROSE = "prose"
    SHORT = "short"
    ROW = "row"
    """A row of a table of data."""
    ASIDE = "aside"
    """What stands beside an article or between its paragraphs without belonging to it."""


class KindedLine(NamedTuple):
    """A line with its kind; `dates` are set on date lines, `rest` is what such a line says besides the date."""

    line: Line
    kind: Kind
    dates: tuple[PrintedDate, ...] = ()
    rest: str = ""


_CHROME = PhraseTable(listed("chrome", "phrases"))
_EVERYDAY = PhraseTable(listed("chrome", "everyday"))
_END = PhraseTable(listed("chrome", "ends_article"))
_FOOTER = PhraseTable(listed("chrome", "footer_starts"))
_VIEWS = PhraseTable(listed("bylines", "views"))
_IMAGES = PhraseTable(listed("chrome", "image_placeholders"))
_IMAGE_SUFFIXES = listed("chrome", "image_suffixes")
_DATED = {
    DateLineKind.DATE: Kind.DATE, DateLineKind.LISTED: Kind.LISTED, DateLineKind.BANNER: Kind.CHROME,
    DateLineKind.UNREADABLE: Kind.NOISE,
}  # fmt: skip
_BESIDE = {"chrome": Kind.CHROME, "aside": Kind.ASIDE}
_LETTER = re.compile(rf"[{LOWER}{UPPER}]")
_SENTENCE_END = re.compile(r"[.!?…;:][\"”’')\]]{0,2}$")
_CHROME_LINE = 200
_SENTENCE = 36
_SOME = 6
_FEW = 2
"""Words beside a counter: behind one that begins with its label, behind one that begins with its number."""

_REPEATED = 60
"""A line of this length that stands on the page three times is a banner."""


def kind_lines(lines: tuple[Line, ...]) -> list[KindedLine]:
    """Return the lines with their kinds; lines that run two elements together are cut in two."""
    parts = [part for line in lines for part in _unglued(line)]
    times = Counter(part.text for part in parts if len(part.text) >= _REPEATED)
    return [KindedLine(part, Kind.CHROME) if times[part.text] >= 3 else _kinded(part) for part in parts]


def ends_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence does."""
    return bool(_SENTENCE_END.search(text[-4:]))


def _unglued(line: Line) -> tuple[Line, ...]:
    """Cut a short line where chrome was run into it ("Lan AnhÝ kiến bạn đọc")."""
    if len(line.text) > _CHROME_LINE or not (cut := _glued_at(line.text)):
        return (line,)
    middle = line.start + cut
    head = line._replace(text=line.text[:cut], end=middle)
    return head, line._replace(text=line.text[cut:], start=middle, after_image=False)


@lru_cache(maxsize=8192)
def _glued_at(text: str) -> int:
    """Return where chrome begins that was run into a line; 0 where none was."""
    found = words(text)
    for match in GLUED.finditer(text):
        tail = words(text[match.start() :])
        if _END.match_length(tail) and _CHROME.covered(tail) == len(tail) and _CHROME.covered(found) < len(found):
            return match.start()
    return 0


def _kinded(line: Line) -> KindedLine:
    """Return the line with its kind; short ones are remembered: they are the same all over a site."""
    if line.role == "row":
        return KindedLine(line, Kind.ROW)
    if len(line.text) > _CHROME_LINE:
        return KindedLine(line, _prose_or_links(line) if _LETTER.search(line.text) else Kind.NOISE)
    density = 1.0 if line.link_density > 0.7 else 0.6 if line.link_density > 0.5 else 0.0
    known = _kind_of(line.text, density, "" if line.role == "aside" and 0 < line.heading <= 2 else line.role)
    return KindedLine(line, known.kind, known.dates, known.rest)


@lru_cache(maxsize=8192)
def _kind_of(text: str, link_density: float, role: str) -> KindedLine:
    line = Line(text, 0, len(text), link_density, 0, role)
    if not _LETTER.search(text):
        dates = find_dates(text) if len(text) <= LONGEST else []
        return KindedLine(line, Kind.DATE if dates else Kind.NOISE, tuple(dates))
    if len(text) <= LONGEST and (dated := _dated(line)):
        return dated
    found = words(text)
    if text.lower().endswith(_IMAGE_SUFFIXES) or _IMAGES.covered(found) == len(found):
        return KindedLine(line, Kind.IMAGE)
    count = next((at for at, word in enumerate(found) if not word.isdigit()), 0)
    if (views := _VIEWS.match_length(found, count)) and len(found) <= count + views + (_FEW if count else _SOME):
        return KindedLine(line, Kind.VIEWS)
    return KindedLine(line, _wording_kind(line, found))


def _wording_kind(line: Line, found: tuple[str, ...]) -> Kind:
    named = tuple(word for word in found if not word.isdigit())
    end = _END.match_length(found)
    if end and (end == len(named) or (line.text[:1].isupper() and _CHROME.covered(named) == len(named))):
        return Kind.END
    if _CHROME.covered(named) == len(named) and _EVERYDAY.covered(named) < len(named):
        return Kind.CHROME
    if _FOOTER.match_length(found) and (len(found) > 3 or ":" in line.text):
        return Kind.FOOTER
    if breadcrumb(line.text) or ("|" in line.text and _CHROME.covered(named) * 2 > len(named)):
        return Kind.CHROME
    return _prose_or_links(line)


def _prose_or_links(line: Line) -> Kind:
    if line.link_density > 0.7:
        return Kind.LISTED
    text = line.text
    if line.role != "chrome" and is_menu(text):
        return Kind.CHROME
    if line.role in _BESIDE:
        return _BESIDE[line.role]
    spoken = ends_sentence(text) and (
        len(text) >= 60 or (len(text) >= _SENTENCE and text[-1] in ".!?" and text[-2] != ".")
    )
    return Kind.PROSE if len(text) >= 120 or spoken else Kind.SHORT


def unnamed(line: KindedLine) -> KindedLine:
    """Return a line that only its element's name made an aside as what it is without that name."""
    if line.kind is not Kind.ASIDE or line.line.role != "aside":
        return line
    plain = line.line._replace(role="")
    return KindedLine(plain, _prose_or_links(plain))


def _dated(line: Line) -> KindedLine | None:
    """Return the line as what its date makes of it, None where it holds none or more than one."""
    dated = read_date_line(line.text, line.link_density)
    return KindedLine(line, _DATED[dated.kind], dated.dates, dated.rest) if dated else None
