"""A value is suggested if it holds the words in order, the last as a beginning; typed accents, then frequency, rank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.search.suggestions import LONGEST_VALUE, SuggestionTable
from bantin.vietnamese.comparison import folded
from bantin.vietnamese.syllables import folded_syllables

words = st.lists(st.sampled_from(["Bạc", "Bắc", "Liêu", "Kạn", "kỹ", "An", "<b>"]), min_size=1, max_size=4)
values = st.dictionaries(words.map(" ".join), st.integers(1, 5), max_size=12)


def texts(table: SuggestionTable, text: str, size: int = 50) -> list[str]:
    return [one.text for one in table.suggest(text, size)]


def holds(value: str, typed: list[str]) -> bool:
    """Say whether the words stand in a value in order, the last as the beginning of one."""
    rest = folded_syllables(value)
    for word in typed[:-1]:
        if word not in rest:
            return False
        rest = rest[rest.index(word) + 1 :]
    return any(word.startswith(typed[-1]) for word in rest)


@given(counts=values, typed=st.lists(st.sampled_from(["bac", "lieu", "b", "ki", "an"]), min_size=1, max_size=3))
def test_every_value_that_holds_the_words_and_no_other(counts: dict[str, int], typed: list[str]) -> None:
    found = texts(SuggestionTable({"province": counts}), " ".join(typed))
    held = [value for value in counts if holds(value, [folded(word) for word in typed])]
    assert found == sorted(held, key=lambda value: (-counts[value], value))


def test_accents_as_typed_come_first() -> None:
    table = SuggestionTable({"province": {"Bạc Liêu": 9, "Bắc Kạn": 1}})
    assert texts(table, "bắ") == ["Bắc Kạn", "Bạc Liêu"]
    assert texts(table, "ba") == ["Bạc Liêu", "Bắc Kạn"]


def test_keys_of_a_keyboard_that_was_off_are_read() -> None:
    assert texts(SuggestionTable({"province": {"Đường Lâm": 1}}), "dduwowngf") == ["Đường Lâm"]


def test_a_place_that_two_fields_hold_is_suggested_once() -> None:
    table = SuggestionTable({"province": {"Cà Mau": 2}, "province_today": {"Cà Mau": 5}})
    assert [(one.text, one.count) for one in table.suggest("ca", 5)] == [("Cà Mau", 2)]


def test_what_is_shown_is_escaped_and_marked() -> None:
    (found,) = SuggestionTable({"title_value": {"Hội <nghị>": 1}}).suggest("hoi ng", 5)
    assert found.highlight == "<mark>Hội</mark> &lt;<mark>ng</mark>hị&gt;"


def test_nothing_typed_nothing_wanted_and_too_long_a_value_suggest_nothing() -> None:
    table = SuggestionTable({"person": {"An": 1, "An" * LONGEST_VALUE: 9}})
    assert texts(table, "") == texts(table, "an", 0) == []
    assert texts(table, "an") == ["An"]


PLACES = {"Hậu Giang > Vị Thủy": 2, "Đắk Nông > Đắk R'lấp": 3, "Đắk Lắk > Ea Hleo": 1}
NAMES = {
    "province": {"Bạc Liêu": 9, "Huế": 4},
    "district": PLACES,
    "organisation": {"Ủy ban nhân dân tỉnh Bạc Liêu": 3, "Mặt trận Tổ quốc huyện Vị Thủy": 2},
    "document": {"Nghị quyết 04-NQ/TU": 2, "Quyết định 19/2025/QĐ-TTg": 1, "Quy định 19-QĐ/TW": 1},
    "title_value": {"Nghị quyết số 04 của tỉnh": 1, "Số 4, ngày 5": 1, "UBND họp": 1},
}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nq 04", ["Nghị quyết 04-NQ/TU", "Nghị quyết số 04 của tỉnh"]),
        ("nq 4", ["Nghị quyết 04-NQ/TU"]),
        ("nq04", ["Nghị quyết 04-NQ/TU"]),
        ("nghị quyết số 04", ["Nghị quyết 04-NQ/TU", "Nghị quyết số 04 của tỉnh"]),
        ("qđ 19", ["Quy định 19-QĐ/TW", "Quyết định 19/2025/QĐ-TTg"]),
        ("mttq", ["Mặt trận Tổ quốc huyện Vị Thủy"]),
        ("ubnd", ["Ủy ban nhân dân tỉnh Bạc Liêu", "UBND họp"]),
        ("ubnd tinh", ["Ủy ban nhân dân tỉnh Bạc Liêu"]),
        ("ubn", ["UBND họp"]),
        ("huyện vị thủy", ["Hậu Giang > Vị Thủy", "Mặt trận Tổ quốc huyện Vị Thủy"]),
        ("tinh bac lieu", ["Bạc Liêu", "Ủy ban nhân dân tỉnh Bạc Liêu"]),
        ("tp huế", ["Huế"]),
        ("dak rl", ["Đắk Nông > Đắk R'lấp"]),
        ("đăk r'l", ["Đắk Nông > Đắk R'lấp"]),
        ("rlap", ["Đắk Nông > Đắk R'lấp"]),
        ("ea h'leo", ["Đắk Lắk > Ea Hleo"]),
        ("ea hleo", ["Đắk Lắk > Ea Hleo"]),
    ],
)
def test_what_words_stand_for_is_suggested_as_well(typed: str, expected: list[str]) -> None:
    assert texts(SuggestionTable(NAMES), typed) == expected


def test_what_was_found_for_other_words_is_marked() -> None:
    table = SuggestionTable(NAMES)
    marked = {typed: table.suggest(typed, 1)[0].highlight for typed in ("ubnd tinh", "tp hu", "dak rl", "ea h'leo")}
    assert marked == {
        "ubnd tinh": "<mark>Ủy</mark> <mark>ban</mark> <mark>nhân</mark> <mark>dân</mark> <mark>tỉnh</mark> Bạc Liêu",
        "tp hu": "<mark>Hu</mark>ế",
        "dak rl": "<mark>Đắk</mark> Nông &gt; Đắk <mark>R&#x27;l</mark>ấp",
        "ea h'leo": "Đắk Lắk &gt; <mark>Ea</mark> <mark>Hleo</mark>",
    }
