"""An article's province and districts: with and without their kind, in brackets and lists; the portal's own first."""

from datetime import date

import pytest

from bantin_extract.lines.labels import Label, LabelledPage, Paragraph
from bantin_extract.places.find import Places, find_places
from bantin_extract.reading.page import Page
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tokens import Tokens


def places(
    text: str, *chrome: str, source: str | None = None, address: str | None = None, day: date | None = None
) -> Places:
    lines = tuple(Paragraph(Label.CHROME, line, 0, len(line)) for line in chrome)
    story = Story((Passage(Label.BODY, Tokens(text), 0),))
    return find_places(story, LabelledPage(Page("", ()), lines), source=source, address=address, day=day)


@pytest.mark.parametrize(
    ("text", "province", "districts"),
    [
        ("Đoàn đến các huyện Ba Bể, Chợ Đồn và Na Rì.", "Bắc Kạn", ("Ba Bể", "Chợ Đồn", "Na Rì")),
        ("Họp tại xã Vĩnh Lộc (Hồng Dân), tỉnh Bạc Liêu.", "Bạc Liêu", ("Hồng Dân",)),
        ("Dân xã Tân An, Lục Nam đón tết; tỉnh Bắc Giang hỗ trợ.", "Bắc Giang", ("Lục Nam",)),
        ("Ở TP. Quy Nhơn và TX An Nhơn, tỉnh Bình Định", "Bình Định", ("Quy Nhơn", "An Nhơn")),
        ("Huyện miền núi Trà Bồng của tỉnh Quảng Ngãi", "Quảng Ngãi", ("Trà Bồng",)),
        ("Tại 3 huyện Lương Sơn, Cao Phong, Mai Châu, Hòa Bình", "Hòa Bình", ("Lương Sơn", "Cao Phong", "Mai Châu")),
        ("Tỉnh Hòa Bình cấp cho TP Hòa Bình 5 xe, Đà Bắc 2 xe", "Hòa Bình", ("Hòa Bình", "Đà Bắc")),
        ("Công an Q. Liên Chiểu, TP. Đà Nẵng", "Đà Nẵng", ("Liên Chiểu",)),
        ("Huyện Châu Thành mở hội", None, ()),
        ("Quận Gò Vấp mở hội", "Hồ Chí Minh", ("Gò Vấp",)),
        ("Huyện Châu Thành, tỉnh Long An mở hội", "Long An", ("Châu Thành",)),
        ("Huyện Phú Lộc, tỉnh Thừa Thiên Huế và TP Huế", "Thừa Thiên Huế", ("Phú Lộc", "Huế")),
        ("Huyện Cư Jut và xã Nam Dong, Đắk Nông", "Đắk Nông", ("Cư Jút",)),
        ("Bà con huyện ĐắkR’Lấp và huyện Đakrông; tỉnh Đắk Nông", "Đắk Nông", ("Đắk R'Lấp",)),
    ],
)
def test_province_and_districts(text: str, province: str | None, districts: tuple[str, ...]) -> None:
    found = places(text)
    assert (found.province, found.districts) == (province, districts)


@pytest.mark.parametrize(
    ("day", "province", "districts"),
    [
        (date(2024, 12, 31), "Thừa Thiên Huế", ("Huế", "Phú Lộc")),
        (date(2025, 1, 1), "Huế", ("Phú Lộc",)),
        (None, "Huế", ("Phú Lộc",)),
    ],
)
def test_a_province_has_the_name_of_the_day(day: date | None, province: str, districts: tuple[str, ...]) -> None:
    found = places("Lễ hội ở TP Huế và huyện Phú Lộc", "Báo Huế online", day=day)
    assert (found.province, found.today, found.districts) == (province, "Huế", districts)
    assert found.evidence[0].value == province


def test_a_district_has_one_spelling_however_the_page_writes_it() -> None:
    spellings = ("Đắk Song", "Đăk Song", "Dak Song", "ĐắkSong")
    assert {places(f"Huyện {one}, tỉnh Đắk Nông họp").districts for one in spellings} == {("Đắk Song",)}


def test_a_city_that_its_province_is_named_after_may_be_gone() -> None:
    found = places("Tỉnh Ninh Bình cấp cho thành phố Ninh Bình 5 xe, huyện Nho Quan 2 xe", day=date(2023, 5, 4))
    assert (found.province, found.districts) == ("Ninh Bình", ("Ninh Bình", "Nho Quan"))


@pytest.mark.parametrize(
    "text",
    [
        "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        "Đoàn TNCS Hồ Chí Minh ra quân; đường Hồ Chí Minh thông xe",
        "Anh Thanh Hà và chị Bình Minh. Ảnh: Kiến Xương",
        "Giao lưu tại TP Hồ Chí Minh",
    ],
)
def test_no_province(text: str) -> None:
    assert places(text).province is None


def test_communes_are_no_districts() -> None:
    assert places("Tỉnh Bắc Giang: các xã Tân Yên, Lục Nam và phường Yên Thế").districts == ()


def test_the_portals_province_outweighs_one_that_is_named_in_passing() -> None:
    text = "Du khách ví nơi này như Mù Cang Chải (tỉnh Yên Bái). Huyện Quế Phong đón khách."
    assert places(text).province == "Yên Bái"
    assert places(text, "Báo Nghệ An điện tử").province == "Nghệ An"
    assert places(text, "BÁO NGHỆ AN ONLINE").province == "Nghệ An"
    assert places(text, source="Đài PT-TH Nghệ An").province == "Nghệ An"
    assert places(text, address="https://baonghean.vn/tin-1.html").province == "Nghệ An"


def test_a_portals_district_is_its_home() -> None:
    found = places("UBND huyện họp", "Cổng thông tin điện tử huyện Bạch Thông")
    assert (found.province, found.districts, found.home) == ("Bắc Kạn", (), "Bạch Thông")


@pytest.mark.parametrize(
    ("address", "province"),
    [
        ("https://stp.kontum.gov.vn/x", "Kon Tum"),
        ("http://tinhuyquangtri.vn", "Quảng Trị"),
        ("https://baotintuc.vn/hue", None),
        ("https://thehuesite.vn", None),
    ],
)
def test_addresses(address: str, province: str | None) -> None:
    assert places("UBND tỉnh họp", address=address).province == province
