"""Proves that numbers, sizes and dates are written as their readers write them."""

from datetime import UTC, date, datetime

import pytest

from bantin.site.wording import moment, number, size


def test_numbers_and_dates() -> None:
    late = datetime(2016, 12, 31, 18, 5, tzinfo=UTC)
    assert (number(1234567, "vi"), number(1234567, "en")) == ("1.234.567", "1,234,567")
    assert (moment(late, "vi"), moment(late, "en")) == ("01:05, 1/1/2017", "1 Jan 2017, 01:05")
    assert (moment(date(2017, 2, 3), "vi"), moment(date(2017, 2, 3), "en")) == ("3/2/2017", "3 Feb 2017")


def test_the_last_hours_of_the_calendar_have_a_moment() -> None:
    assert moment(datetime.max.replace(tzinfo=UTC), "vi") == "23:59, 31/12/9999"


@pytest.mark.parametrize(
    ("count", "vietnamese", "english"),
    [
        (0, "0 B", "0 B"),
        (1_023, "1023 B", "1023 B"),
        (1_024, "1 KB", "1 KB"),
        (12_595, "12,3 KB", "12.3 KB"),
        (1_048_575, "1 MB", "1 MB"),
        (10 * 1024**2, "10 MB", "10 MB"),
        (3 * 1024**4, "3.072 GB", "3,072 GB"),
    ],
)
def test_sizes(count: int, vietnamese: str, english: str) -> None:
    assert (size(count, "vi"), size(count, "en")) == (vietnamese, english)
