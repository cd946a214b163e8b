"""The pattern by which an engine narrows values down lets through every value that is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.search.facet_search import ValueSearch

LETTERS = st.text("aăâbdđeêghiklmnoôơuưyắẳộừỳÁĐYỸ \u0301\u0323\u00ad'-０ａ19", max_size=12)


def found(text: str, value: str, field: str = "section") -> bool:
    return bool(ValueSearch(text, field).values({value: 1}, (), 1))


@given(LETTERS, LETTERS, LETTERS)
def test_the_beginning_of_any_word_finds_and_passes_the_pattern(before: str, word: str, after: str) -> None:
    value = f"{before} {word}{after}"
    pattern = ValueSearch(word, "section").pattern()
    if found(word, value) and pattern:
        assert re.fullmatch(pattern, value, re.DOTALL)


def test_spellings_of_a_word_find_it() -> None:
    for text in ("hoa", "hoà", "hòa", "HOÀ", "ho\u0300a", "h", "ｈｏａ"):
        assert found(text, "Sở Hoà Bình")
    for text in ("hoạ", "oa", "hoab", "binhh"):
        assert found(text, "Sở Hoà Bình") is (text == "hoạ")


def test_a_pattern_stays_short() -> None:
    for text in ("ưuoa" * 500, "uuuuu'uuuuu oooo", "ubnd tp hn nq 04 btc", "q ai eo"):
        assert 0 < len(ValueSearch(text, "document").pattern() or "") <= 1_000


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("ubnd", "organisation", "Ủy ban nhân dân tỉnh Bạc Liêu"),
        ("bạc ubnd", "organisation", "Ủy ban nhân dân tỉnh Bạc Liêu"),
        ("huyện vị thủy", "district", "Hậu Giang > Vị Thủy"),
        ("tp huế", "province", "Huế"),
        ("nq 4", "document", "Nghị quyết 04-NQ/TU"),
        ("qđ số 19", "document", "Quyết định 19/2025/QĐ-TTg"),
        ("dak rl", "district", "Đắk Nông > Đắk R'lấp"),
        ("rlap", "district", "Đắk Nông > Đắk R’lấp"),
        ("ea h'leo", "district", "Đắk Lắk > Ea Hleo"),
    ],
)
def test_what_words_stand_for_is_found_as_well(text: str, field: str, value: str) -> None:
    assert found(text, value, field)
    pattern = ValueSearch(text, field).pattern()
    assert pattern
    assert re.fullmatch(pattern, value)


def test_kinds_are_left_out_where_all_values_have_them_only() -> None:
    assert not found("huyện vị thủy", "Vị Thủy", "organisation")
    assert not found("nq số 4", "Nghị quyết 04-NQ/TU", "section")
    assert not found("ubnd", "Ủy ban Mặt trận Tổ quốc", "organisation")
