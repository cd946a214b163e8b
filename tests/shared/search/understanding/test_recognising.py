"""Documents, days, places and people are recognised in what people type, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.search.words import parse_words


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
        ("kế hoạch 5 năm", []),
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
        ("32/7/2024", ["2024-07"]),
        ("2021 2025", []),
        ("năm 24", []),
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
    ],
)
def test_places(text: str, places: list[str]):
    assert named(text, "place") == places


def test_what_may_be_a_person_is_not_certain():
    entities = [entity for entity in parse_words("ông nguyễn văn bình").entities if entity.kind == "person"]
    assert entities[0].label == "nguyễn văn bình"
    assert not any(entity.certain for entity in entities)


@given(st.text(alphabet="0123456789/-.nqtuđ QĐ năm tháng ngày số bạc liêu"))
def test_anything_can_be_read(text: str):
    parse_words(text)
