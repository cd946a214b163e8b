"""Organisations come out under one name each, tied to their place; what only looks like one does not."""

import pytest

from bantin_extract.lines.labels import Label, LabelledPage
from bantin_extract.organisations.find import find_organisations
from bantin_extract.places.find import Places, find_places
from bantin_extract.reading.page import Page
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tokens import Tokens

PLACES = Places("Bạc Liêu", "Cà Mau", ("Hòa Bình",))


def organisations(text: str) -> list[str]:
    return list(find_organisations(Story((Passage(Label.BODY, Tokens(text), 0),)), PLACES)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBMTTQ tỉnh phối hợp.", ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bạc Liêu"]),
        ("Uỷ ban MTTQ Việt Nam tỉnh họp", ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bạc Liêu"]),
        (
            "Lãnh đạo HĐND, UBND tỉnh dự",
            ["Hội đồng nhân dân tỉnh Bạc Liêu", "Ủy ban nhân dân tỉnh Bạc Liêu"],
        ),
        (
            "Đảng ủy-UBND xã Vĩnh Lộc ra mắt",
            ["Đảng ủy xã Vĩnh Lộc", "Ủy ban nhân dân xã Vĩnh Lộc"],
        ),
        ("Huyện ủy và UBND huyện chỉ đạo", ["Huyện ủy Hòa Bình", "Ủy ban nhân dân huyện Hòa Bình"]),
        ("Sở NN&PTNT tổ chức tập huấn", ["Sở Nông nghiệp và Phát triển nông thôn"]),
        (
            "Sở Giao thông vận tải, Sở Văn hóa, Thể thao và Du lịch",
            ["Sở Giao thông vận tải", "Sở Văn hóa, Thể thao và Du lịch"],
        ),
        ("HĐND tỉnh khóa IX và HĐND tỉnh khóa X", ["Hội đồng nhân dân tỉnh Bạc Liêu"]),
        ("Viện kiểm sát nhân dân tối cao kháng nghị", ["Viện kiểm sát nhân dân tối cao"]),
        ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", ["Bộ Chỉ huy Bộ đội Biên phòng tỉnh Bạc Liêu"]),
        ("Lữ đoàn 962 và Quân khu 9 giúp dân", ["Lữ đoàn 962", "Quân khu 9"]),
        ("Trường THCS Phan Bội Châu khai giảng", ["Trường THCS Phan Bội Châu"]),
        ("Ban Thường vụ Tỉnh ủy. Một số cơ quan chậm", ["Ban Thường vụ Tỉnh ủy Bạc Liêu"]),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", ["Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Bạc Liêu"]),
    ],
)
def test_canonical_names(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Chỉ đạo liên ngành chống hàng giả tỉnh họp", ["Ban Chỉ đạo liên ngành chống hàng giả tỉnh Bạc Liêu"]),
        ("Trung tâm Kiểm soát bệnh tật tỉnh cấp thuốc", ["Trung tâm Kiểm soát bệnh tật tỉnh Bạc Liêu"]),
        ("Ban Chỉ đạo yêu cầu các xã báo cáo tỉnh", []),
        ("Ban CHQS huyện, BĐBP tỉnh", ["Ban Chỉ huy Quân sự huyện Hòa Bình", "Bộ đội Biên phòng tỉnh Bạc Liêu"]),
        ("Sư đoàn Bộ binh 12 và Đại đội Thông tin 7", ["Sư đoàn Bộ binh 12", "Đại đội Thông tin 7"]),
        ("Đồn Biên phòng Cửa khẩu quốc tế La Pan đón khách", ["Đồn Biên phòng Cửa khẩu quốc tế La Pan"]),
        ("Công ty CP Cảng Mỹ Lộ và chị Lam", ["Công ty CP Cảng Mỹ Lộ"]),
        ("Công ty TNHH MTV cao su Phú Lam thưởng", ["Công ty TNHH MTV cao su Phú Lam"]),
        ("công ty cổ phần đầu tư và phát triển rừng Đất Mới", ["Công ty cổ phần đầu tư và phát triển rừng Đất Mới"]),
        ("Tỉnh uỷ - HĐND - UBND - UB MTTQ tỉnh", [
            "Tỉnh ủy Bạc Liêu", "Hội đồng nhân dân tỉnh Bạc Liêu", "Ủy ban nhân dân tỉnh Bạc Liêu",
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bạc Liêu",
        ]),
        ("Huyện ủy, HĐND huyện Kế Sách dự", ["Huyện ủy Kế Sách", "Hội đồng nhân dân huyện Kế Sách"]),
        ("Phó Bí thư Thường trực Tỉnh ủy phát biểu", ["Tỉnh ủy Bạc Liêu"]),
        ("Phó Chủ tịch Thường trực UBND tỉnh", ["Ủy ban nhân dân tỉnh Bạc Liêu"]),
        ("Trưởng đoàn ĐBQH tỉnh", ["Đoàn Đại biểu Quốc hội tỉnh Bạc Liêu"]),
        ("bí thư huyện ủy trao quà", ["Huyện ủy Hòa Bình"]),
        ("Hội ND xã Vĩnh Tân, UBND TP. Vị Thanh", ["Hội Nông dân xã Vĩnh Tân", "Ủy ban nhân dân thành phố Vị Thanh"]),
        ("Sở VH, TT&DL và Sở LĐ-TB&XH", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Lao động - Thương binh và Xã hội"]),
        ("Đội QLTT số 4 và Trường tiểu học Tân Lộ 2 họp", ["Đội Quản lý thị trường số 4", "Trường tiểu học Tân Lộ 2"]),
        ("Giám đốc Sở TN&MT. Tại hội nghị", ["Sở Tài nguyên và Môi trường"]),
        ("UBND Huyện và Ban Tuyên giáo TW", ["Ủy ban nhân dân huyện Hòa Bình", "Ban Tuyên giáo Trung ương"]),
    ],
)  # fmt: skip
def test_ends_levels_and_abbreviations(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Theo Chỉ thị của Ban Thường vụ Tỉnh ủy và Kế hoạch của Huyện ủy",
            ["Ban Thường vụ Tỉnh ủy Bạc Liêu", "Huyện ủy Hòa Bình"],
        ),
        ("Căn cứ ý kiến của Sở Nội vụ và Quyết định số 12", ["Sở Nội vụ"]),
        (
            "Phòng Tài chính và Kế hoạch huyện, Sở Kế hoạch và Đầu tư",
            ["Phòng Tài chính và Kế hoạch huyện Hòa Bình", "Sở Kế hoạch và Đầu tư"],
        ),
        ("Bộ Lao động, Thương binh và Xã hội họp", ["Bộ Lao động, Thương binh và Xã hội"]),
        ("Sở Y tế, Giáo dục và Đào tạo cùng dự", ["Sở Y tế"]),
        (
            "Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng của Quốc hội",
            ["Ủy ban Văn hóa, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng", "Quốc hội"],
        ),
        (
            "Ban Tuyên giáo Đảng ủy Khối các cơ quan tỉnh",
            ["Ban Tuyên giáo Đảng ủy Khối các cơ quan tỉnh Bạc Liêu"],
        ),
        ("Đảng ủy Khối các cơ quan Trung ương", ["Đảng ủy Khối các cơ quan Trung ương"]),
    ],
)
def test_a_document_ends_a_name_and_a_field_of_work_goes_on_it(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND tỉnh Sóc Trăng chấp thuận", ["Ủy ban nhân dân tỉnh Sóc Trăng"]),
        ("UBND tỉnh ban hành, Hội Luật gia Việt Nam thời gian qua", [
            "Ủy ban nhân dân tỉnh Bạc Liêu", "Hội Luật gia Việt Nam",
        ]),
        ("Nhà máy Zenfar phát nổ", ["Nhà máy Zenfar"]),
        ("Hội Luật gia Việt Nam và Luật sư đoàn Lào", ["Hội Luật gia Việt Nam"]),
        ("Ủy ban Tài chính, Ngân sách của Quốc hội", ["Ủy ban Tài chính, Ngân sách", "Quốc hội"]),
        ("UBND Q.7, Công an TP.", ["Ủy ban nhân dân quận 7", "Công an thành phố Hòa Bình"]),
        ("Đoàn Văn Bảy đến dự. Dự thảo Luật Thuế tài sản", []),
        ("cách trung tâm huyện Kế Sách 3 km", []),
        ("TTXVN Quốc hội họp", ["TTXVN", "Quốc hội"]),
        ("UBND xã Hòa Thạch Đỗ Văn Bảy", ["Ủy ban nhân dân xã Hòa Thạch"]),
        ("UBND thành phố Trả lời báo chí", ["Ủy ban nhân dân thành phố Hòa Bình"]),
        ("Ban Công tác Mặt trận tổ dân phố 5", ["Ban Công tác Mặt trận tổ dân phố 5"]),
        ("hợp nhất Đảng bộ Khối doanh nghiệp tỉnh thành Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh", [
            "Đảng bộ Khối doanh nghiệp tỉnh Bạc Liêu", "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh Bạc Liêu",
        ]),
        ("Sở Xây dựng TP.HCM và Viện Chiến lược và phát triển giáo dục", [
            "Sở Xây dựng thành phố Hồ Chí Minh", "Viện Chiến lược và phát triển giáo dục",
        ]),
        ("Báo điện tử Đảng Cộng sản Việt Nam đăng", ["Báo điện tử Đảng Cộng sản Việt Nam"]),
        ("kỷ luật Ban cán sự đảng UBND tỉnh", ["Ban cán sự đảng Ủy ban nhân dân tỉnh Bạc Liêu"]),
    ],
)  # fmt: skip
def test_what_follows_a_place_or_a_level_is_no_more_of_the_name(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hội Cựu thanh niên xung phong tỉnh", ["Hội Cựu thanh niên xung phong tỉnh Bạc Liêu"]),
        ("Hội Cựu TNXP huyện trao quà", ["Hội Cựu Thanh niên xung phong huyện Hòa Bình"]),
        ("Hội Nạn nhân chất độc da cam/dioxin tỉnh", ["Hội Nạn nhân chất độc da cam/dioxin tỉnh Bạc Liêu"]),
        ("Hội Bảo trợ người khuyết tật và trẻ mồ côi tỉnh", [
            "Hội Bảo trợ người khuyết tật và trẻ mồ côi tỉnh Bạc Liêu",
        ]),
        ("Hội Doanh nhân trẻ tỉnh, Hội Người mù huyện", [
            "Hội Doanh nhân trẻ tỉnh Bạc Liêu", "Hội Người mù huyện Hòa Bình",
        ]),
        ("Hội Văn học - Nghệ thuật (VHNT) tỉnh", ["Hội Văn học - Nghệ thuật tỉnh Bạc Liêu"]),
        ("Trung tâm TGPL nhà nước tỉnh", ["Trung tâm Trợ giúp pháp lý nhà nước tỉnh Bạc Liêu"]),
        ("Ban Tổ chức T.Ư và Hội Nông dân T.W", ["Ban Tổ chức Trung ương", "Hội Nông dân Trung ương"]),
    ],
)  # fmt: skip
def test_bodies_of_kinds_of_people_and_abbreviations_with_dots(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tại Hội trường UBND xã Lộc Tân", ["Ủy ban nhân dân xã Lộc Tân"]),
        ("tại Nhà văn hóa thôn Đông, phòng họp lớn", []),
        ("đoàn văn công Sông Lam và đoàn ca múa nhạc Hoa Sen", ["Đoàn văn công Sông Lam", "Đoàn ca múa nhạc Hoa Sen"]),
        ("chi cục thuế huyện Kế Sách thu thuế", ["Chi cục thuế huyện Kế Sách"]),
        ("phòng Giáo dục và Đào tạo huyện", ["Phòng Giáo dục và Đào tạo huyện Hòa Bình"]),
        ("trạm y tế xã Lộc Tân khám bệnh, công an huyện giữ trật tự", [
            "Trạm y tế xã Lộc Tân", "Công an huyện Hòa Bình",
        ]),
        ("đoàn công tác của tỉnh, hội viên, phòng họp", []),
    ],
)  # fmt: skip
def test_buildings_are_none_and_heads_may_be_written_small(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lễ ra quân ở xã Lộc Tân. Đảng ủy, UBND xã dự.", ["Đảng ủy xã Lộc Tân", "Ủy ban nhân dân xã Lộc Tân"]),
        ("Ở thị trấn Ba Sao, Công an thị trấn dẹp chợ.", ["Công an thị trấn Ba Sao"]),
        ("Xã Lộc Tân và xã Lộc Sơn họp. UBND xã dự.", []),
        ("Các xã Lộc Tân, Lộc Sơn họp. UBND xã dự.", []),
        ("UBND xã dự, Trạm Y tế phường 5 cũng dự.", ["Trạm Y tế phường 5"]),
        ("Hợp tác xã Sao Mai dự. UBND thị xã Ngã Năm cùng UBND xã.", [
            "Hợp tác xã Sao Mai", "Ủy ban nhân dân thị xã Ngã Năm",
        ]),
    ],
)  # fmt: skip
def test_a_commune_is_meant_where_only_one_is_named(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


def test_the_district_is_the_last_one_named_of_its_kind() -> None:
    text = "Huyện Kế Sách và thị xã Ngã Năm, tỉnh Sóc Trăng đón đoàn. UBND thị xã cảm ơn, UBND huyện tặng quà."
    story = Story((Passage(Label.BODY, Tokens(text), 0),))
    places = find_places(story, LabelledPage(Page("", ()), ()))
    assert find_organisations(story, places)[0] == (
        "Ủy ban nhân dân thị xã Ngã Năm",
        "Ủy ban nhân dân huyện Kế Sách",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Công an huyện, thị xã, thành phố giải thể",
        "Các huyện ủy, đảng ủy trực thuộc báo cáo",
        "Phía trung tâm huyện có chợ",
        "Hội nghị tổng kết. Đại hội thành công.",
        "Đảng bộ trực thuộc báo cáo. Ban Thường vụ thống nhất.",
        "Sở ngành liên quan và các Sở, Ban của tỉnh",
        "UBND các cấp, UBND cấp huyện vào cuộc",
        "Dãy Trường Sơn và phố cổ Hội An",
        "Quyết định số 1523/QĐ-UBND và Công văn 77/UBND",
        "Thông báo Thi tuyển công chức",
        "Ban Tổ chức huyện, thị ủy họp; bí thư huyện ủy, thị ủy, thành ủy dự",
    ],
)
def test_no_organisation(text: str) -> None:
    assert organisations(text) == []
