"""Reads days of the month as reports tell them: one, several, or a run of days, mostly without their year.

`Chiều 10/2` · `ngày 29-11` · `trong hai ngày 9 và 10/7` · `từ ngày 30/7 đến ngày 2/8` · `sáng nay (17/4)` · `tối qua`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bantin_extract.dates.days import possible_date

_YEAR = r"(?:19|20)\d\d"
_DAY = r"[0-3]?\d"
_MONTH = r"[01]?\d"
_TO = r"(?:[-–]|đến(?:\shết)?(?:\sngày)?|tới(?:\sngày)?)"
_AND = r"(?:,|và|,\svà)(?:\sngày)?"
_IN_MONTH = (
    rf"(?:\s?[/.]\s?(?P<{{0}}m>{_MONTH})(?:\s?[/.]\s?(?P<{{0}}y>{_YEAR}))?"
    rf"|\stháng\s(?P<{{0}}wm>{_MONTH})(?:,?\s(?:năm\s)?(?P<{{0}}wy>{_YEAR}))?)(?![\d/])"
)
_PART = r"(?:rạng\s)?(?:sáng|trưa|chiều|tối|đêm)(?:\s(?:sớm|muộn|cùng))?"
_WEEKDAY = r"(?:thứ\s?(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_NUMBERS = (
    rf"(?:(?P<from>{_DAY})\s?[/.-]\s?(?P<fm>{_MONTH})(?:\s?[/.-]\s?(?P<fy>{_YEAR}))?\s?(?:{_TO}|(?P<also>và(?:\sngày)?))\s?"
    rf"(?P<to>{_DAY}){_IN_MONTH.format('t')}"
    rf"|(?P<list>{_DAY}(?:\s?(?:{_AND}|{_TO})\s?{_DAY}){{1,6}}){_IN_MONTH.format('l')}"
    rf"|(?P<d>{_DAY})(?:\s?[/.–-]\s?(?P<m>{_MONTH})(?:\s?[/.–-]\s?(?P<y>{_YEAR}))?(?![\d/])"
    rf"|\stháng\s(?P<wm>{_MONTH})(?:,?\s(?:năm\s)?(?P<wy>{_YEAR}))?))(?!\s?\(?âm lịch)"
)
DAYS = re.compile(
    rf"(?:(?P<part>{_PART}(?:\s(?:và|đến)\s{_PART})?)\b|\bhôm\b|(?P<on>\bngày)\b)"
    rf"(?:\s(?P<near>nay|qua))?(?:,?\s{_WEEKDAY})?,?\s?(?:\(?\s?\b(?:(?:hai|ba|các|0?[23])\s)?ngày\s?)?"
    rf"(?:(?<=\s)|\(){_NUMBERS}",
    re.IGNORECASE,
)
"""Days from the word on that introduces them; `part` (of the day) tells an event's day wherever it stands."""

RUN = re.compile(
    rf"(?:\b(?:ngày)(?:,?\s[^\W\d_]{{1,9}}){{1,8}}\s\((?:từ\s)?(?:ngày\s)?|\btừ\s(?=[0-3]?\d[^,]{{0,12}}(?:[-–]|đến|tới))){_NUMBERS}",
    re.IGNORECASE,
)
"""Days behind a number of days or "từ": "(hai) ngày làm việc (9 - 10/7)", "từ 9 đến 10/7"."""

NEAR = re.compile(r"(?:\b(?:sáng|trưa|chiều|tối|đêm)|\bhôm)\s(?P<near>nay|qua)\b", re.IGNORECASE)
"""A day told from the day of publication: "sáng nay", "hôm qua"."""

_RUNS = re.compile(_TO, re.IGNORECASE)
_LONGEST_RUN = 10
_LEAP_YEARS = 8
_LAST_YEAR = timedelta(days=120)


def days_told(match: re.Match[str], published: date | None, latest: date | None) -> list[date]:
    """Return the days that a match of `DAYS` tells, with the year printed or resolved; [] for impossible ones."""
    if match["from"]:
        last = _resolved(match["to"], match["tm"] or match["twm"], match["ty"] or match["twy"], published, latest)
        year = match["fy"] or (str(last.year) if last else None)
        first = _resolved(match["from"], match["fm"], year, published, latest)
        if match["also"]:
            return [first, last] if first and last and first < last else [found for found in (first,) if found]
        return _run(first, last) if first and last else []
    if match["list"]:
        month, year = match["lm"] or match["lwm"], match["ly"] or match["lwy"]
        return _listed(match["list"], month, year, published, latest)
    day = _resolved(match["d"], match["m"] or match["wm"], match["y"] or match["wy"], published, latest)
    return [day] if day else []


def _listed(text: str, month: str, year: str | None, published: date | None, latest: date | None) -> list[date]:
    days: list[date] = []
    past = 0
    for number in re.finditer(r"\d+", text):
        day = _resolved(number[0], month, year, published, latest)
        if day is None or (days and day <= days[-1]):
            return []
        runs = days and _RUNS.search(text, past, number.start())
        days += _run(days[-1], day)[1:] if runs else [day]
        past = number.end()
    return days


def _run(first: date, last: date) -> list[date]:
    """Return the days from the first to the last; of a long time only these two."""
    length = (last - first).days
    if length < 0:
        return []
    return [first, last] if length > _LONGEST_RUN else [first + timedelta(days=step) for step in range(length + 1)]


def _resolved(day: str, month: str, year: str | None, published: date | None, latest: date | None) -> date | None:
    """Return the day in the year printed, that of the publication or the one before, or on or after `latest`."""
    if year:
        return possible_date(int(year), int(month), int(day))
    if published is not None:
        same = possible_date(published.year, int(month), int(day))
        before = possible_date(published.year - 1, int(month), int(day))
        passed = before is not None and published - before <= _LAST_YEAR
        return before if passed and (same is None or same > published) else same
    if latest is None:
        return None
    return next((found for found in _following(latest, int(month), int(day)) if found >= latest), None)


def _following(latest: date, month: int, day: int) -> Iterator[date]:
    for step in range(_LEAP_YEARS + 1):
        if found := possible_date(latest.year + step, month, day):
            yield found
