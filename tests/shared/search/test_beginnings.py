"""What is typed may stand for other words: abbreviations, kinds of documents and places, names with an apostrophe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.search.beginnings import (
    MOST_WRITTEN_OUT,
    beginnings,
    end_of_letters,
    joined_syllables,
    without_apostrophes,
)


def read(text: str) -> dict[str, str | None]:
    return {" ".join(beginning.words): beginning.kind for beginning in beginnings(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("?", {}),
        ("bac", {"bac": None}),
        ("mttq", {"mttq": None, "mat tran to quoc": None}),
        ("UBND Tỉnh", {"UBND Tỉnh": None, "uy ban nhan dan Tỉnh": None}),
        ("mặt trận tổ quốc", {"mặt trận tổ quốc": None}),
        ("tp huế", {"tp huế": None, "thanh pho huế": None, "huế": "place"}),
        ("huyện", {"huyện": None}),
        ("thị xã a b", {"thị xã a b": None, "a b": "place"}),
        ("nghị quyết số 04", {"nghị quyết số 04": None, "nghị quyết 04": "document"}),
        ("nghị quyết số", {"nghị quyết số": None, "nghị quyết": "document"}),
        ("tt 2", {"tt 2": None, "thong tu 2": "document", "thong tu 02": "document"}),
        ("tt22", {"tt22": None, "thong tu 22": "document"}),
        ("da", {"da": None}),
        ("Ea H'leo", {"Ea H leo": None, "Ea Hleo": None}),
        ("'tin' 'mới'", {"tin mới": None}),
    ],
)
def test_what_a_text_may_begin(text: str, expected: dict[str, str | None]) -> None:
    assert read(text) == expected


def test_of_several_abbreviations_all_are_written_out_first() -> None:
    first, second, *_ = read("ubnd tp hcm nq")
    assert (first, second) == ("ubnd tp hcm nq", "uy ban nhan dan thanh pho ho chi minh nghi quyet")
    assert len(read("ubnd tp hcm nq btc ct btc")) <= MOST_WRITTEN_OUT + 1


def test_names_are_joined_where_an_apostrophe_is() -> None:
    text = "Đắk R’lấp, 'xã'"
    assert without_apostrophes(text) == "Đắk Rlấp, 'xã'"
    name = joined_syllables(text)[1]
    assert (text[name.start : name.end], name.folded) == ("R’lấp", "rlap")
    assert text[name.start : end_of_letters(text, name.start, 2)] == "R’l"


@given(st.text("a nqubdtp0 4'’-/sốhuyện") | st.text())
def test_anything_can_be_typed(text: str) -> None:
    assert all(beginning.words for beginning in beginnings(text))
    assert all(0 <= word.start < word.end <= len(text) for word in joined_syllables(text))
    assert end_of_letters(text, 0, 3) <= len(text)
