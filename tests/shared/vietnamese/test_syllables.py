"""Text is cut into syllables that lie where they say, in the text as given."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.vietnamese.comparison import canonical
from bantin.vietnamese.syllables import exact_syllables, folded_syllables, joined_pairs, syllables

TEXT = st.one_of(st.text(), st.text(alphabet="aăâđòyu \u0301\u0323\u00ad-/.,_²½", max_size=30))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Dân vận khéo", ["dân", "vận", "khéo"]),
        ("04-NQ/TU", ["04", "nq", "tu"]),
        ("19/2025/QĐ-TTg", ["19", "2025", "qđ", "ttg"]),
        ("chính trị - xã hội", ["chính", "trị", "xã", "hội"]),
        ("2.700 mô hình, 1,5%", ["2", "700", "mô", "hình", "1", "5"]),
        ("a_b", ["a", "b"]),
        ("🙂!?", []),
        ("", []),
    ],
)
def test_letters_and_digits_make_syllables(text: str, cut: list[str]):
    assert exact_syllables(text) == cut


@given(TEXT)
def test_offsets_point_into_the_text_as_given(text: str):
    end = 0
    for syllable in syllables(text):
        assert end <= syllable.start < syllable.end <= len(text)
        assert canonical(text[syllable.start : syllable.end]) == syllable.exact
        end = syllable.end


@given(TEXT)
def test_every_letter_and_digit_is_in_a_syllable(text: str):
    covered = {place for syllable in syllables(text) for place in range(syllable.start, syllable.end)}
    assert all(place in covered for place, letter in enumerate(text) if letter.isalnum())


@given(st.text(alphabet="aăâđòyuAĐ \u0301\u0323-/.,", max_size=30))
def test_decomposed_text_gives_the_same_syllables(text: str):
    assert exact_syllables(unicodedata.normalize("NFD", text)) == exact_syllables(unicodedata.normalize("NFC", text))


@given(TEXT)
def test_all_three_ways_of_cutting_agree(text: str):
    assert [syllable.exact for syllable in syllables(text)] == exact_syllables(text)
    assert [syllable.folded for syllable in syllables(text)] == folded_syllables(text)


def test_neighbours_are_joined():
    assert joined_pairs(["dân", "vận", "khéo"]) == ["dân_vận", "vận_khéo"]
    assert joined_pairs(["dân"]) == []
