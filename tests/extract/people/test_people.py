"""Names with their offices, in the ways in which provincial news words them."""

import pytest

from bantin_extract.lines.labels import Label
from bantin_extract.people.find import find_people
from bantin_extract.people.mentions import read_mentions
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tokens import Tokens


def people(text: str) -> list[tuple[str, list[str]]]:
    return [(mention.name, [role.text for role in mention.roles]) for mention in read_mentions(Tokens(text))]


_OFFICES: list[tuple[str, list[tuple[str, list[str]]]]] = [
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
        "Các Phó Chủ tịch HĐND tỉnh Vũ Thị Mây và Lò Văn Chung chủ trì.",
        [("Vũ Thị Mây", ["Phó Chủ tịch HĐND tỉnh"]), ("Lò Văn Chung", ["Phó Chủ tịch HĐND tỉnh"])],
    ),
    (
        "thăng cấp cho các Thứ trưởng Bộ Nội vụ: Trần Văn Bốn, Lê Thị Năm.",
        [("Trần Văn Bốn", ["Thứ trưởng Bộ Nội vụ"]), ("Lê Thị Năm", ["Thứ trưởng Bộ Nội vụ"])],
    ),
    (
        "Dự có các đồng chí Ủy viên Bộ Chính trị: đồng chí Hà Văn Một, Chủ tịch nước; đồng chí Bùi Thị Hai, "
        "Chủ tịch Quốc hội.",
        [
            ("Hà Văn Một", ["Ủy viên Bộ Chính trị", "Chủ tịch nước"]),
            ("Bùi Thị Hai", ["Ủy viên Bộ Chính trị", "Chủ tịch Quốc hội"]),
        ],
    ),
    (
        "Các đồng chí: Đào Thị Bảy, Ủy viên Ban Thường vụ; Phó Chủ tịch HĐND tỉnh; Ma Văn Tám, Giám đốc Sở Y tế.",
        [
            ("Đào Thị Bảy", ["Ủy viên Ban Thường vụ", "Phó Chủ tịch HĐND tỉnh"]),
            ("Ma Văn Tám", ["Giám đốc Sở Y tế"]),
        ],
    ),
    (
        "Bí thư Tỉnh ủy Vũ Văn Chín, Chủ tịch UBND tỉnh - Trưởng Ban Chỉ đạo Lê Thị Mười chủ trì",
        [("Vũ Văn Chín", ["Bí thư Tỉnh ủy"]), ("Lê Thị Mười", ["Chủ tịch UBND tỉnh", "Trưởng Ban Chỉ đạo"])],
    ),
    (
        "Thừa ủy quyền của Chủ tịch nước, Bộ trưởng Phan Thị Sáu trao huân chương.",
        [("Phan Thị Sáu", ["Bộ trưởng"])],
    ),
    (
        "bà Tạ Thị Nhàn (51 tuổi), Trưởng phòng Quản lý chợ; ông Đỗ Văn Kha, sinh năm 1970, dân tộc Tày, Trưởng thôn 5",
        [("Tạ Thị Nhàn", ["Trưởng phòng Quản lý chợ"]), ("Đỗ Văn Kha", ["Trưởng thôn 5"])],
    ),
    (
        "Đại đức Thích Minh An, Phó Thư ký kiêm Chánh Văn phòng; ông Lê Văn Dần, hiện là Phó Chủ tịch UBND xã",
        [("Thích Minh An", ["Phó Thư ký", "Chánh Văn phòng"]), ("Lê Văn Dần", ["Phó Chủ tịch UBND xã"])],
    ),
    (
        "ông Cao Văn Sửu, Trưởng ban lễ tang, đọc điếu văn; bà Kiều Thị Mão, Tổ trưởng Tổ xây dựng Đề án chủ trì",
        [("Cao Văn Sửu", ["Trưởng ban lễ tang"]), ("Kiều Thị Mão", ["Tổ trưởng Tổ xây dựng Đề án"])],
    ),
    (
        "Đồng chí Lục Văn Thìn - Chủ nhiệm Ủy ban Kinh tế của Quốc hội, Phó Trưởng đoàn chuyên trách Đoàn ĐBQH tỉnh",
        [
            (
                "Lục Văn Thìn",
                ["Chủ nhiệm Ủy ban Kinh tế của Quốc hội", "Phó Trưởng đoàn chuyên trách Đoàn ĐBQH tỉnh"],
            )
        ],
    ),
    (
        "Bí thư Thành ủy Hà Nội Trần Văn Tỵ tiếp bà Cù Thị Ngọ, Chủ tịch UBND Q.3",
        [("Trần Văn Tỵ", ["Bí thư Thành ủy Hà Nội"]), ("Cù Thị Ngọ", ["Chủ tịch UBND Q.3"])],
    ),
    (
        "đồng chí Khăm-phay Sỉ-phăn, Bí thư, Tỉnh trưởng và Thủ tướng Lào Bounmy Keola",
        [("Khăm-phay Sỉ-phăn", ["Bí thư", "Tỉnh trưởng"]), ("Bounmy Keola", ["Thủ tướng Lào"])],
    ),
    (
        "Trưởng Công an huyện Thượng tá Trần Văn Mùi; TS. Lê Thị Thân, ThS.BS Lý Văn Dậu – Trưởng khoa Nhi",
        [
            ("Trần Văn Mùi", ["Trưởng Công an huyện"]),
            ("Lê Thị Thân", []),
            ("Lý Văn Dậu", ["Trưởng khoa Nhi"]),
        ],
    ),
    (
        "ông Y Khoa Niê, UVTVTU, PCT HĐND tỉnh; anh Giàng A Páo và Trưởng bản Sùng A Vàng",
        [("Y Khoa Niê", ["UVTVTU", "PCT HĐND tỉnh"]), ("Giàng A Páo", []), ("Sùng A Vàng", ["Trưởng bản"])],
    ),
    ("nông dân Nguyễn Văn Hợi và người dân Đồng Tâm", [("Nguyễn Văn Hợi", [])]),
    (
        "Thượng tá Tô Văn Hiến, Tư lệnh Đoàn 12 và Đại tá Cao Văn Bền, Chính ủy",
        [("Tô Văn Hiến", ["Tư lệnh Đoàn 12"]), ("Cao Văn Bền", ["Chính ủy"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), _OFFICES)
def test_offices(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cuộc vận động “Học tập theo tấm gương Hồ Chí Minh” lan tỏa.",
        "Chủ tịch UBND tỉnh tặng Bằng khen cho 5 tập thể.",
        "Các đồng chí lãnh đạo huyện dự lễ tại xã Trần Phán.",
        "Sở Giáo dục và Đào tạo tổ chức kỳ thi.",
        "Dự họp có các Phó Chủ tịch UBND tỉnh; Ủy viên UBND tỉnh; Chủ tịch UBND các huyện.",
        "Trường THPT Lê Quý Đôn, đường Nguyễn Trãi, phường Phạm Ngũ Lão.",
        "Tổng thống Hoa Kỳ gửi điện mừng.",
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


def test_a_shorter_wording_of_an_office_is_none_of_its_own() -> None:
    found = whole(
        (Label.TITLE, "Phó Chủ tịch UBND tỉnh Lê Văn Thọ kiểm tra"),
        (Label.BODY, "Đồng chí Lê Văn Thọ, Phó Chủ tịch Thường trực UBND tỉnh. Phó Chủ tịch Lê Văn Thọ."),
    )
    assert found == [("Lê Văn Thọ", ("Phó Chủ tịch Thường trực UBND tỉnh",))]


@pytest.mark.parametrize(
    ("first", "later", "name"),
    [
        ("Bà Hoàng Thị Kim Sen dự.", "Bà Kim Sen nói.", "Hoàng Thị Kim Sen"),
        ("Bà Kim Sen dự.", "Bà Hoàng Thị Kim Sen nói.", "Hoàng Thị Kim Sen"),
        ("Ông LÊ VĂN THỌ dự", "Ông Lê Văn Thọ nói.", "Lê Văn Thọ"),
        ("Ông Y Bay Niê dự", "Ông Y Bay nói.", "Y Bay Niê"),
    ],
)
def test_one_person_under_two_names(first: str, later: str, name: str) -> None:
    assert [name for name, _ in whole((Label.BODY, first), (Label.BODY, later))] == [name]


def test_two_people_whose_names_begin_alike() -> None:
    assert len(whole((Label.BODY, "Ông Lê Hùng và ông Lê Hùng Nam dự."))) == 2


def test_evidence_is_that_of_the_wording_given() -> None:
    text = "Chủ tịch UBND Lê Văn Thọ. Ông Lê Văn Thọ, Chủ tịch UBND huyện."
    _, evidence = find_people(Story((Passage(Label.BODY, Tokens(text), 0),)))
    assert [(one.value, text[one.start : one.end]) for one in evidence] == [
        ("Lê Văn Thọ", "Lê Văn Thọ"),
        ("Chủ tịch UBND huyện", "Chủ tịch UBND huyện"),
    ]
