"""Telex and VNI keys are read as meant, and words that are none are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.vietnamese.typing import read_keys


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("dduwowngf", "đường"),
        ("dduowngf", "đường"),
        ("d9u7o72ng", "đường"),
        ("tieengs vieetj", "tiếng việt"),
        ("tie61ng vie65t", "tiếng việt"),
        ("hoaf binhf", "hòa bình"),
        ("DDangr booj", "đảng bộ"),
        ("quyeets ddinhj 19", "quyết định 19"),
    ],
)
def test_keys_are_read_as_meant(keys: str, meant: str):
    assert read_keys(keys.split()) == meant.split()


@pytest.mark.parametrize(
    "text", ["dân vận khéo", "dan van kheo", "box", "covid19", "04 nq tu", "of the people", "h5n1"]
)
def test_other_words_are_left_alone(text: str):
    assert read_keys(text.split()) == text.split()


@given(st.lists(st.text(alphabet="abcdđưowasfrxj0123456789é", min_size=1, max_size=12)))
def test_any_words_can_be_read(words: list[str]):
    assert len(read_keys(words)) == len(words)
