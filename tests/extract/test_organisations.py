"""Organisations come out under one name each, tied to their place; what only looks like one does not."""

import pytest

from bantin_extract.labels import Label
from bantin_extract.organisations import find_organisations
from bantin_extract.places import Places
from bantin_extract.story import Passage, Story
from bantin_extract.tokens import Tokens

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
    "text",
    [
        "Hội nghị tổng kết. Đại hội thành công.",
        "Đảng bộ trực thuộc báo cáo. Ban Thường vụ thống nhất.",
        "Sở ngành liên quan và các Sở, Ban của tỉnh",
        "UBND các cấp, UBND cấp huyện vào cuộc",
        "Dãy Trường Sơn và phố cổ Hội An",
        "Quyết định số 1523/QĐ-UBND và Công văn 77/UBND",
        "Thông báo Thi tuyển công chức",
    ],
)
def test_no_organisation(text: str) -> None:
    assert organisations(text) == []
