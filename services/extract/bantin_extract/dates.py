"""Finds printed dates and times: one grammar for every style that Vietnamese portals use.

`Thứ Ba, 14/02/2017, 14:20`, `30/11/2016, 11:06 [GMT+7]`, `thứ năm, 08 08 2019 08:52`, `(05.08.2019 16:32)`,
`14h20 ngày 14 tháng 02 năm 2017`, `2019-08-05T16:32:00+07:00`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))

_WEEKDAY = r"(?:thứ\s?(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s?nhật|t[2-7]|cn)"
_TIME = (
    r"(?P<{0}h>[01]?\d|2[0-3])\s?(?::|h|g|giờ)\s?(?P<{0}m>[0-5]\d)"
    r"(?:\s?:\s?[0-5]\d|['’])?(?:\s?(?P<{0}half>am|pm|sa|ch)\b)?(?!\d)"
)
_BETWEEN = r"[\s,;|()\[\]\-–]{0,4}"
_MONTHS = ("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_NAMED = {"một": 1, "bẩy": 7, "chạp": 12} | {name: at for at, name in enumerate(_MONTHS, 1)}
_MONTH = "[01]?\\d|" + "|".join(sorted(_NAMED, key=len, reverse=True))
_PATTERN = re.compile(
    rf"(?<![\d/.])(?:{_TIME.format('a')}{_BETWEEN}(?:phút\s?)?(?:ngày\s)?)?"
    rf"(?P<weekday>\b{_WEEKDAY}\b{_BETWEEN}(?:ngày\s{{0,2}})?)?"
    rf"(?:{_TIME.format('c')}{_BETWEEN}(?:ngày\s)?)?"
    r"(?:(?P<y>(?:19|20)\d\d)[-/](?P<ym>[01]?\d)[-/](?P<yd>[0-3]?\d)T?"
    r"|(?P<d>[0-3]?\d)(?:\s?(?P<sep>[/.\-–])\s?|(?P<blank>\s))(?P<mon>[01]?\d)(?:\s?[/.\-–]\s?|\s)(?P<year>(?:19|20)\d\d)"
    rf"|(?:ngày\s)?(?P<wd>[0-3]?\d)\stháng\s(?P<wm>{_MONTH}),?\s(?:năm\s)?(?P<wy>(?:19|20)\d\d))"
    rf"(?![\d/])(?:{_BETWEEN}(?:lúc|vào lúc)?{_BETWEEN}{_TIME.format('b')})?",
    re.IGNORECASE,
)
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
    """Return an ISO 8601 date or date-time; one without an offset is Vietnam's. None where it is neither."""
    if not text:
        return None
    text = text.strip()
    try:
        if len(text) <= 10:
            return date.fromisoformat(text)
        value = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return next((found.value for found in find_dates(text)), None)
    return in_vietnam(value)


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
    year = match["y"] or match["year"] or match["wy"]
    month = match["ym"] or match["mon"] or match["wm"]
    day = match["yd"] or match["d"] or match["wd"]
    value = possible_date(int(year), int(month) if month.isdigit() else _NAMED[month.lower()], int(day))
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
