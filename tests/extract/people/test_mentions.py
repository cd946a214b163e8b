"""Lists that share an office, quotations beside names, and offices before and after a name that only a link joins."""

import pytest

from bantin_extract.people.mentions import read_mentions
from bantin_extract.text.tokens import Tokens


def people(text: str) -> list[tuple[str, list[str]]]:
    return [(mention.name, [role.text for role in mention.roles]) for mention in read_mentions(Tokens(text))]


@pytest.mark.parametrize(
    "text",
    [
        'Thi đua"Làng xanh” năm 2020. Ông Trần Văn Lực, Bí thư Huyện đoàn phát biểu.',
        'Cuộc thi “Sáng tạo" lần thứ IV. Ông Trần Văn Lực, Bí thư Huyện đoàn phát biểu.',
        'Phong trào "Nông dân thi đua được nhân rộng. Ông Trần Văn Lực, Bí thư Huyện đoàn phát biểu.',
        'Quỹ "Vì trò nghèo Lê Văn Tỏ" trao 20 suất quà. Ông Trần Văn Lực, Bí thư Huyện đoàn phát biểu.',
    ],
)
def test_a_quotation_hides_only_what_stands_in_it(text: str) -> None:
    assert people(text) == [("Trần Văn Lực", ["Bí thư Huyện đoàn"])]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Hai Phó Chủ tịch Hội, gồm: ông Trần Văn Lực và bà Lò Thị Mai.", "Phó Chủ tịch Hội"),
        ("Bầu 2 Ủy viên là ông Trần Văn Lực và bà Lò Thị Mai.", "Ủy viên"),
        ("Bầu 2 Phó Chủ tịch Hội gồm các ông, bà: Trần Văn Lực và Lò Thị Mai.", "Phó Chủ tịch Hội"),
    ],
)
def test_those_who_hold_an_office_together(text: str, office: str) -> None:
    assert people(text) == [("Trần Văn Lực", [office]), ("Lò Thị Mai", [office])]


def test_the_office_shared_is_not_said_of_who_holds_a_closer_one() -> None:
    text = "Ba Phó chủ tịch Hội, gồm: Ông Trịnh Văn Hòa, Phó chủ tịch Thường trực; bà Lương Thị Thắm."
    assert people(text) == [
        ("Trịnh Văn Hòa", ["Phó chủ tịch Thường trực"]),
        ("Lương Thị Thắm", ["Phó chủ tịch Hội"]),
    ]


