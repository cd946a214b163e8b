"""Reads the day a document is from: behind its number, or before its issuer; the year may have to be resolved.

`… số 81/QĐ-UBND ngày 3/4/2021` · `(ngày 3-4-2021)` · `ban hành ngày 3 tháng 4 năm 2021` ·
`Ngày 3/4, UBND tỉnh ban hành …`.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from bantin_extract.dates.days import possible_date

_NUMBERS = (
    r"(?P<d>[0-3]?\d)(?:\s?[/.–-]\s?(?P<m>[01]?\d)(?:\s?[/.–-]\s?(?P<y>(?:19|20)\d\d))?"
    r"|\stháng\s(?P<wm>[01]?\d)(?:,?\s(?:năm\s)?(?P<wy>(?:19|20)\d\d))?)(?![\d/])"
)
_BEHIND = re.compile(rf"[\s,(]{{0,3}}(?:(?:được\s)?(?:ban hành|ký|ra)\s)?ngày\s?{_NUMBERS}\)?", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(?:ngày|sáng|trưa|chiều|tối)\s(?:ngày\s)?{_NUMBERS},?\s$", re.IGNORECASE)
_YEAR_IN_NUMBER = re.compile(r"\d+[a-zđ]?/((?:19|20)\d\d)\b")
_LAST_YEAR = timedelta(days=120)


class Day(NamedTuple):
    """A day of the month; `year` is None where none is printed."""

    day: int
    month: int
    year: int | None

    def dated(self, number: str, published: date | None) -> date | None:
        """Return the date, in the year printed here or in the number, else the last such day up to `published`."""
        numbered = _YEAR_IN_NUMBER.match(number)
        if year := self.year or (int(numbered[1]) if numbered else None):
            return possible_date(year, self.month, self.day)
        if published is None:
            return None
        same = possible_date(published.year, self.month, self.day)
        if same and same <= published:
            return same
        before = possible_date(published.year - 1, self.month, self.day)
        return before if before and published - before <= _LAST_YEAR else None


def day_behind(text: str, at: int) -> tuple[Day, int] | None:
    """Return the day said at offset `at`, behind a number, and where it ends."""
    match = _BEHIND.match(text, at)
    if match is None:
        return None
    day = _day(match)
    set_off = "," in text[at : match.start("d")] and not text.startswith(" của ", match.end())
    return None if day.year is None and set_off else (day, match.end())


def day_before(text: str) -> Day | None:
    """Return the day with which a text ends ("Ngày 3/4/2021, ")."""
    match = _BEFORE.search(text)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> Day:
    year = match["y"] or match["wy"]
    return Day(int(match["d"]), int(match["m"] or match["wm"]), int(year) if year else None)
