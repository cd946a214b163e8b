"""Numbers, sizes and dates as people write them in the two languages."""

from contextlib import suppress
from datetime import date, datetime, timezone

from bantin.search.moments import OFFSET
from bantin.site.language import Language

_VIETNAM = timezone(OFFSET)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SWAPPED = str.maketrans(",.", ".,")
_UNITS = ("KB", "MB", "GB")


def number(value: int, language: Language) -> str:
    """Return a whole number with its thousands apart: 1.520 or 1,520."""
    return _written(f"{value:,}", language)


def size(count: int, language: Language) -> str:
    """Return a number of bytes in the unit that people read it in, 1 KB being 1,024 bytes: 12,3 KB or 12.3 KB."""
    if count < 1024:
        return f"{count} B"
    amount, unit = float(count), ""
    for unit in _UNITS:  # noqa: B007 - the last one holds for whatever is larger still
        amount /= 1024
        if round(amount, 1) < 1024:
            break
    return f"{_written(f'{amount:,.1f}'.removesuffix('.0'), language)} {unit}"


def day(value: date, language: Language) -> str:
    """Return a day: 14/2/2017 or 14 Feb 2017."""
    if language == "vi":
        return f"{value.day}/{value.month}/{value.year}"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(year: int, number: int, language: Language) -> str:
    """Return a month: tháng 2/2017 or Feb 2017."""
    return f"tháng {number}/{year}" if language == "vi" else f"{_MONTHS[number - 1]} {year}"


def moment(value: datetime | date, language: Language) -> str:
    """Return a date, with its time of day in Vietnam where it has one: 14:20, 14/2/2017."""
    if not isinstance(value, datetime):
        return day(value, language)
    with suppress(OverflowError):  # within hours of the years 1 and 9999 it keeps its own offset
        value = value.astimezone(_VIETNAM)
    if language == "vi":
        return f"{value:%H:%M}, {day(value, language)}"
    return f"{day(value, language)}, {value:%H:%M}"


def _written(figures: str, language: Language) -> str:
    return figures.translate(_SWAPPED) if language == "vi" else figures
