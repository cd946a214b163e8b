"""Days of the event: one, several or a run of them, told in many ways; their year comes from the context."""

from datetime import date

import pytest

from bantin.events import Document
from bantin_extract.dates.event_dates import find_event_dates
from bantin_extract.lines.labels import Label
from bantin_extract.text.letters import plain_marks
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tokens import Tokens

PUBLISHED = date(2023, 9, 20)


def days(text: str, published: date | None = PUBLISHED, documents: tuple[Document, ...] = ()) -> list[str]:
    story = Story((Passage(Label.BODY, Tokens(plain_marks(text)), 0),))
    return [found.isoformat() for found in find_event_dates(story, published, documents)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chiều 18/9, xã họp dân.", ["2023-09-18"]),
        ("Ngày 18 – 9, xã họp dân.", ["2023-09-18"]),
        ("Sáng 8-9, xã họp dân.", ["2023-09-08"]),
        ("Sáng thứ Hai (18/9), xã họp dân.", ["2023-09-18"]),
        ("(TGTT) - Sáng nay 20/9, xã họp dân.", ["2023-09-20"]),
        ("Chiều nay, xã họp dân.", ["2023-09-20"]),
        ("Tối qua, tại nhà rông, xã mở hội.", ["2023-09-19"]),
        ("Ngày 18 và 19.9, xã mở hội.", ["2023-09-18", "2023-09-19"]),
        ("Trong 2 ngày 18-19/9/2023, xã mở hội.", ["2023-09-18", "2023-09-19"]),
        ("Hội thao diễn ra trong 2 ngày (18 - 19/9), có mười đội.", ["2023-09-18", "2023-09-19"]),
        ("Từ ngày 16 đến 18/9, xã mở hội.", ["2023-09-16", "2023-09-17", "2023-09-18"]),
        ("Từ ngày 31/8 đến ngày 1/9/2023, xã mở hội.", ["2023-08-31", "2023-09-01"]),
        ("Các ngày 12, 14 và 15/9, đoàn đi kiểm tra.", ["2023-09-12", "2023-09-14", "2023-09-15"]),
        ("Thực hiện kế hoạch của Huyện đoàn, ngày 17/9, xã ra quân.", ["2023-09-17"]),
        ("Chỉ trong vòng hai ngày 18 và 19.9, thôn có bốn vụ cháy.", ["2023-09-18", "2023-09-19"]),
        ("Sáng sớm ngày 17/9, mưa đá đổ xuống.", ["2023-09-17"]),
        ("Vào lúc 8 giờ ngày 17/9, mưa đá đổ xuống.", ["2023-09-17"]),
        ("MHTT-Sáng 17/9, xã họp dân.", ["2023-09-17"]),
        ("MHTT-Ngày 17/9, xã họp dân.", ["2023-09-17"]),
        ("(MHTT)- Ngày 17-9, xã họp dân.", ["2023-09-17"]),
        ("baomuonghin.vn - Ngày 17/9, xã họp dân.", ["2023-09-17"]),
        ("Thực hiện chương trình công tác năm 2023, ngày 17/9, xã họp dân.", ["2023-09-17"]),
        ("MHTT - Nhằm tổng kết giai đoạn 2020-2023, trong ngày 17/9, xã họp dân.", ["2023-09-17"]),
        ("Tại hội trường xã, ngày 17/9, Hội Nông dân họp.", ["2023-09-17"]),
        ("Thứ Hai, ngày 18/9, xã họp dân.", ["2023-09-18"]),
        ("Mới đây, ngày 17/9, xã họp dân.", ["2023-09-17"]),
        ("Trong hai ngày 17/9 và 19/9, xã họp dân.", ["2023-09-17", "2023-09-19"]),
        ("Từ 16 - 17/9, xã mở hội.", ["2023-09-16", "2023-09-17"]),
        ("Hội thi diễn ra trong 2 ngày, từ 16/9 đến 17/9.", ["2023-09-16", "2023-09-17"]),
        ("Sau 1,5 ngày làm việc (16 và 17/9), hội nghị bế mạc.", ["2023-09-16", "2023-09-17"]),
    ],
)
def test_ways_of_telling(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Quyết định số 81/QĐ-UBND, ngày 17/9/2023 của UBND tỉnh, các xã đã họp.",
        "Xã đã rà soát các hộ. Theo đó, ngày 1/9, đoàn đã khảo sát.",
        "Mưa lớn kéo dài nhiều ngày. Sau đó, chiều nay là lúc nước rút.",
        "Trước đó, ngày 1/9, đoàn đã khảo sát.",
        "Lễ hội sẽ mở vào sáng 28/9, tại sân vận động.",
        "Chiều nay sẽ khai mạc lễ hội.",
        "Nhân kỷ niệm Ngày Thương binh (27/7/1947 - 27/7/2023), xã thăm các gia đình.",
        "Ngày 18 và 12/9, xã mở hội.",
        "Lễ hội làng diễn ra vào ngày 10/8 âm lịch.",
        "Lễ hội sẽ được diễn ra vào ngày 10/9 tới.",
        "Từ 15 hộ ban đầu, đến nay 9/10 bản có mô hình.",
        "Thực hiện Nghị quyết số 81/2023, ngày 17/9 của HĐND xã, các bản đã họp.",
        "Ngày 31/9, xã mở hội.",
    ],
)
def test_other_days(text: str) -> None:
    assert days(text) == []


def test_year_is_the_one_before_where_the_day_would_lie_ahead() -> None:
    assert days("Ngày 28/12, xã tổng kết năm.", date(2024, 1, 3)) == ["2023-12-28"]
    assert days("Ngày 20/11, xã mở hội.", date(2024, 3, 1)) == ["2023-11-20"]


def test_year_follows_the_latest_document_where_no_publication_is_printed() -> None:
    cited = Document(kind="Chỉ thị", number="81-CT/TU", issuer=None, date=date(2020, 10, 2), title=None)
    assert days("Sáng 5/3, xã họp.", None, (cited,)) == ["2021-03-05"]
    assert days("Sáng 5/3, xã họp.", None) == []
    assert days("Chiều nay, xã họp.", None) == []
