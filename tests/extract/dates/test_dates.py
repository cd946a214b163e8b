"""Every printed style of date is read; what only looks like one is not."""

from datetime import UTC, date, datetime

import pytest

from bantin_extract.dates.days import VIETNAM, find_dates, is_future, parse_iso


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Thứ Hai, 06/03/2023, 09:05", "2023-03-06T09:05:00+07:00"),
        ("Thứ Sáu, 1/12/2017, 7:06 [GMT+7]", "2017-12-01T07:06:00+07:00"),
        ("[ Cập nhật vào ngày (09/11/2021) ]", "2021-11-09"),
        ("chủ nhật, 04 02 2018 21:15", "2018-02-04T21:15:00+07:00"),
        ("(17.10.2020 16:32)", "2020-10-17T16:32:00+07:00"),
        ("3/9/2024", "2024-09-03"),
        ("ngày 2 tháng 5 năm 2022", "2022-05-02"),
        ("14h20 ngày 14/02/2019", "2019-02-14T14:20:00+07:00"),
        ("08:20 PM 02/03/2021", "2021-03-02T20:20:00+07:00"),
        ("2020-05-06", "2020-05-06"),
    ],
)
def test_styles(text: str, value: str) -> None:
    assert [found.value.isoformat() for found in find_dates(text)] == [value]


@pytest.mark.parametrize(
    "text", ["12 34 2019", "32/13/2020", "2 9 6 4 4 5 2", "Điện thoại 0261.354.3140", "45/2019/QH14", ""]
)
def test_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_iso() -> None:
    assert parse_iso("2021-02-03T01:00:00Z") == datetime(2021, 2, 3, 8, tzinfo=VIETNAM)
    assert parse_iso("2021-02-03") == date(2021, 2, 3)
    assert parse_iso("yesterday") is None
    assert parse_iso("9999-12-31T23:59:59-14:00") is None
    assert parse_iso("0001-01-01T00:00:00+14:00") is None
    assert parse_iso("0001-01-01") is None


def test_future_begins_the_next_day_in_vietnam() -> None:
    now = datetime(2024, 5, 1, 18, tzinfo=UTC)
    assert not is_future(date(2024, 5, 2), now)
    assert is_future(date(2024, 5, 3), now)
    assert is_future(datetime(2024, 5, 2, 1, 1, tzinfo=VIETNAM), now)
