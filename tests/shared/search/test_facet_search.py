"""The pattern by which an engine narrows values down lets through every value that is found."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bantin.search.facet_search import ValueSearch

LETTERS = st.text("aăâbdđeêghiklmnoôơuưyắẳộừỳÁĐYỸ \u0301\u0323\u00ad'-０ａ19", max_size=12)


def found(text: str, value: str) -> bool:
    return bool(ValueSearch(text).values({value: 1}, (), 1))


@given(LETTERS, LETTERS, LETTERS)
def test_the_beginning_of_any_word_finds_and_passes_the_pattern(before: str, word: str, after: str) -> None:
    value = f"{before} {word}{after}"
    pattern = ValueSearch(word).pattern()
    if found(word, value) and pattern:
        assert re.fullmatch(pattern, value, re.DOTALL)


def test_spellings_of_a_word_find_it() -> None:
    for text in ("hoa", "hoà", "hòa", "HOÀ", "ho\u0300a", "h", "ｈｏａ"):
        assert found(text, "Sở Hoà Bình")
    for text in ("hoạ", "oa", "hoab", "binhh"):
        assert found(text, "Sở Hoà Bình") is (text == "hoạ")


def test_a_pattern_stays_short() -> None:
    assert len(ValueSearch("ưuoa" * 500).pattern() or "") < 1_000
