"""Names with their offices, in the ways in which provincial news words them."""

import pytest

from bantin_extract.labels import Label
from bantin_extract.people import find_people, read_mentions
from bantin_extract.story import Passage, Story
from bantin_extract.tokens import Tokens


def people(text: str) -> list[tuple[str, list[str]]]:
    return [(mention.name, [role.text for role in mention.roles]) for mention in read_mentions(Tokens(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đồng chí Trần Văn Bảy, Bí thư Huyện ủy, Chủ tịch HĐND huyện chủ trì buổi lễ.",
            [("Trần Văn Bảy", ["Bí thư Huyện ủy", "Chủ tịch HĐND huyện"])],
        ),
        (
            "Phó Chủ tịch UBND tỉnh Hoàng Thị Sen đề nghị các ngành vào cuộc.",
            [("Hoàng Thị Sen", ["Phó Chủ tịch UBND tỉnh"])],
        ),
        ("Đ/c Lý Minh Tâm – Giám đốc Sở Y tế báo cáo tại hội nghị", [("Lý Minh Tâm", ["Giám đốc Sở Y tế"])]),
        (
            "Dự có các đồng chí Ủy viên Ban Thường vụ Thành ủy: Vũ Đức Long – Trưởng Ban Tổ chức Thành ủy; "
            "Đỗ Thị Hoa – Bí thư Thành đoàn.",
            [
                ("Vũ Đức Long", ["Ủy viên Ban Thường vụ Thành ủy", "Trưởng Ban Tổ chức Thành ủy"]),
                ("Đỗ Thị Hoa", ["Ủy viên Ban Thường vụ Thành ủy", "Bí thư Thành đoàn"]),
            ],
        ),
        ("Ông Bùi Quang Hải cho biết vụ này được mùa.", [("Bùi Quang Hải", [])]),
        ("Nguyên Bí thư Tỉnh ủy Phan Văn Tài dâng hương.", [("Phan Văn Tài", ["Nguyên Bí thư Tỉnh ủy"])]),
        (
            "các hộ ông Đinh Văn Đủ, Lò Thị Pành, Vi Văn Sáng và Hà Thị Mơ",
            [("Đinh Văn Đủ", []), ("Lò Thị Pành", []), ("Vi Văn Sáng", []), ("Hà Thị Mơ", [])],
        ),
        ("thăm mẹ Việt Nam anh hùng Trịnh Thị Lụa", [("Trịnh Thị Lụa", [])]),
        (
            "Phó Thủ tướng Trịnh Công Tâm, Thứ trưởng Vương Thị Hà dự",
            [("Trịnh Công Tâm", ["Phó Thủ tướng"]), ("Vương Thị Hà", ["Thứ trưởng"])],
        ),
        ("Bà H'Lan kể lại", [("H'Lan", [])]),
        (
            "đồng chí Đỗ Văn Lâm nguyên bí thư Huyện ủy có mặt",
            [("Đỗ Văn Lâm", ["nguyên bí thư Huyện ủy"])],
        ),
        (
            "Thượng tá Tô Văn Hiến, Tư lệnh Đoàn 12 và Đại tá Cao Văn Bền, Chính ủy",
            [("Tô Văn Hiến", ["Tư lệnh Đoàn 12"]), ("Cao Văn Bền", ["Chính ủy"])],
        ),
    ],
)
def test_offices(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cuộc vận động “Học tập theo tấm gương Hồ Chí Minh” lan tỏa.",
        "Chủ tịch UBND tỉnh tặng Bằng khen cho 5 tập thể.",
        "Các đồng chí lãnh đạo huyện dự lễ tại xã Trần Phán.",
        "Sở Giáo dục và Đào tạo tổ chức kỳ thi.",
        "Đường Hồ Chí Minh qua Thành phố Hồ Chí Minh, theo tư tưởng Hồ Chí Minh.",
    ],
)
def test_nobody(text: str) -> None:
    assert people(text) == []


def whole(*texts: tuple[Label, str]) -> list[tuple[str, tuple[str, ...]]]:
    story = Story(tuple(Passage(label, Tokens(text), 0) for label, text in texts))
    return [(person.name, person.roles) for person in find_people(story)[0]]


def test_one_office_under_two_spellings() -> None:
    found = whole(
        (Label.BODY, "Đ/c Lê Văn Thọ, PCT UBND huyện dự."), (Label.BODY, "Phó Chủ tịch UBND huyện Lê Văn Thọ.")
    )
    assert found == [("Lê Văn Thọ", ("PCT UBND huyện",))]


def test_slip_in_a_caption_makes_no_second_person() -> None:
    found = whole((Label.BODY, "Ông Lê Quang Thọ phát biểu."), (Label.CAPTION, "Ông Lê Quang thọ tại lễ phát động"))
    assert [name for name, _ in found] == ["Lê Quang Thọ"]
