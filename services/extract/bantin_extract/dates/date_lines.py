"""Tells lines that only say when (and by whom, how often read) from entries of lists and sentences that hold a date."""

import re
from enum import StrEnum
from typing import NamedTuple

from bantin_extract.dates.days import PrintedDate, find_dates
from bantin_extract.people.names import SURNAMES
from bantin_extract.signatures.bylines import read_byline
from bantin_extract.text.letters import unmarked, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

LONGEST = 160
"""Characters: a longer line is no date line."""

_DATE_WORDS = frozenset(word for phrase in listed("bylines", "date_words") for word in phrase.split())
_BANNERS = tuple(map(unmarked, listed("bylines", "banner_words")))
_VIEWS = PhraseTable(listed("bylines", "views"))
_AROUND = PhraseTable((*listed("chrome", "phrases"), *listed("bylines", "views")))
_SECTIONS = PhraseTable((*listed("bylines", "section_words"), *listed("chrome", "page_names")))
_FOOTER = PhraseTable(listed("chrome", "footer_starts"))
_SIGNING = "|".join(listed("bylines", "signing_labels"))
_BY = r"(?<!\w)(?:bởi|by)\s[^|;\d:\n]{2,40}?(?=\s?(?:[|;/•·\d:]|$)|\s(?:[-–]|ngày|lúc|vào|on|in|trong)\s)"
SIGNED = re.compile(rf"(?<![^\W\d])(?:{_SIGNING})\s?[:：]\s?[^|;\d:\n]{{2,60}}|{_BY}", re.IGNORECASE)
"""Who wrote it or where it is from, as a date line says so: "Tác giả: …", "by …"."""

_SENTENCE_END = re.compile(r"[.!?…;:][\"”’')\]]{0,2}$")
_MAY_SIGN = re.compile("[:：]|b(?:ởi|y)", re.IGNORECASE)
_PUBLISHING = re.compile(r"\b(?:dang|cap nhat|xuat ban|phat hanh|published?|posted|updated)\b")
_LABEL_END = re.compile(r"(?:\s(?:ngày|lúc|vào|đăng|cập nhật)){1,4}\s?:?\s?$", re.IGNORECASE)
_AROUND_DATE = " \t[](){}|-–—•·,:;>/."
_SECTION_WORDS = 7
_SPARE = 1
_SPARE_BESIDE_READERS = 6
"""Words of tools that no table knows; a reader count right behind the day says that no sentence goes on there."""

_BEFORE_READERS = "0123456789.,: |-"
_FEW = 3
_SHORTEST_NAME = 3
_LONGEST_NAME = 4


class DateLineKind(StrEnum):
    """The kinds of line that a date makes."""

    DATE = "date"
    LISTED = "listed"
    """An entry of a list: a title with its date."""
    BANNER = "banner"
    """Today's date."""
    UNREADABLE = "unreadable"
    """Words of a date line without a date that can be read."""


class DateLine(NamedTuple):
    """What a date makes of a line; `rest`: the section that stands with the date."""

    kind: DateLineKind
    dates: tuple[PrintedDate, ...] = ()
    rest: str = ""


def read_date_line(text: str, link_density: float) -> DateLine | None:
    """Return what the date in a line makes of it, None where the line is none of these."""
    dates = find_dates(text)
    if not dates:
        return DateLine(DateLineKind.UNREADABLE) if _only_date_words(text) else None
    tail = text[dates[-1].end :]
    spare = _SPARE_BESIDE_READERS if _VIEWS.starts(tail.lstrip(_BEFORE_READERS)) else _SPARE
    if len(_said(tail)) > spare and not signing_name(tail):
        return None
    head = text[: dates[0].start].strip(_AROUND_DATE)
    head_words = words(unmarked(head))
    if any(banner in " ".join(head_words) for banner in _BANNERS):
        return DateLine(DateLineKind.BANNER)
    section = _said(head)
    bare = not section and not _names_section(head, head_words)
    if bare or _leads_to_date(section, head_words) or signing_name(head):
        return DateLine(DateLineKind.DATE, tuple(dates))
    if _FOOTER.match_length(words(head)) or _SENTENCE_END.search(text[-4:]) or len(dates) > 1:
        return None
    return _headed(text, dates[0], head, len(head_words), link_density)


def is_mostly_date(text: str) -> bool:
    """Return whether a line is a date with its time or counters and hardly a word more: nothing that can be a title."""
    if len(text) > LONGEST or not (dates := find_dates(text)):
        return False
    said = len(_said(text[: dates[0].start])) + len(_said(text[dates[-1].end :]))
    return said <= _FEW and said < sum(word.isdigit() for word in words(text))


def signing_name(text: str) -> str | None:
    """Return the personal name that the text beside a date consists of: "| Trần Thị Bình", "- Lê An Bình"."""
    name = _LABEL_END.sub("", text).strip(_AROUND_DATE)
    found = words(name)
    if not _SHORTEST_NAME <= len(found) <= _LONGEST_NAME or name.split()[0].lower() not in SURNAMES:
        return None
    return name if (byline := read_byline(name)) and len(byline.authors) == 1 else None


def _leads_to_date(section: list[str], head_words: tuple[str, ...]) -> bool:
    """Return whether tools and a label of the day of publication stand before it ("Màu chữ Ngày đăng: …")."""
    label = 0
    while label < len(head_words) and head_words[-label - 1] in _DATE_WORDS:
        label += 1
    labels = " ".join(head_words[len(head_words) - label :])
    return len(section) <= _FEW < len(head_words) and bool(_PUBLISHING.search(labels))


def _said(text: str) -> list[str]:
    """Return the words that are neither about dates, counters or tools nor sign the article."""
    found = words(SIGNED.sub(" ", text) if _MAY_SIGN.search(text) else text)
    said: list[str] = []
    at = 0
    while at < len(found):
        known = _AROUND.match_length(found, at)
        plain = unmarked(found[at])
        if not known and plain not in _DATE_WORDS and not plain.isdigit():
            said.append(plain)
        at += known or 1
    return said


def _names_section(head: str, head_words: tuple[str, ...]) -> bool:
    """Return whether words that are chrome elsewhere name the section here ("Tin tức - 12/05/2019")."""
    found = words(head)
    at = sections = 0
    while at < len(found):
        length = _SECTIONS.match_length(found, at)
        if not length and unmarked(found[at]) not in _DATE_WORDS:
            return False
        sections += bool(length)
        at += length or 1
    return sections > 0 and len(head_words) <= _SECTION_WORDS


def _only_date_words(text: str) -> bool:
    found = words(unmarked(text))
    return any(word.isdigit() for word in found) and all(word.isdigit() or word in _DATE_WORDS for word in found)


def _headed(text: str, printed: PrintedDate, head: str, size: int, link_density: float) -> DateLine | None:
    """Tell a section with its date from a title with its date, by length and by how the date is set off."""
    before = text[: printed.start].rstrip()
    bracketed = before.endswith(("(", "["))
    glued = bracketed and not before.rstrip("([").endswith(" ")
    if glued or size > _SECTION_WORDS:
        return DateLine(DateLineKind.LISTED) if bracketed or link_density > 0.5 else None
    if printed.timed or printed.weekday or bracketed or _names_section(head, ()):
        return DateLine(DateLineKind.DATE, (printed,), head)
    return None
