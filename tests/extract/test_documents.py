"""Citations of documents: number, issuer, date; counts and years are no numbers; short mentions join full ones."""

from datetime import date

import pytest

from bantin.events import Document
from bantin_extract.documents import find_documents
from bantin_extract.labels import Label
from bantin_extract.letters import plain_marks
from bantin_extract.story import Passage, Story
from bantin_extract.tokens import Tokens


def documents(*texts: str) -> tuple[Document, ...]:
    return find_documents(Story(tuple(Passage(Label.BODY, Tokens(plain_marks(text)), 0) for text in texts)))[0]


@pytest.mark.parametrize(
    ("text", "kind", "number", "issuer", "day"),
    [
        (
            "Thực hiện Chỉ thị số 12-CT/TU ngày 03/4/2019 của Ban Thường vụ Tỉnh ủy về chống hạn.",
            "Chỉ thị",
            "12-CT/TU",
            "Ban Thường vụ Tỉnh ủy",
            date(2019, 4, 3),
        ),
        (
            "Theo Quyết định số 1777/QĐ-UBND ngày 5 tháng 6 năm 2020 của UBND tỉnh,",
            "Quyết định",
            "1777/QĐ-UBND",
            "UBND tỉnh",
            date(2020, 6, 5),
        ),
        ("Nghị định 81/2018/NĐ-CP có hiệu lực.", "Nghị định", "81/2018/NĐ-CP", None, None),
        ("Nghị quyết số 999/NQ-UBTVQH14 được thông qua.", "Nghị quyết", "999/NQ-UBTVQH14", None, None),
        ("triển khai Kết luận 71 của Bộ Chính trị khóa XI tại tỉnh", "Kết luận", "71", "Bộ Chính trị khóa XI", None),
        ("Chương trình hành động số 33 của Huyện ủy", "Chương trình", "33", "Huyện ủy", None),
        ("Kế hoạch số 15 - KH/TU của Tỉnh ủy", "Kế hoạch", "15-KH/TU", "Tỉnh ủy", None),
        ("Nghị quyết 17/NQ-TU ra đời", "Nghị quyết", "17-NQ/TU", None, None),
        ("Nghị quyết số 17‑NQ/TW đi vào cuộc sống", "Nghị quyết", "17-NQ/TW", None, None),
        ("Quyết định 412-QĐ/UBND đã rõ", "Quyết định", "412/QĐ-UBND", None, None),
        ("Nghị quyết 35-2016/NQ-CP nêu", "Nghị quyết", "35-2016/NQ-CP", None, None),
        (
            "Nghị định 77/2015/NĐ-CPngày 10/9/2015 của Chính phủ",
            "Nghị định",
            "77/2015/NĐ-CP",
            "Chính phủ",
            date(2015, 9, 10),
        ),
        (
            "Ngày 3/4/2017, Thủ tướng Chính phủ đã ký ban hành Quyết định số 555/QĐ-TTg.",
            "Quyết định",
            "555/QĐ-TTg",
            "Thủ tướng Chính phủ",
            date(2017, 4, 3),
        ),
        ("Bộ Tài chính vừa ban hành Thông tư 9/2018/TT-BTC", "Thông tư", "9/2018/TT-BTC", "Bộ Tài chính", None),
        ("Luật Phòng, chống thiên tai số 33/2013/QH13 quy định", "Luật", "33/2013/QH13", None, None),
    ],
)
def test_citation(text: str, kind: str, number: str, issuer: str | None, day: date | None) -> None:
    (found,) = documents(text)
    assert (found.kind, found.number, found.issuer, found.date) == (kind, number, issuer, day)


@pytest.mark.parametrize(
    "text", ["Nghị quyết 5 năm qua", "Kế hoạch 2019 đã xong", "Quyết định 3 nội dung", "kế hoạch 12 của đội"]
)
def test_counts_are_no_documents(text: str) -> None:
    assert documents(text) == ()


def test_short_mentions_join() -> None:
    (found,) = documents(
        "Nghị quyết số 09-NQ/TU ngày 1/2/2018 của Tỉnh ủy ra đời.", "Sau 2 năm, Nghị quyết 09 đi vào cuộc sống."
    )
    assert found == Document(kind="Nghị quyết", number="09-NQ/TU", issuer="Tỉnh ủy", date=date(2018, 2, 1))


def test_longer_wording_of_an_issuer_wins() -> None:
    (found,) = documents("Kết luận 44 của Ban Bí thư đã rõ.", "Kết luận 44 của Ban Bí thư khóa IX nêu rõ.")
    assert found.issuer == "Ban Bí thư khóa IX"


def test_same_number_of_another_term_is_another_document() -> None:
    text = "Nghị quyết số 02-NQ/TU ngày 1/7/2011 và Nghị quyết số 02-NQ/TU ngày 5/8/2016 của Tỉnh ủy"
    assert len(documents(text)) == 2


def test_quoted_title() -> None:
    (found,) = documents("Đề án số 05-ĐA/TU của Tỉnh ủy về “Phát triển du lịch cộng đồng”.")
    assert found.title == "Phát triển du lịch cộng đồng"


def test_numbers_in_a_list_share_their_kind() -> None:
    found = documents("Theo Nghị quyết số 21-NQ/TU, 22-NQ/TU và số 23-NQ/TU của Tỉnh ủy.")
    assert [(item.kind, item.number) for item in found] == [
        ("Nghị quyết", "21-NQ/TU"),
        ("Nghị quyết", "22-NQ/TU"),
        ("Nghị quyết", "23-NQ/TU"),
    ]


def test_same_ordinal_of_another_issuer_is_another_document() -> None:
    found = documents("Nghị quyết số 11-NQ/TU của Ban Thường vụ Tỉnh ủy", "Nghị quyết 11 của Trung ương Đảng nêu rõ.")
    assert [item.number for item in found] == ["11-NQ/TU", "11"]


def test_name_of_a_law_is_its_title() -> None:
    (found,) = documents("Luật Phòng, chống thiên tai số 33/2013/QH13 quy định")
    assert found.title == "Phòng, chống thiên tai"
