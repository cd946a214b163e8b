"""Days and moments are those of Vietnam's clocks."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.search.moments import interval_between, interval_start, local_day, microseconds

VIETNAM = timezone(timedelta(hours=7))


def test_a_plain_date_is_the_midnight_of_that_day_in_vietnam():
    assert microseconds(date(2024, 7, 23)) == microseconds(datetime(2024, 7, 22, 17, tzinfo=UTC))
    assert microseconds(datetime(1970, 1, 1, 7, tzinfo=VIETNAM)) == 0


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 7, 22, 16, 59, 59, tzinfo=UTC), date(2024, 7, 22)),
        (datetime(2024, 7, 22, 17, tzinfo=UTC), date(2024, 7, 23)),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), date.max),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), date.min),
    ],
)
def test_the_day_begins_at_midnight_in_vietnam(moment: datetime, day: date):
    assert local_day(moment) == day


@given(st.dates())
def test_a_day_lies_in_its_own_interval(day: date):
    assert local_day(day) == day
    for interval in ("day", "month", "year"):
        assert interval_start(day, interval) <= day


def test_longer_spans_have_longer_intervals():
    first = date(2020, 1, 1)
    spans = [interval_between(first, first + timedelta(days=days)) for days in (0, 62, 63, 1830, 1831)]
    assert spans == ["day", "day", "month", "month", "year"]
