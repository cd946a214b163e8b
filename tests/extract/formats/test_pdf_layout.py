"""What print adds to text goes again: columns, running heads and feet, hyphens at line ends."""

import re
from collections.abc import Sequence

import pytest

from bantin_extract.formats.documents import read_document
from bantin_extract.formats.pdf_lines import Character, lines_of
from bantin_extract.rejection import RejectedError
from tests.extract.formats.made import pdf

Shown = tuple[float, float, float, str]
LINES = (
    "Bà con các bản vùng cao nay đã",
    "có nước sạch về tận nhà, không",
    "còn phải ra suối gánh nước như",
    "những năm trước đây của xã nhà",
)
OTHERS = (
    "và trường học cũng có máy lọc.",
    "Các cháu nhỏ rất vui khi được",
    "uống nước ngay tại trường của",
    "bản mình giữa mùa khô năm nay.",
)


def column(lines: Sequence[str], left: float, top: float = 700.0) -> list[Shown]:
    return [(left, top - 14 * at, 10.0, line) for at, line in enumerate(lines)]


def blocks(*pages: Sequence[Shown]) -> list[str]:
    parsed = read_document(pdf(pages), "application/pdf")
    assert parsed is not None
    return re.sub("<[^>]*>", "", parsed.text).split("\n")


def page(number: int, lines: Sequence[Shown]) -> list[Shown]:
    head, foot = (60.0, 810.0, 8.0, "BÁO BẢN MÂY, SỐ 12"), (60.0, 30.0, 8.0, "Cơ quan của xã")
    return [head, foot, (500.0, 30.0, 8.0, f"Trang {number}/3"), *lines]


def test_columns_are_joined_within_themselves_and_one_after_the_other() -> None:
    assert blocks([*column(LINES, 60), *column(OTHERS, 320)]) == [" ".join((*LINES, *OTHERS))]


def test_heads_and_feet_of_every_page_go() -> None:
    first, second = page(1, column(LINES, 60)), page(2, column(OTHERS, 60))
    assert blocks(first, second) == [" ".join((*LINES, *OTHERS))]


def test_lines_that_come_again_elsewhere_on_the_page_stay() -> None:
    assert blocks(column(LINES[:1], 60, 700), column(LINES[:1], 60, 500)) == [*LINES[:1], *LINES[:1]]


def test_a_word_parted_by_a_hyphen_is_one_again() -> None:
    lines = ("Khách mời có công ty Technolo-", "gies và ban thư ký của ASEAN-", "Trung Quốc cùng đi với đoàn.")
    assert blocks(column(lines, 60)) == [
        "Khách mời có công ty Technologies và ban thư ký của ASEAN-Trung Quốc cùng đi với đoàn."
    ]


def test_letters_of_another_font_join_their_line_and_no_other() -> None:
    def run(text: str, left: float, bottom: float) -> list[Character]:
        return [
            Character(one, left + 8 * at, left + 8 * at + 4, bottom, bottom + 10, 10) for at, one in enumerate(text)
        ]

    end = Character("\n", 0, 0, 0, 0, 10, made=True)
    first, parted, filling = run("Dong dau", 60, 700), run("Bnmi", 60, 680), run("aa", 64, 680)
    found = lines_of([*first, end, *parted, end, *filling])
    assert len(found) == 2
    assert "".join(found[0].text.split()) == "Dongdau"
    assert sorted("".join(found[1].text.split())) == sorted("Bnmiaa")
    assert len(lines_of([*parted, end, *filling])) == 1


SIGNED = [
    (300.0, 90.0, 9.0, "Người ký: Ủy ban nhân dân xã Bản Mây"),
    (300.0, 78.0, 9.0, "Thời gian ký: 14/02/2023 14:20"),
]


def test_a_signature_upon_a_scan_is_no_text_of_it() -> None:
    with pytest.raises(RejectedError, match="scan") as caught:
        blocks_of_scan([*SIGNED])
    assert caught.value.reason.code == "no_text"
    assert blocks(SIGNED)
    assert blocks_of_scan([*column(LINES * 5, 60), *SIGNED]), "a scan with a text layer"


def blocks_of_scan(page: Sequence[Shown]) -> str:
    parsed = read_document(pdf([page, SIGNED], scanned=True), "application/pdf")
    assert parsed is not None
    return parsed.text
