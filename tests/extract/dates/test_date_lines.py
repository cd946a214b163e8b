"""Lines around a title: which say when it was published, by whom and how often read, and which say something else."""

from datetime import UTC, datetime

import pytest

from bantin_extract.dates.date_lines import DateLineKind, read_date_line
from bantin_extract.signatures.bylines import read_byline
from tests.extract.received import article_of

CAPTURED = datetime(2024, 5, 20, 3, tzinfo=UTC)
TITLE = "Xã Mường Hin ra mắt mô hình trồng rừng gỗ lớn"
BODY = (
    "Sáng 12/3, xã Mường Hin ra mắt mô hình trồng rừng gỗ lớn với sự tham gia của bốn mươi hộ dân ở sáu bản vùng cao.",
    "Các hộ được hỗ trợ cây giống, phân bón và được hướng dẫn kỹ thuật chăm sóc trong ba năm đầu tiên.",
)
RELATED = (
    "Tin liên quan",
    "Khai mạc hội thao (05/01/2024)",
    "Gặp mặt đầu xuân (02/01/2024)",
    "Tổng truy cập: 1.204.311",
)


def page(*around: str, above: tuple[str, ...] = ()) -> str:
    return "\n".join(("Trang chủ", "Giới thiệu", *above, TITLE, *around, *BODY, *RELATED))


@pytest.mark.parametrize(
    ("line", "published", "views"),
    [
        ("Thứ sáu: 15:00 ngày 15/03/2024", "2024-03-15T15:00:00+07:00", None),
        ("Lượt xem: 7370 | Gửi lúc: 13/03/2024 15:42:27", "2024-03-13T15:42:27", 7370),
        ("Ngày phát hành: 13/03/2024 Lượt xem 2026", "2024-03-13", 2026),
        ("Ngày 18-03-2024 - Lượt xem: 258", "2024-03-18", 258),
        ("Số lần đọc: 912 - Ngày 13/03/2024", "2024-03-13", 912),
        ("14/03/2024 22:26' Gửi bài này In bài này", "2024-03-14T22:26:00+07:00", None),
        ("Chính trị 13-03-2024", "2024-03-13", None),
        ("13/03/2024 28", "2024-03-13", None),
        ("11:37' 13/3/2024", "2024-03-13T11:37:00+07:00", None),
        ("Được đăng: 13 Tháng 3 2024", "2024-03-13", None),
        ("Thứ Tư, 13 Tháng Ba 2024 07:32", "2024-03-13T07:32:00+07:00", None),
        ("Đăng lúc: 13/03/24 09:30", "2024-03-13T09:30:00+07:00", None),
        ("2024/03/13", "2024-03-13", None),
        ("13/03/2024 02:15 CH", "2024-03-13T14:15:00+07:00", None),
        ("Đăng lúc 09:10 ngày 13/03/2024 bởi Admin", "2024-03-13T09:10:00+07:00", None),
    ],
)
def test_styles_of_other_portals(line: str, published: str, views: int | None) -> None:
    for text in (page(line), page(above=(line,))):
        article = article_of(text, captured_at=CAPTURED)
        assert article.title == TITLE
        found = article.published_at.isoformat() if article.published_at else ""
        assert found[:16] == published[:16]
        assert article.views == views


@pytest.mark.parametrize("line", ["", "3/13/2024 2:15:10 PM", "13/03/2027"])
def test_nothing_printed_is_null_whatever_other_articles_print(line: str) -> None:
    article = article_of(page(line) if line else page(), captured_at=CAPTURED)
    assert article.published_at is None
    assert article.title == TITLE


def test_tools_may_stand_between_title_and_date() -> None:
    tools = ("Cỡ chữ", "A", "A+", "In bài viết", "Gửi email", "Đọc bài viết")
    article = article_of(page(*tools, "14/03/2024 10:00"), captured_at=CAPTURED)
    assert str(article.published_at) == "2024-03-14 10:00:00+07:00"


def test_a_date_line_names_the_author() -> None:
    article = article_of(page("Ngày đăng bài: 14/03/2024 | Tác giả: Lò Văn Ún"), captured_at=CAPTURED)
    assert (article.authors, article.title) == (("Lò Văn Ún",), TITLE)


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Tin tức - Thứ Hai, 11/03/2024, 09:05", DateLineKind.DATE, "Tin tức"),
        ("Hôm nay: 11/03/2024", DateLineKind.BANNER, ""),
        ("3/13/2024 2:15:10 PM", DateLineKind.UNREADABLE, ""),
        ("Đại hội Hội Người cao tuổi xã Mường Hin nhiệm kỳ mới (11/03/2024)", DateLineKind.LISTED, ""),
    ],
)
def test_kinds_of_line(text: str, kind: DateLineKind, rest: str) -> None:
    found = read_date_line(text, 0.0)
    assert found is not None
    assert (found.kind, found.rest) == (kind, rest)


@pytest.mark.parametrize(
    "text", ["Hội nghị sẽ họp vào ngày 11/03/2024 tại xã.", "Xã Mường Hin họp dân ngày 11/03/2024", "Đọc 12 trang"]
)
def test_lines_that_say_something_else(text: str) -> None:
    assert read_date_line(text, 0.0) is None


@pytest.mark.parametrize(
    ("text", "authors", "source"),
    [
        ("Lò Ún - Đài TT-TH huyện", ["Lò Ún"], "Đài TT-TH huyện"),
        ("Lò Ún/TTXVN", ["Lò Ún"], "TTXVN"),
        ("Tin: Lò Ún; Ảnh: Quàng Lả", ["Lò Ún"], None),
        ("Biên tập: Lò Ún", ["Lò Ún"], None),
        ("Tin: Văn phòng UBND huyện", [], "Văn phòng UBND huyện"),
        ("(Quàng Thị Lả)", ["Quàng Thị Lả"], None),
        ("H'Mlô - Y Tơ", ["H'Mlô", "Y Tơ"], None),
        ("Nguồn: https://baoxa.vn", [], "https://baoxa.vn"),
    ],
)
def test_bylines(text: str, authors: list[str], source: str | None) -> None:
    found = read_byline(text)
    assert found is not None
    assert [span.value for span in found.authors] == authors
    assert (found.source.value if found.source else None) == source
    assert all(text[span.start : span.end] == span.value for span in found.authors)


@pytest.mark.parametrize("text", ["(Ảnh minh họa)", "(Còn tiếp)", "Tin mới, bài hay - xem ngay"])
def test_no_bylines(text: str) -> None:
    assert read_byline(text) is None
