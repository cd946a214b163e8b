"""Citations of documents: number, issuer, date; counts and years are no numbers; short mentions join full ones."""

from datetime import date

import pytest

from bantin.events import Document
from bantin_extract.documents.find import find_documents
from bantin_extract.lines.labels import Label
from bantin_extract.text.letters import plain_marks
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tokens import Tokens


def documents(*texts: str, published: date | None = None) -> tuple[Document, ...]:
    story = Story(tuple(Passage(Label.BODY, Tokens(plain_marks(text)), 0) for text in texts))
    return find_documents(story, published)[0]


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


def numbers(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(found.kind, found.number, found.issuer) for found in documents(text)]


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("Quyết định số 81/QĐ/TTg nêu", "81/QĐ-TTg"),
        ("Nghị quyết số 81 – NQ/TW nêu", "81-NQ/TW"),
        ("Chỉ thị số 81/CT-TW nêu", "81-CT/TW"),
        ("Chỉ thị số 81-ct/tw nêu", "81-CT/TW"),
        ("Quyết định 81/2014/QĐ-TTG nêu", "81/2014/QĐ-TTg"),
        ("Nghị định số 81/2014/NĐCP nêu", "81/2014/NĐ-CP"),
        ("Quyết định số 81/QÐ-UBND nêu", "81/QĐ-UBND"),
        ("Nghị quyết số 81c/NQ-CP nêu", "81c/NQ-CP"),
        ("Chỉ thị số 81 CT/TW nêu", "81-CT/TW"),
        ("Quyết định số 81 QĐ-UBND nêu", "81/QĐ-UBND"),
        ("Chương trình số 81/CTr – LĐLĐ nêu", "81/CTr-LĐLĐ"),
        ("Hướng dẫn số:81-HD/BTCTU nêu", "81-HD/BTCTU"),
        ("Thông tư liên tịch số 81/2009/TTLT-BXD-BNV-BLĐTB&XH nêu", "81/2009/TTLT-BXD-BNV-BLĐTB&XH"),
        ("Nghị quyết số 81-NQ/TƯ của Tỉnh ủy nêu", "81-NQ/TU"),
        ("Nghị quyết số 81-NQ/TƯ của Bộ Chính trị nêu", "81-NQ/TW"),
        ("Nghị quyết 81 – Khơi nguồn sáng tạo", "81"),
        ("Kết luận số 81về “Đổi mới”", "81"),
        ("Chỉ thị số 81/2011 của Ban Bí thư", "81/2011"),
        ("Công văn khẩn số 81/SYT-NV nêu", "81/SYT-NV"),
        ("Bộ luật Hàng hải số 81/2015/QH13 nêu", "81/2015/QH13"),
    ],
)
def test_variants_of_a_number_have_one_form(typed: str, official: str) -> None:
    assert [number for _, number, _ in numbers(typed)] == [official]


def test_ordinals_in_a_list_share_kind_and_issuer() -> None:
    found = numbers("Quán triệt các Nghị quyết 81, 82 và 83 của Bộ Chính trị.")
    assert found == [("Nghị quyết", number, "Bộ Chính trị") for number in ("81", "82", "83")]


def test_a_count_ends_a_list() -> None:
    assert numbers("Theo Chỉ thị số 81, 12 tập thể được khen.") == [("Chỉ thị", "81", None)]


def test_an_issuer_is_shared_only_by_numbers_of_its_own() -> None:
    found = numbers("Quyết định số 81-QĐ/TW và Quyết định số 82-QĐ/TW của Bộ Chính trị (khóa IX)")
    assert [issuer for *_, issuer in found] == ["Bộ Chính trị khóa IX"] * 2
    found = numbers("Kết luận 81 về “Đổi mới” và Quyết định số 82 của Thủ tướng Chính phủ")
    assert [issuer for *_, issuer in found] == [None, "Thủ tướng Chính phủ"]


