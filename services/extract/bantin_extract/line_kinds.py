"""What each line looks like on its own: prose, a date line, chrome, an entry of a list, a picture's place …"""

import re
from collections import Counter
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bantin_extract.dates import PrintedDate, find_dates
from bantin_extract.letters import GLUED, LOWER, UPPER, unmarked, words
from bantin_extract.page import Line
from bantin_extract.phrases import PhraseTable
from bantin_extract.tables import listed


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
_END = PhraseTable(listed("chrome", "ends_article"))
_FOOTER = PhraseTable(listed("chrome", "footer_starts"))
_VIEWS = PhraseTable(listed("bylines", "views"))
_IMAGES = PhraseTable(listed("chrome", "image_placeholders"))
_IMAGE_SUFFIXES = listed("chrome", "image_suffixes")
_DATE_WORDS = frozenset(word for phrase in listed("bylines", "date_words") for word in phrase.split())
_BANNERS = tuple(map(unmarked, listed("bylines", "banner_words")))
_BESIDE = {"chrome": Kind.CHROME, "aside": Kind.ASIDE}
_LETTER = re.compile(rf"[{LOWER}{UPPER}]")
_SENTENCE_END = re.compile(r"[.!?…;:][\"”’')\]]{0,2}$")
_DATE_LINE = 160
_CHROME_LINE = 200
_SECTION_WORDS = 7
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
    if len(line.text) > _CHROME_LINE:
        return (line,)
    for match in GLUED.finditer(line.text):
        tail = words(line.text[match.start() :])
        if (
            _END.match_length(tail)
            and _CHROME.covered(tail) == len(tail)
            and _CHROME.covered(words(line.text)) < len(words(line.text))
        ):
            middle = line.start + match.start()
            head = line._replace(text=line.text[: match.start()], end=middle)
            return head, line._replace(text=line.text[match.start() :], start=middle, after_image=False)
    return (line,)


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
        dates = find_dates(text) if len(text) <= _DATE_LINE else []
        return KindedLine(line, Kind.DATE if dates else Kind.NOISE, tuple(dates))
    if len(text) <= _DATE_LINE and (dated := _dated(line)):
        return dated
    found = words(text)
    if text.lower().endswith(_IMAGE_SUFFIXES) or _IMAGES.covered(found) == len(found):
        return KindedLine(line, Kind.IMAGE)
    if (views := _VIEWS.match_length(found)) and len(found) <= views + 6:
        return KindedLine(line, Kind.VIEWS)
    return KindedLine(line, _wording_kind(line, found))


def _wording_kind(line: Line, found: tuple[str, ...]) -> Kind:
    named = tuple(word for word in found if not word.isdigit())
    end = _END.match_length(found)
    if end and (end == len(named) or (line.text[:1].isupper() and _CHROME.covered(named) == len(named))):
        return Kind.END
    if _CHROME.covered(named) == len(named):
        return Kind.CHROME
    if _FOOTER.match_length(found) and (len(found) > 3 or ":" in line.text):
        return Kind.FOOTER
    if "|" in line.text and _CHROME.covered(named) * 2 > len(named):
        return Kind.CHROME
    return _prose_or_links(line)


def _prose_or_links(line: Line) -> Kind:
    if line.link_density > 0.7:
        return Kind.LISTED
    text = line.text
    if line.role in _BESIDE:
        return _BESIDE[line.role]
    return Kind.PROSE if len(text) >= 120 or (len(text) >= 60 and ends_sentence(text)) else Kind.SHORT


def unnamed(line: KindedLine) -> KindedLine:
    """Return a line that only its element's name made an aside as what it is without that name."""
    if line.kind is not Kind.ASIDE or line.line.role != "aside":
        return line
    plain = line.line._replace(role="")
    return KindedLine(plain, _prose_or_links(plain))


def _dated(line: Line) -> KindedLine | None:
    """Return the line as a date line or a listed title, None where it is neither."""
    dates = find_dates(line.text)
    if not dates or not _nothing_after(line.text[dates[-1].end :]):
        return None
    head = line.text[: dates[0].start].strip(" \t[](){}|-–—•·,:;>")
    head_words = words(unmarked(head))
    if any(banner in " ".join(head_words) for banner in _BANNERS):
        return KindedLine(line, Kind.CHROME)
    section = [word for word in head_words if word not in _DATE_WORDS]
    if not section:
        return KindedLine(line, Kind.DATE, tuple(dates))
    if _FOOTER.match_length(words(head)) or ends_sentence(line.text) or len(dates) > 1:
        return None
    return _headed(line, dates[0], head, len(section))


def _nothing_after(tail: str) -> bool:
    """Return whether nothing but readers' counters, "GMT+7" and the like follows a date."""
    spare = [word for word in words(unmarked(tail)) if word not in _DATE_WORDS and not word.isdigit()]
    return len(spare) <= _VIEWS.covered(words(tail)) + 1


def _headed(line: Line, printed: PrintedDate, head: str, size: int) -> KindedLine | None:
    """Tell a section with its date from a title with its date, by length and by how the date is set off."""
    before = line.text[: printed.start].rstrip()
    bracketed = before.endswith(("(", "["))
    glued = bracketed and not before.rstrip("([").endswith(" ")
    if glued or size > _SECTION_WORDS:
        return KindedLine(line, Kind.LISTED) if bracketed or line.link_density > 0.5 else None
    if printed.timed or printed.weekday or bracketed:
        return KindedLine(line, Kind.DATE, (printed,), head)
    return None
