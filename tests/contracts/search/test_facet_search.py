"""Searching inside one facet: its values by the beginnings of their words, with counts that the search narrows."""

import pytest

from bantin.events import Document, Person
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from tests.contracts.search.corpus import fill, stored


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    await fill(
        engine,
        [
            stored("a", "một", province="Bắc Kạn", province_today="Thái Nguyên", districts=("Ba Bể",)),
            stored("b", "một hai", province="Bắc Kạn", province_today="Thái Nguyên", section="Thời sự"),
            stored("c", "hai", province="Bạc Liêu", province_today="Cà Mau", districts=("Vĩnh Lợi", "Hoà Bình")),
            stored("d", "ba", province="Bắc Giang", province_today="Bắc Ninh", section="Kinh tế, xã hội"),
            stored("e", "bốn", province="Hòa Bình", province_today="Phú Thọ", section="Thời sự"),
            stored("f", "năm", people=tuple(Person(name=name) for name in ("Kỷ Đăng", "Trần Quyết", "Thúy Vy"))),
        ],
    )
    return engine


async def values(engine: SearchEngine, field: str, beginning: str = "", size: int = 20, **query: object):
    found = await engine.facet_values(Query.model_validate(query), field, beginning, size)
    return [(value.value, value.count) for value in found]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("province", "kan", ["Bắc Kạn"]),
        ("province", "bac", ["Bắc Kạn", "Bạc Liêu", "Bắc Giang"]),
        ("province", "BẠC", ["Bạc Liêu"]),
        ("province", "l bac", ["Bạc Liêu"]),
        ("province", "ac", []),
        ("province", "hoà", ["Hòa Bình"]),
        ("province", "ho\u0300a b", ["Hòa Bình"]),
        ("province", "ｂａｃ ｋ", ["Bắc Kạn"]),
        ("district", "vinh", ["Bạc Liêu > Vĩnh Lợi"]),
        ("district", "lieu hoa", ["Bạc Liêu > Hoà Bình"]),
        ("district", "bac kan > ba be", ["Bắc Kạn > Ba Bể"]),
        ("person", "ki dang", ["Kỷ Đăng"]),
        ("person", "kỷ đ", ["Kỷ Đăng"]),
        ("person", "quy", ["Trần Quyết"]),
        ("person", "thuý", ["Thúy Vy"]),
        ("person", "VY", ["Thúy Vy"]),
        ("section", "xa kinh", ["Kinh tế, xã hội"]),
        ("section", "x*", ["Kinh tế, xã hội"]),
        ("section", "[.]?\\", ["Thời sự", "Kinh tế, xã hội"]),
        ("campaign", "a", []),
    ],
)
async def test_every_word_typed_begins_a_word_of_the_value(filled: SearchEngine, field: str, text: str, expected):
    found = [value for value, _ in await values(filled, field, text)]
    assert [value for value in found if value in expected] == expected
    # Other spellings of what was typed with accents follow; nothing else does.
    others = [value for value in found if value not in expected]
    assert others == ([] if text != "BẠC" else ["Bắc Kạn", "Bắc Giang"])


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("organisation", "ubnd", "Ủy ban nhân dân tỉnh Bạc Liêu"),
        ("organisation", "lieu ubnd t", "Ủy ban nhân dân tỉnh Bạc Liêu"),
        ("district", "huyện vị thủy", "Hậu Giang > Vị Thủy"),
        ("district", "dak rl", "Hậu Giang > Đắk R'lấp"),
        ("document", "nq 4", "Nghị quyết 04-NQ/TU"),
    ],
)
async def test_what_is_typed_stands_for_other_words(filled: SearchEngine, field: str, text: str, expected: str):
    named = stored(
        "g",
        province="Hậu Giang",
        organisations=("Ủy ban nhân dân tỉnh Bạc Liêu", "Ủy ban Mặt trận Tổ quốc"),
        districts=("Vị Thủy", "Đắk R'lấp"),
        documents=(Document(kind="Nghị quyết", number="04-NQ/TU"), Document(kind="Chỉ thị", number="4")),
    )
    await fill(filled, [named])
    assert await values(filled, field, text) == [(expected, 1)]


async def test_typed_accents_come_first_then_the_most_frequent(filled: SearchEngine):
    assert await values(filled, "province", "bạc") == [("Bạc Liêu", 1), ("Bắc Kạn", 2), ("Bắc Giang", 1)]
    assert await values(filled, "province", "bac", size=1) == [("Bắc Kạn", 2)]
    everything = [("Bắc Kạn", 2), ("Bạc Liêu", 1), ("Bắc Giang", 1), ("Hòa Bình", 1)]
    assert sorted(await values(filled, "province")) == sorted(everything)


async def test_the_search_narrows_the_counts_but_the_facets_own_filter_does_not(filled: SearchEngine):
    assert await values(filled, "province", "bac", text="hai") == [("Bạc Liêu", 1), ("Bắc Kạn", 1)]
    filters = {"province": ("Bạc Liêu",), "section": ("Thời sự",)}
    assert await values(filled, "province", "b", filters=filters) == [("Bắc Kạn", 1), ("Hòa Bình", 1)]
    (chosen, *_) = await filled.facet_values(Query(filters={"province": ("Bạc Liêu",)}), "province", "bạc", 20)
    assert (chosen.value, chosen.count, chosen.selected) == ("Bạc Liêu", 1, True)
    assert await values(filled, "province", "bac", text="không có gì") == []


async def test_places_of_today(filled: SearchEngine):
    assert await values(filled, "province", "thai", places="today") == [("Thái Nguyên", 2)]
    assert await values(filled, "province", "thai") == []


async def test_no_text_is_too_long_or_too_odd(filled: SearchEngine):
    for text in ("b" * 2_000, "b " * 1_000, "🙂", "\x00", "a\u0301\u0302\u0303", "(" * 500, "ß ﬁ ij", "đ"):
        assert isinstance(await values(filled, "province", text), list)


async def test_an_unknown_field_is_an_error(filled: SearchEngine):
    with pytest.raises(ValueError, match="no filter or facet"):
        await filled.facet_values(Query(), "colour", "r", 5)