def test_an_issuer_before_is_said_of_the_next_one_too() -> None:
    found = numbers("Chính phủ ban hành Nghị định số 81/2013/NĐ-CP và Nghị định số 82/2013/NĐ-CP.")
    assert [issuer for *_, issuer in found] == ["Chính phủ", "Chính phủ"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("theo đề nghị của Sở Tư pháp tại Tờ trình số 81/TTr-STP", "Sở Tư pháp"),
        ("Thủ tướng Chính phủ Trần Văn Bình vừa ký Công điện số 81/CĐ-TTg", "Thủ tướng Chính phủ"),
        ("Bộ Công an có Công văn số 81/BCA-V03 trả lời", "Bộ Công an"),
        ("Thông tư số 81/2016/TT-BYT do Bộ Y tế ban hành", "Bộ Y tế"),
        ("Kết luận số 81-KL/TW của Ban Bí thư và Kết luận số 82-KL/TU", "Ban Bí thư"),
        ("Ngày 3/4/2021, ban thường vụ tỉnh ủy ban hành Nghị quyết số 81-NQ/TU", "ban thường vụ tỉnh ủy"),
        ("Kế hoạch số 81-KH/HU của ban thường vụ huyện ủy về giữ rừng.", "ban thường vụ huyện ủy"),
        ("Quyết định số 81/QĐ-TTg của thủ tướng Chính phủ", "thủ tướng Chính phủ"),
        ("đảng viên của chi bộ tại Nghị quyết số 81-NQ/TW", None),
        ("Kế hoạch số 81/KH-UBND được UBND huyện ban hành", "UBND huyện"),
        ("Kế hoạch số 81/KH-UBND được UBND huyện triển khai", None),
        ("Thực hiện Nghị quyết số 81-NQ/TW Tỉnh ủy đã họp", None),
        ("Kết luận số 81-KL/TW của Bộ Chính trị, khóa X về vùng núi", "Bộ Chính trị khóa X"),
        ("Chỉ thị 81 (khóa X) của Bộ Chính trị “Về việc giữ rừng”", "Bộ Chính trị khóa X"),
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert numbers(text)[0][2] == issuer


def test_resolutions_of_a_plenum() -> None:
    found = numbers("Thực hiện Nghị quyết Trung ương 7 khóa X, XI và Nghị quyết số 07-NQ/TW")
    assert found == [
        ("Nghị quyết", "7", "Trung ương khóa X"),
        ("Nghị quyết", "7", "Trung ương khóa XI"),
        ("Nghị quyết", "07-NQ/TW", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết Đại hội XI Đảng bộ tỉnh, Nghị quyết Đại hội đại biểu lần thứ XV",
        "khoản 3 Điều 12 Luật Đất đai, trang 14, số 22, Điện thoại 0261.354.3140",
        "Kế hoạch 10/2019 và Chương trình 12/2020",
    ],
)
def test_no_documents(text: str) -> None:
    assert documents(text) == ()


def test_an_ordinal_joins_only_what_its_issuer_may_have_numbered() -> None:
    found = numbers("Nghị quyết số 81-NQ/TW ra đời. Nghị quyết 81 của Chính phủ và Nghị quyết 81 của Bộ Chính trị.")
    assert [number for _, number, _ in found] == ["81-NQ/TW", "81"]
    assert [issuer for *_, issuer in found] == ["Bộ Chính trị", "Chính phủ"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chỉ thị số 81-CT/TU “về việc giữ rừng”, các huyện", "giữ rừng"),
        ("Kế hoạch số 81/KH-UBND về trồng rừng, giữ đất, giữ nước.", "trồng rừng, giữ đất, giữ nước"),
        ("Quy định số 81-QĐ/TW về những điều cần làm, UBND tỉnh yêu cầu", "những điều cần làm"),
        ("Kết luận số 81-KL/TW về phát triển vùng núi đã được triển khai", "phát triển vùng núi"),
        ("Đề án 81 của Chính phủ “Hỗ trợ phụ nữ”", "Hỗ trợ phụ nữ"),
    ],
)
def test_titles_end_where_they_are_bounded(text: str, title: str) -> None:
    assert documents(text)[0].title == title


def test_an_issuer_said_of_two_ordinals_does_not_rename_a_known_document() -> None:
    found = documents("Nghị quyết 81 của Bộ Chính trị.", "Nghị quyết 81 và Nghị quyết 82 của Chính phủ nêu rõ.")
    assert [(item.number, item.issuer) for item in found] == [("81", "Bộ Chính trị"), ("82", "Chính phủ")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Theo Kế hoạch của UBND tỉnh về trồng rừng (số 81/KH-UBND ngày 3/4/2021), xã họp.",
            ("Kế hoạch", "81/KH-UBND", "UBND tỉnh", date(2021, 4, 3), "trồng rừng"),
        ),
        (
            "UBND tỉnh ban hành Quyết định phê duyệt Đề án giữ rừng (số 81/QĐ-UBND).",
            ("Quyết định", "81/QĐ-UBND", "UBND tỉnh", None, None),
        ),
        (
            "Sở Y tế đã có công văn gửi các xã (81/SYT-NV, ngày 3/4/2021).",
            ("Công văn", "81/SYT-NV", "Sở Y tế", date(2021, 4, 3), None),
        ),
        ("Luật Đê điều (số 81/2021/QH15) nêu rõ.", ("Luật", "81/2021/QH15", None, None, "Đê điều")),
        ("Luật Đê điều (Luật số 81/2021/QH15) nêu rõ.", ("Luật", "81/2021/QH15", None, None, None)),
    ],
)
def test_a_number_in_brackets_is_of_the_kind_named_before(text: str, expected: tuple[object, ...]) -> None:
    (found,) = documents(text)
    assert (found.kind, found.number, found.issuer, found.date, found.title) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch đã xong. Nhà văn hóa (số 81/QĐ-UBND) mở cửa.",
        "Quyết định của ông (số 81) và đường dây nóng (số 0261).",
    ],
)
def test_a_number_in_brackets_without_its_kind_is_none(text: str) -> None:
    assert documents(text) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ngày 6/8, UBND tỉnh ban hành Chỉ thị số 17 về giữ rừng.", date(2021, 8, 6)),
        ("Ngày 6 tháng 8, UBND tỉnh ban hành Chỉ thị số 17/CT-UBND.", date(2021, 8, 6)),
        ("Ngày 6 tháng 8 năm 2020, UBND tỉnh ban hành Chỉ thị số 17/CT-UBND.", date(2020, 8, 6)),
        ("Chỉ thị số 17/CT-UBND ngày 6/8 của UBND tỉnh về giữ rừng.", date(2021, 8, 6)),
        ("Nghị định số 17/2019/NĐ-CP ngày 6/8 của Chính phủ.", date(2019, 8, 6)),
        ("Chỉ thị số 17/CT-UBND ngày 30/12 của UBND tỉnh về giữ rừng.", None),
        ("Thực hiện Chỉ thị số 17/CT-UBND, ngày 6/8, xã họp dân.", None),
        ("Ngày 6/8, đoàn đến thăm. UBND tỉnh ban hành Chỉ thị số 17/CT-UBND.", None),
    ],
)
def test_a_day_of_issue_without_its_year_is_of_the_year_of_publication(text: str, day: date | None) -> None:
    assert documents(text, published=date(2021, 8, 9))[0].date == day


def test_a_day_of_issue_without_its_year_stays_unknown_where_no_publication_is_printed() -> None:
    assert documents("Ngày 6/8, UBND tỉnh ban hành Chỉ thị số 17 về giữ rừng.")[0].date is None
