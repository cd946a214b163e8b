"""Days, months and years: `23/7/2024`, `tháng 7 năm 2024`, `năm 2024`, in a query and in an article."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bantin.search.moments import local_day
from bantin.search.understanding.recognised import Recognised, recognise_along

_EARLIEST, _LATEST = 1900, 2100


def day_tokens(moment: datetime | date) -> Iterator[str]:
    """Give the tokens of a day in Vietnam: the day, its month, its year."""
    written = local_day(moment).isoformat()
    yield from (f"day:{written}", f"day:{written[:7]}", f"day:{written[:4]}")


def recognise_days(words: Sequence[str]) -> Iterator[Recognised]:
    """Give the days, months and years that folded words name; a month without its year is none."""
    return recognise_along(len(words), lambda place: _read(words, place))


def _read(words: Sequence[str], place: int) -> Recognised | None:
    for markers, numbers in ((("ngay", "thang", "nam"), 3), (("thang", "nam"), 2), (("nam",), 1)):
        found = _numbers(words, place, markers)
        if found and (numbers > 1 or words[place] == "nam") and (written := _written(found[0])):
            return Recognised("day", written, (f"day:{written}",), place, found[1])
    return None


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
