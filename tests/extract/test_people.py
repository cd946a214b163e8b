"""Names with their offices, in the ways in which provincial news words them."""

import pytest

from bantin_extract.people import read_mentions
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
    ],
)
def test_nobody(text: str) -> None:
    assert people(text) == []
