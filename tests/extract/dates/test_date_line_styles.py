"""Every way to print a day, a time and what stands beside them makes a date line with the right day, and no title."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from bantin_extract.dates.date_lines import DateLineKind, is_mostly_date, read_date_line
from tests.extract.received import article_of

DAY = date(2021, 9, 17)
WEEKDAYS = ("", "Thứ sáu", "THỨ SÁU", "Thứ 6", "Friday")
SEPARATORS = (", ", " ", " | ", " - ", " – ")
DATES = (
    "17/9/2021", "17.09.2021", "17-09-2021", "17 - 09 - 2021", "2021-09-17", "ngày 17/09/2021",
    "ngày 17 tháng 9 năm 2021", "17 Tháng 9, 2021", "17 Tháng Chín, 2021", "Tháng Chín 17, 2021", "17 Th9, 2021",
    "September 17, 2021", "17 Sep 2021",
)  # fmt: skip
TIMES = ("", "10:25", "10:25:00", "10h25", "10:25 SA")
BODY = (
    "Xã vừa ra mắt mô hình trồng rừng gỗ lớn với sự tham gia của bốn mươi hộ dân ở sáu bản vùng cao biên giới.",
    "Các hộ được hỗ trợ cây giống, phân bón và được hướng dẫn kỹ thuật chăm sóc trong ba năm đầu tiên.",
)
AROUND = (
    "{}", "Ngày đăng: {}", "Cập nhật lúc: {}", "Đăng lúc {}", "Màu chữ Cỡ chữ Ngày đăng: {}", "Posted on {}",
    "Lượt xem: 1.234 | {}", "{} | 1.234 lượt xem", "{} Lượt xem: 1234", "{}Lượt xem: 1234", "{} | In bài Gửi email",
    "{} Màu chữ", "{} by admin", "{} bởi Trần Thị Bình", "{} | Trần Thị Bình", "Trần Thị Bình - {}", "{} (GMT+7)",
    "{} | 0 bình luận", "{} Tác giả: Trần Thị Bình",
)  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
def test_every_style_is_a_date_line(around: str) -> None:
    for weekday, separator, day, time in product(WEEKDAYS, SEPARATORS, DATES, TIMES):
        line = around.format(separator.join(part for part in (weekday, day, time) if part))
        found = read_date_line(line, 0.0)
        assert found is not None, line
        assert (found.kind, found.rest) == (DateLineKind.DATE, ""), line
        assert {printed.day for printed in found.dates} == {DAY}, line
        assert found.dates[0].timed == bool(time), line


@pytest.mark.parametrize(
    ("line", "timed"),
    [
        ("17/09/20211234 lượt xem", False),
        ("Thứ sáu 17.09.2021 | 10:25:001234 lượt xem", True),
        ("Thứ Sáu, 17/09/2021 10:25 SACỡ chữ", True),
        ("17/09/2021Lượt xem:12Tác giả:Trần Thị Bình", False),
    ],
)
def test_counters_and_tools_run_into_the_date(line: str, timed: bool) -> None:
    found = read_date_line(line, 0.0)
    assert found is not None
    assert (found.kind, found.dates[0].day, found.dates[0].timed) == (DateLineKind.DATE, DAY, timed)


@pytest.mark.parametrize(
    ("line", "mostly"),
    [
        ("17/09/2021 10:25 Phát thanh viên", True),
        ("Thứ sáu 17.09.2021 | 1.234 lượt tiếp cận", True),
        ("Kế hoạch thu mua lúa vụ mùa từ ngày 17/09/2021", False),
        ("Xã Mường Hin họp dân ngày 17/09/2021", False),
        ("Đại hội nhiệm kỳ 2020 - 2025", False),
    ],
)
def test_what_is_mostly_a_date_is_no_title(line: str, mostly: bool) -> None:
    assert is_mostly_date(line) is mostly


@pytest.mark.parametrize(
    "style", ["{} by admin", "{} bởi Trần Thị Bình", "Màu chữ Cỡ chữ Ngày đăng: {}", "{} 10:25 phát lại"]
)
@pytest.mark.parametrize("above", [True, False])
def test_the_title_beside_the_date_stays_the_title(style: str, above: bool) -> None:
    title, line = "Xã Mường Hin ra mắt mô hình trồng rừng gỗ lớn", style.format("17 Tháng 9, 2021")
    head = (line, title) if above else (title, line, "In bài", "1.234 lượt xem")
    page = "\n".join(("Trang chủ", "Giới thiệu", *head, *BODY, "Tin liên quan", "Gặp mặt đầu xuân (02/01/2021)"))
    assert article_of(page, captured_at=datetime(2024, 5, 20, tzinfo=UTC)).title == title


def test_a_date_line_signs() -> None:
    body = "\n".join(BODY)
    for line in ("17 Tháng 9, 2021 by Trần Thị Bình", "Trần Thị Bình - 17/09/2021 10:25", "17/09/2021 | Trần Thị Bình"):
        assert article_of(f"Trồng rừng gỗ lớn ở vùng cao\n{line}\n{body}").authors == ("Trần Thị Bình",), line
    assert article_of(f"Trồng rừng gỗ lớn ở vùng cao\n17/09/2021 by Admin\n{body}").authors == ()
