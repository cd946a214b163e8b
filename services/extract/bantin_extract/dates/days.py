"""Finds printed dates and times: one grammar for every style that Vietnamese portals use.

`Thứ Ba, 14/02/2017, 14:20`, `30/11/2016, 11:06 [GMT+7]`, `thứ năm, 08 08 2019 08:52`, `(05.08.2019 16:32)`,
`14h20 ngày 14 tháng 02 năm 2017`, `2019-08-05T16:32:00+07:00`, `5 Tháng 8, 2019`,
`Tháng Tám 5, 2019`, `August 5, 2019`.
"""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))

_WEEKDAY = (
    r"(?:thứ\s?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s?nhật|t[2-7]|cn|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_TIME = (
    r"(?P<{0}h>[01]?\d|2[0-3])\s?(?::|h|g|giờ)\s?(?P<{0}m>[0-5]\d)"
    r"(?:\s?:\s?[0-5]\d|['’])?(?:\s?(?P<{0}half>am|pm|sa|ch)(?:\b|(?=(?-i:[A-ZĐÀ-Ỹ][a-zđà-ỹ]))))?(?!\d)"
)
_BETWEEN = r"[\s,;|()\[\]\-–]{0,4}"
_AFTER_WEEKDAY = r"[\s,;:|()\[\]\-–]{0,4}"
_MONTHS = ("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_ENGLISH = "january|february|march|april|may|june|july|august|september|october|november|december".split("|")
_NAMED = (
    {"một": 1, "bẩy": 7, "chạp": 12}
    | {name: at for at, name in enumerate(_MONTHS, 1)}
    | {name[:3]: at for at, name in enumerate(_ENGLISH, 1)}
)
_MONTH = "[01]?\\d|" + "|".join(sorted({*_MONTHS, "một", "bẩy", "chạp"}, key=len, reverse=True))
_ENGLISH_MONTH = "(?:" + "|".join(f"{name[:3]}(?:{name[3:] or 't'})?" for name in _ENGLISH) + r"|sept)\.?"
_IN_YEAR = r"(?:19|20)\d\d"
_COUNTER = r"(?:(?![\d/])|(?=\d{1,6}\s?(?:lượt|lần|người|views?)\b))"
"""A year ends before a counter that was run into it, too: "17/09/20211234 lượt xem"."""

_PATTERN = re.compile(
    rf"(?<![\d/.])(?:{_TIME.format('a')}{_BETWEEN}(?:phút\s?)?(?:ngày\s)?)?"
    rf"(?P<weekday>\b{_WEEKDAY}\b{_AFTER_WEEKDAY}(?:ngày:?\s{{0,2}})?)?"
    rf"(?:{_TIME.format('c')}{_BETWEEN}(?:ngày\s)?)?"
    rf"(?:(?P<y>{_IN_YEAR})[-/](?P<ym>[01]?\d)[-/](?P<yd>[0-3]?\d)T?"
    r"|(?P<d>[0-3]?\d)(?:\s?(?P<sep>[/.\-–])\s?|(?P<blank>\s))(?P<mon>[01]?\d)(?:\s?[/.\-–]\s?|\s)"
    rf"(?P<year>{_IN_YEAR})"
    r"|(?:ngày\s)?(?P<wd>[0-3]?\d)(?:\s?[/,–-]\s?|\s)th(?:áng\s|g\s?|\.?\s?(?=\d))"
    rf"(?P<wm>{_MONTH}),?(?:\s?[/–-]\s?|\s)(?:năm\s)?(?P<wy>{_IN_YEAR})"
    rf"|\btháng\s(?P<vm>{_MONTH})\s(?P<vd>[0-3]?\d),\s?(?P<vy>{_IN_YEAR})"
    rf"|\b(?P<em>{_ENGLISH_MONTH})\s(?P<ed>[0-3]?\d)(?:st|nd|rd|th)?,\s?(?P<ey>{_IN_YEAR})"
    rf"|(?P<fd>[0-3]?\d)[\s-](?P<fm>{_ENGLISH_MONTH})[\s,-]\s?(?P<fy>{_IN_YEAR}))"
    rf"{_COUNTER}(?:{_BETWEEN}(?:lúc|vào lúc)?{_BETWEEN}{_TIME.format('b')})?",
    re.IGNORECASE,
)
_STYLES = tuple(
    tuple(names.split()) for names in ("y ym yd", "year mon d", "wy wm wd", "vy vm vd", "ey em ed", "fy fm fd")
)
"""The groups of year, month and day in each style of the pattern."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_YEAR = re.compile(r"(?<![\d/.:-])(?P<date>[0-3]?\d/[01]?\d/)(?P<year>[0-3]\d)(?![\d/.-])")
_SHORT_LINE = 80


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed: its value, its place in the text it was found in, and whether a weekday stood with it."""

    value: datetime | date
    start: int
    end: int
    weekday: bool

    @property
    def day(self) -> date:
        """The date without its time."""
        return self.value.date() if isinstance(self.value, datetime) else self.value

    @property
    def timed(self) -> bool:
        """Whether a time of day stands with it."""
        return isinstance(self.value, datetime)


def find_dates(text: str) -> list[PrintedDate]:
    """Return the full dates (with a year) in the text, in order; impossible ones are left out."""
    if not _YEAR.search(text):
        return _with_short_year(text)
    found: list[PrintedDate] = []
    for match in _PATTERN.finditer(text):
        if match["blank"] and not (match["weekday"] or match["bh"] or match["ah"]):
            continue
        value = _value(match)
        if value is not None:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(PrintedDate(value, start, match.end(), bool(match["weekday"])))
    return found


def _with_short_year(text: str) -> list[PrintedDate]:
    """Return the dates of a line whose year is printed with two digits: "13/03/24 09:30"."""
    if len(text) > _SHORT_LINE or not (short := _SHORT_YEAR.search(text)):
        return []
    at = short.start("year")
    return [
        PrintedDate(found.value, found.start, found.end - 2, found.weekday)
        for found in find_dates(f"{text[:at]}20{text[at:]}")
    ]


def parse_iso(text: str | None) -> datetime | date | None:
    """Return an ISO 8601 date or date-time; one without an offset is Vietnam's. None where it is neither.

    Nor is anything in the calendar's first or last year, which some offset would lead out of the calendar.
    """
    if not text:
        return None
    text = text.strip()
    try:
        value = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return next((found.value for found in find_dates(text)), None)
    if value.year in (MINYEAR, MAXYEAR):
        return None
    return in_vietnam(value) if isinstance(value, datetime) else value


def in_vietnam(value: datetime) -> datetime:
    """Return a date-time with Vietnam's offset; one without an offset is taken for Vietnam's."""
    return value.replace(tzinfo=VIETNAM) if value.tzinfo is None else value.astimezone(VIETNAM)


def is_future(value: datetime | date, now: datetime) -> bool:
    """Return whether a date lies after `now`; a plain date does from the next day in Vietnam on."""
    if isinstance(value, datetime):
        return value > now
    return value > now.astimezone(VIETNAM).date()


def possible_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _value(match: re.Match[str]) -> datetime | date | None:
    year, month, day = next(match.group(*style) for style in _STYLES if match[style[0]])
    number = int(month) if month.isdigit() else _NAMED.get(month.lower()) or _NAMED[month[:3].lower()]
    value = possible_date(int(year), number, int(day))
    if value is None:
        return None
    for prefix in ("b", "c", "a"):
        if match[f"{prefix}h"]:
            hour, minute = int(match[f"{prefix}h"]), int(match[f"{prefix}m"])
            half = (match[f"{prefix}half"] or "").lower()
            if half in ("pm", "ch") and hour < 12:
                hour += 12
            elif half in ("am", "sa") and hour == 12:
                hour = 0
            return datetime(value.year, value.month, value.day, hour, minute, tzinfo=VIETNAM)
    return value
