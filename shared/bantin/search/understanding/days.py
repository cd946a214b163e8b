"""Days, months, quarters and years: `23/7/2024`, `tháng bảy năm 2024`, `T7/2024`, in a query and in an article.

As tokens and labels: `2024-07-23`, `2024-07`, `2024-Q3`, `2024`. What has no year names none, nor do words that count
from today (`tuần trước`): an answer would change with the day on which it is asked for.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from bantin.search.moments import local_day
from bantin.search.understanding.recognised import Recognised, recognise_along
from bantin.vietnamese.comparison import folded

_EARLIEST, _LATEST = 1900, 2100
_MONTHS: Final = {
    ("gieng",): 1, ("mot",): 1, ("hai",): 2, ("ba",): 3, ("tu",): 4, ("nam",): 5, ("sau",): 6, ("bay",): 7,
    ("tam",): 8, ("chin",): 9, ("muoi", "mot"): 11, ("muoi", "hai"): 12, ("muoi",): 10, ("chap",): 12,
}  # fmt: skip
"""Numbers of months in words, without accents; the longer ones first."""

_MAY: Final = ("nam",)
"""The name of May is also the word for a year: `6 tháng năm 2024` are six months of 2024."""

_MONTH_IN_LETTERS: Final = re.compile(r"th?(\d{1,2})")
_SHORT_YEAR: Final = re.compile(r"\d\d")
_OF_THIS_CENTURY: Final = 40
"""Years of two digits below it are of the 2000s, others of the 1900s: `30/4/75`, `23/7/24`."""

_QUARTER: Final = folded("quý")
_QUARTERS: Final = {**{str(number): number for number in range(1, 5)}, "i": 1, "ii": 2, "iii": 3, "iv": 4}


def day_tokens(moment: datetime | date) -> Iterator[str]:
    """Give the tokens of a day in Vietnam: the day, its month, its quarter, its year."""
    day = local_day(moment)
    written = day.isoformat()
    quarter = f"{written[:4]}-Q{(day.month + 2) // 3}"
    yield from (_token(name) for name in (written, written[:7], quarter, written[:4]))


def _token(written: str) -> str:
    return f"day:{written.lower()}"


def recognise_days(words: Sequence[str]) -> Iterator[Recognised]:
    """Give the days, months and years that folded words name; a month without its year is none."""
    return recognise_along(len(words), lambda place: _read(words, place))


def _read(words: Sequence[str], place: int) -> Recognised | None:
    found = _quarter(words, place) or _month_in_words(words, place) or _year_first(words, place)
    found = found or _month_in_letters(words, place) or _in_numbers(words, place) or _short_year(words, place)
    return Recognised("day", found[0], (_token(found[0]),), place, found[1]) if found else None


def _in_numbers(words: Sequence[str], place: int) -> tuple[str, int] | None:
    """Read day, month and year, month and year, or a year, and where they end."""
    for markers in (("ngay", "thang", "nam"), ("thang", "nam"), ("nam",)):
        found = _numbers(words, place, markers)
        if found and _called(words[place : found[1]], markers) and (written := _written(found[0])):
            span = len(markers) == 1 and _is_number(words, found[1])
            return None if span or (len(markers) == 2 and _of_no_day(words, place)) else (written, found[1])
    return None


def _of_no_day(words: Sequence[str], month: int) -> bool:
    """Say whether a month has the number of a day before it, which is none of its days: `31/2/2024`."""
    if not _is_number(words, month - 1) or len(words[month - 1]) > 2:
        return False
    return words[month] != "thang" or (month > 1 and words[month - 2] == "ngay")


def _short_year(words: Sequence[str], place: int) -> tuple[str, int] | None:
    """Read a day whose year has two digits: `23/7/24`; numbers before or behind it make it a row of numbers."""
    found = _numbers(words, place, ("ngay", "thang", "nam"))
    if found is None or _is_number(words, place - 1) or _is_number(words, found[1]):
        return None
    if not _SHORT_YEAR.fullmatch(words[found[1] - 1]):
        return None
    day, month, year = found[0]
    written = _written([day, month, year + (2000 if year < _OF_THIS_CENTURY else 1900)])
    return (written, found[1]) if written else None


def _is_number(words: Sequence[str], place: int) -> bool:
    return 0 <= place < len(words) and words[place].isdecimal()


def _called(words: Sequence[str], markers: Sequence[str]) -> bool:
    """Say whether words name a day by themselves: a year is called one, and so is a month whose year is.

    `5 năm 2021` is a span of years.
    """
    return len(markers) == 3 or words[0] == markers[0] or (len(markers) == 2 and markers[1] not in words)


def _year_first(words: Sequence[str], place: int) -> tuple[str, int] | None:
    """Read a day as computers write it: `2024-07-23`."""
    numbers = words[place : place + 3]
    if len(numbers) < 3 or [len(number) for number in numbers] != [4, 2, 2] or not "".join(numbers).isdecimal():
        return None
    written = _written([int(number) for number in reversed(numbers)])
    return (written, place + 3) if written else None


def _quarter(words: Sequence[str], place: int) -> tuple[str, int] | None:
    """Read `quý 2 năm 2024`, `quý II/2024`."""
    if words[place] != _QUARTER or place + 1 >= len(words) or words[place + 1] not in _QUARTERS:
        return None
    year = _numbers(words, place + 2, ("nam",))
    if year is None or not _EARLIEST <= year[0][0] <= _LATEST:
        return None
    return f"{year[0][0]}-Q{_QUARTERS[words[place + 1]]}", year[1]


def _month_in_words(words: Sequence[str], place: int) -> tuple[str, int] | None:
    """Read `tháng bảy năm 2024`, `tháng bảy 2024`; behind May, whose name is the word, the year must be called one."""
    if words[place] != "thang":
        return None
    for name, month in _MONTHS.items():
        past = place + 1 + len(name)
        if tuple(words[place + 1 : past]) == name and (name != _MAY or tuple(words[past : past + 1]) == _MAY):
            return _month_of_year(month, words, past)
    return None


def _month_in_letters(words: Sequence[str], place: int) -> tuple[str, int] | None:
    """Read `T7/2024`."""
    found = _MONTH_IN_LETTERS.fullmatch(words[place])
    return _month_of_year(int(found[1]), words, place + 1) if found else None


def _month_of_year(month: int, words: Sequence[str], place: int) -> tuple[str, int] | None:
    year = _numbers(words, place, ("nam",))
    written = _written([month, *year[0]]) if year else None
    return (written, year[1]) if year and written else None


def _numbers(words: Sequence[str], place: int, markers: Sequence[str]) -> tuple[list[int], int] | None:
    """Read one number for each marker, in order; the markers themselves may be left out."""
    found: list[int] = []
    for marker in markers:
        if place < len(words) and words[place] == marker:
            place += 1
        if place >= len(words) or not words[place].isdecimal() or len(words[place]) > 4:
            return None
        found.append(int(words[place]))
        place += 1
    return found, place


def _written(numbers: Sequence[int]) -> str | None:
    """Return day, month and year as ISO 8601; None where there is no such day."""
    year = numbers[-1]
    if not _EARLIEST <= year <= _LATEST:
        return None
    if len(numbers) == 1:
        return f"{year}"
    try:
        written = date(year, numbers[-2], numbers[0] if len(numbers) == 3 else 1).isoformat()
    except ValueError:
        return None
    return written if len(numbers) == 3 else written[:7]
