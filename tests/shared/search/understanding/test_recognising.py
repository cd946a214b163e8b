"""Documents, days, places and people are recognised in what people type, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.events import Document
from bantin.search.understanding.documents import reference_tokens
from bantin.search.understanding.recognised import understood
from bantin.search.words import parse_words, plain_runs


def named(text: str, kind: str) -> list[str]:
    return [entity.label for entity in parse_words(text).entities if entity.kind == kind]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("04-NQ/TU", ["Nghị quyết 04-NQ/TU"]),
        ("NQ 04", ["Nghị quyết 04"]),
        ("nghi quyet so 04", ["Nghị quyết 04"]),
        ("04/nq-tu", ["Nghị quyết 04-NQ/TU"]),
        ("qd 19/2025 ttg", ["Quyết định 19/2025/QĐ-TTg"]),
        ("237/NQ-UBTVQH16", ["Nghị quyết 237/NQ-UBTVQH16"]),
        ("luật số 72/2025/QH15", ["Luật 72/2025/QH15"]),
        ("nq04", ["Nghị quyết 04"]),
        ("04NQ/TU", ["Nghị quyết 04-NQ/TU"]),
        ("QĐ-TTg 1719", ["Quyết định 1719/QĐ-TTg"]),
        ("chỉ thị 05-ct/tw", ["Chỉ thị 05-CT/TW"]),
        ("chỉ thị số 05-CT/TƯ", ["Chỉ thị 05-CT/TW"]),
        ("chi thi 05 cua bo chinh tri", ["Chỉ thị 05-CT/TW"]),
        ("KL 62 BCT", ["Kết luận 62-KL/TW"]),
        ("thông tư 12/2020/TT-BCT", ["Thông tư 12/2020/TT-BCT"]),
        ("thông tư 22 bộ giáo dục", ["Thông tư 22/TT-BGDĐT"]),
        ("quyết định số 19 của thủ tướng", ["Quyết định 19/QĐ-TTg"]),
        ("nghị quyết 04 của ban thường vụ tỉnh ủy", ["Nghị quyết 04-NQ/TU"]),
        ("quy định 114-QĐ/TW", ["Quy định 114-QĐ/TW"]),
        ("kế hoạch 12-KH/BDVTU", ["Kế hoạch 12-KH/BDVTU"]),
        ("kế hoạch 12-kh/xyz", ["Kế hoạch 12/KH-XYZ"]),
        ("công văn 123/UBND-VX", ["Công văn 123/UBND-VX"]),
        ("quyet dinh so 123 ngay 5/6/2020", ["Quyết định 123"]),
        ("nghị quyết 04 từ năm 2021", ["Nghị quyết 04"]),
        ("quyết định 19 năm 2025 của thủ tướng", ["Quyết định 19/2025/QĐ-TTg"]),
        ("nghị định 100 năm 2019", ["Nghị định 100/2019"]),
        ("nghị quyết 04 năm 2021 của tỉnh ủy", ["Nghị quyết 04-NQ/TU"]),
        ("04NQTU", ["Nghị quyết 04-NQ/TU"]),
        ("19QĐTTg", ["Quyết định 19/QĐ-TTg"]),
        ("123khubnd", ["Kế hoạch 123/KH-UBND"]),
        ("19nqabc", []),
        ("ngày 5 tháng 7 năm 2024 ubnd tỉnh", []),
        ("04 từ khóa", []),
        ("6 đá", []),
        ("ct3", []),
        ("kế hoạch 2024", []),
        ("kế hoạch 5 năm", []),
        ("kế hoạch 5 năm 2021-2025", []),
        ("23/7/2024", []),
        ("4 xã nông thôn mới", []),
    ],
)
def test_documents(text: str, documents: list[str]):
    assert named(text, "document") == documents


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("23/7/2024", ["2024-07-23"]),
        ("ngày 23 tháng 7 năm 2024", ["2024-07-23"]),
        ("tháng 7 năm 2024", ["2024-07"]),
        ("7/2024", ["2024-07"]),
        ("hội nghị năm 2024", ["2024"]),
        ("32/7/2024", []),
        ("31/2/2024", []),
        ("ngày 31 tháng 2 năm 2024", ["2024"]),
        ("bản tin 45 tháng 7/2024", ["2024-07"]),
        ("23/7/24", ["2024-07-23"]),
        ("ngày 23 tháng 7 năm 24", ["2024-07-23"]),
        ("giải phóng 30/4/75", ["1975-04-30"]),
        ("7/24", []),
        ("31/2/24", []),
        ("12 05 24 33", []),
        ("09 12 05 24", []),
        ("1/2/3", []),
        ("tháng bảy 2024", ["2024-07"]),
        ("tháng mười hai 2024", ["2024-12"]),
        ("tháng bảy 24", []),
        ("báo cáo 6 tháng năm 2024", ["2024"]),
        ("tháng năm năm 2024", ["2024-05"]),
        ("T7/2024", ["2024-07"]),
        ("t12 năm 2024", ["2024-12"]),
        ("t13/2024", []),
        ("t7/24", []),
        ("quý 3/2023", ["2023-Q3"]),
        ("2021 2025", []),
        ("năm 24", []),
        ("2024-07-23", ["2024-07-23"]),
        ("tháng bảy năm 2024", ["2024-07"]),
        ("tháng chạp năm 2024", ["2024-12"]),
        ("quý 2 năm 2024", ["2024-Q2"]),
        ("qui III/2024", ["2024-Q3"]),
        ("5 năm 2021", ["2021"]),
        ("giai đoạn năm 2021-2025", []),
        ("ngày 23 tháng 7", []),
        ("tuần trước", []),
    ],
)
def test_days(text: str, days: list[str]):
    assert named(text, "day") == days


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("bac lieu", ["Bạc Liêu"]),
        ("BẠC lieu", ["Bạc Liêu"]),
        ("bậc kan", []),
        ("hue", []),
        ("huế", ["Huế"]),
        ("tư tưởng Hồ Chí Minh", []),
        ("thành phố Hồ Chí Minh", ["Hồ Chí Minh"]),
        ("tp.hcm", ["Hồ Chí Minh"]),
        ("sai gon", ["Hồ Chí Minh"]),
        ("hanoi", ["Hà Nội"]),
        ("daklak", ["Đắk Lắk"]),
        ("đăk lăk", ["Đắk Lắk"]),
        ("bắc cạn", ["Bắc Kạn"]),
        ("tp hue", ["Huế"]),
        ("thừa thiên - huế", ["Thừa Thiên Huế"]),
        ("đong nai", ["Đồng Nai"]),
        ("đak lak", ["Đắk Lắk"]),
        ("đak nong", ["Đắk Nông"]),
        ("binh đinh", ["Bình Định"]),
        ("đa nang", ["Đà Nẵng"]),
        ("đa nắng", []),
        ("đaklak", ["Đắk Lắk"]),
        ("đắklắk", ["Đắk Lắk"]),
        ("đắklak", []),
        ("ba ria", ["Bà Rịa - Vũng Tàu"]),
        ("hà đong nội", []),
        ("đa lat", []),
        ("vũng tàu", ["Bà Rịa - Vũng Tàu"]),
        ("châu á thái bình dương", []),
    ],
)
def test_places(text: str, places: list[str]):
    assert named(text, "place") == places


@pytest.mark.parametrize(
    "text", ["thông báo 10 học sinh", "quyết định 3 vấn đề", "chương trình 30 phút", "luật 4 bánh"]
)
def test_a_number_that_may_count_something_is_no_certain_document(text: str):
    assert not any(entity.certain for entity in parse_words(text).entities)


@pytest.mark.parametrize(
    ("text", "certain"), [("bảo vệ hòa bình thế giới", False), ("tỉnh hòa bình", True), ("hòa bình", True)]
)
def test_a_place_that_is_also_a_word_is_certain_where_a_place_is_named(text: str, certain: bool):
    assert [entity.certain for entity in parse_words(text).entities if entity.kind == "place"] == [certain]


@pytest.mark.parametrize("text", ["thua thien", "ba ria", "vung tau", "ba ria vung", "thừa thiên"])
def test_the_beginning_of_a_longer_name_ends_where_the_words_do(text: str):
    count = len(text.split())
    assert all(entity.past <= count for entity in parse_words(text).entities)
    assert named(text, "place")


def test_what_is_called_a_district_may_be_one():
    assert named("đường về huyện phong yên", "place") == ["phong yên"]
    assert named("đường về phong yên", "place") == []


def test_of_two_that_share_words_the_longer_is_meant():
    entities = parse_words("ông nguyễn thái bình").entities
    held = {"place:thai_binh", "person:nguyen_thai_binh"}
    assert [(entity.kind, entity.label) for entity in understood(entities, held)] == [("person", "nguyễn thái bình")]
    assert [entity.kind for entity in understood(entities, {"place:thai_binh"})] == ["place"]


@pytest.mark.parametrize(
    ("cited", "text"),
    [
        (Document(kind="Chỉ thị", number="05-CT/TW", date=None), "chỉ thị 05 của bộ chính trị"),
        (Document(kind="Chỉ thị", number="05-CT/TƯ", date=None), "05-CT/TW"),
        (Document(kind="Chỉ thị", number="05", issuer="Bộ Chính trị", date=None), "05-CT/TW"),
        (Document(kind="Nghị quyết", number="35/2020/NQ-QH14", date=None), "nghị quyết 35 của quốc hội"),
        (Document(kind="Kế hoạch", number="12-KH/BDVTU", date=None), "12-kh/bdvtu"),
        (Document(kind="Công văn", number="123/UBND-VX", date=None), "cv 123 ubnd"),
        (Document(kind="Thông tư", number="22/2021/TT-BGDĐT", date=None), "thông tư 22 của bộ giáo dục và đào tạo"),
        (Document(kind="Quyết định", number="19/2025/QĐ-TTg", date=None), "qd 19 thu tuong chinh phu"),
        (Document(kind="Nghị quyết", number="số 04-NQ/TU", date=None), "04-NQ/TU"),
    ],
)
def test_a_citation_and_a_query_meet(cited: Document, text: str):
    (entity,) = parse_words(text).entities
    assert set(entity.tokens) <= set(reference_tokens(cited))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("nghị quyết 04 năm 2021", ["document", "day"]),
        ("nghị quyết 04 năm 2021 của tỉnh ủy", ["document"]),
        ("nghị định 100 năm 2019", ["document"]),
        ("quyết định 19 năm 2025 của thủ tướng", ["document"]),
    ],
)
def test_a_year_that_is_called_one_belongs_to_numbers_of_the_state(text: str, kinds: list[str]):
    assert [entity.kind for entity in parse_words(text).entities] == kinds


def test_what_may_be_a_person_is_not_certain():
    entities = [entity for entity in parse_words("ông nguyễn văn bình").entities if entity.kind == "person"]
    assert entities[0].label == "nguyễn văn bình"
    assert not any(entity.certain for entity in entities)


_WORDS = (
    "nghị quyết số 04 nq tu của bộ chính trị thủ tướng quý 2 năm 2024 tp hcm huyện ông lê 19/2025 thừa thiên bà rịa -"
).split()


@given(
    st.text(alphabet="0123456789/-.nqtuđ QĐ năm tháng ngày số bạc liêu")
    | st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join)
)
def test_anything_can_be_read(text: str):
    words = parse_words(text)
    count = sum(map(len, plain_runs(text)))
    assert all(0 <= entity.first < entity.past <= count for entity in words.entities)