def test_offices_that_people_are_relieved_of() -> None:
    assert people("Miễn nhiệm 2 Ủy viên là ông Trần Văn Lực và bà Lò Thị Mai.") == [
        ("Trần Văn Lực", []),
        ("Lò Thị Mai", []),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Chủ tịch Hội đồng là đồng chí Đỗ Văn Tuấn, Phó Chủ tịch UBND tỉnh.",
            ("Đỗ Văn Tuấn", ["Chủ tịch Hội đồng", "Phó Chủ tịch UBND tỉnh"]),
        ),
        ("Bí thư Đảng ủy phường, bà Trần Hải Hà chúc mừng.", ("Trần Hải Hà", ["Bí thư Đảng ủy phường"])),
        ("Chủ tịch UBND xã, ông Lê Văn Ba, Bí thư chi bộ dự.", ("Lê Văn Ba", ["Bí thư chi bộ"])),
        (
            "Bà Hồ Thị Liên- Bí thư kiêm trưởng thôn Đồng Tâm cho hay.",
            ("Hồ Thị Liên", ["Bí thư", "trưởng thôn Đồng Tâm"]),
        ),
    ],
)
def test_offices_joined_to_a_name_by_a_link(text: str, expected: tuple[str, list[str]]) -> None:
    assert people(text) == [expected]


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        (
            "Bà Đinh Thị Hường, Trưởng Ban Tổ chức - Kiểm tra, Liên đoàn Lao động tỉnh chủ trì.",
            "Đinh Thị Hường",
            "Trưởng Ban Tổ chức - Kiểm tra, Liên đoàn Lao động tỉnh",
        ),
        (
            "Ông Bùi Hồng Hải, Phó Trưởng phòng Nghiệp vụ - phát triển phong trào cho biết.",
            "Bùi Hồng Hải",
            "Phó Trưởng phòng Nghiệp vụ - phát triển phong trào",
        ),
        (
            "Vụ trưởng Vụ Địa phương 2, Ban Tổ chức Trung ương, TS. Nguyễn Khắc Hải đánh giá cao.",
            "Nguyễn Khắc Hải",
            "Vụ trưởng Vụ Địa phương 2, Ban Tổ chức Trung ương",
        ),
        (
            "Vụ trưởng Vụ Tổng hợp, Ban Kinh tế Trung ương Tiến sĩ Đoàn Ngọc Lâm nhấn mạnh.",
            "Đoàn Ngọc Lâm",
            "Vụ trưởng Vụ Tổng hợp, Ban Kinh tế Trung ương",
        ),
        (
            "Ông Tạ Văn Chín, Trưởng phòng Tổ chức, Sở Nội vụ, Sở Y tế cùng dự.",
            "Tạ Văn Chín",
            "Trưởng phòng Tổ chức",
        ),
        (
            "Bà Nguyễn Thị Thu, Phó bí thư Đảng ủy các cơ quan Đảng tỉnh dự.",
            "Nguyễn Thị Thu",
            "Phó bí thư Đảng ủy các cơ quan Đảng tỉnh",
        ),
        (
            "Ông Trần Văn Giáp, Chủ tịch UBND xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau cho biết.",
            "Trần Văn Giáp",
            "Chủ tịch UBND xã Tân Lộc, huyện Thới Bình, tỉnh Cà Mau",
        ),
        (
            "Ông Trần Văn Giáp, Bí thư Huyện ủy Thới Bình, huyện Cái Nước cũng vậy.",
            "Trần Văn Giáp",
            "Bí thư Huyện ủy Thới Bình",
        ),
    ],
)
def test_offices_that_go_on_behind_punctuation(text: str, name: str, office: str) -> None:
    assert people(text) == [(name, [office])]


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Chủ tịch UBND phường Bùi Đăng Khoa chủ trì.", "Bùi Đăng Khoa", "Chủ tịch UBND phường"),
        ("Chủ tịch UBND phường Trần Hưng Đạo Lê Văn Ba nói.", "Lê Văn Ba", "Chủ tịch UBND phường Trần Hưng Đạo"),
        ("Ông Trần văn Tâm, Phó Chủ tịch UBND xã.", "Trần văn Tâm", "Phó Chủ tịch UBND xã"),
        ("BÍ THƯ TỈNH ỦY TRẦN ĐỨC TÂM KIỂM TRA TIẾN ĐỘ CAO TỐC", "TRẦN ĐỨC TÂM", "BÍ THƯ TỈNH ỦY"),
        ("ĐỒNG CHÍ LÊ TIẾN ĐẠT, PHÓ BÍ THƯ TỈNH ỦY TIẾP XÚC CỬ TRI", "LÊ TIẾN ĐẠT", "PHÓ BÍ THƯ TỈNH ỦY"),
        ("đồng chíVũ Văn Hiệp, Ủy viênThường vụ Tỉnh ủy dự", "Vũ Văn Hiệp", "Ủy viênThường vụ Tỉnh ủy"),
    ],
)
def test_names_that_are_printed_oddly_or_read_like_a_place(text: str, name: str, office: str) -> None:
    assert people(text) == [(name, [office])]


def test_a_ward_named_for_a_historic_person_is_nobody() -> None:
    assert people("Chủ tịch UBND phường Trần Hưng Đạo cho biết.") == []


@pytest.mark.parametrize(
    ("text", "office"),
    [
        (
            "Bà Hà Thị Mơ, Trưởng Ban Dân nguyện thuộc Ủy ban Thường vụ Quốc hội thôi giữ chức.",
            "Trưởng Ban Dân nguyện thuộc Ủy ban Thường vụ Quốc hội",
        ),
        ("Bà Hà Thị Mơ, Chánh Văn phòng HĐND-UBND huyện đến dự.", "Chánh Văn phòng HĐND-UBND huyện"),
        ("Bà Hà Thị Mơ, Chánh Văn phòng HĐND, UBND huyện đến dự.", "Chánh Văn phòng HĐND, UBND huyện"),
        ("Bà Hà Thị Mơ (Trưởng Khoa Nội, Bệnh viện Sông Mây) và ngành.", "Trưởng Khoa Nội, Bệnh viện Sông Mây"),
        ("Bà Hà Thị Mơ, Bí thư Đảng ủy các cơ quan Đảng tỉnh nói.", "Bí thư Đảng ủy các cơ quan Đảng tỉnh"),
        ("Bà Hà Thị Mơ, Phó Trưởng Ban Tổ chức lễ hội trao cờ.", "Phó Trưởng Ban Tổ chức lễ hội"),
        (
            "Bà Hà Thị Mơ, Giám đốc Trung tâm Phòng, chống HIV/AIDS tỉnh nói.",
            "Giám đốc Trung tâm Phòng, chống HIV/AIDS tỉnh",
        ),
        (
            "Bà Hà Thị Mơ, Chủ nhiệm Ủy ban Quốc phòng, An ninh và Đối ngoại của Quốc hội.",
            "Chủ nhiệm Ủy ban Quốc phòng, An ninh và Đối ngoại của Quốc hội",
        ),
        ("Chủ tịch UBND TP.HCM Hà Thị Mơ dẫn đầu.", "Chủ tịch UBND TP.HCM"),
    ],
)
def test_where_an_office_ends(text: str, office: str) -> None:
    assert people(text) == [("Hà Thị Mơ", [office])]
