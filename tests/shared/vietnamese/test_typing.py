"""Telex and VNI keys are read as meant, and words that are none are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.vietnamese.typing import key_readings, read_keys


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
        ("duong972 sat81", "đường sắt"),
        ("hocj", "học"),
        ("nuowcs", "nước"),
        ("nguowif dan", "người dan"),
        ("xaay duwngj noong thoon mowis", "xây dựng nông thôn mới"),
        ("NGHIJ QUYEETS TW 4", "NGHỊ QUYẾT TW 4"),
        ("nhw thees", "như thế"),
        ("cair cachs taij chỗ", "cair cachs taij chỗ"),
        ("toongr keets cuối năm", "tổng kết cuối năm"),
    ],
)
def test_keys_are_read_as_meant(keys: str, meant: str):
    assert [word.lower() for word in read_keys(keys.split(), frozenset({"tw"}))] == meant.lower().split()


@pytest.mark.parametrize(
    "text",
    [
        "dân vận khéo", "dan van kheo", "04 nq tu", "of the people", "h5n1", "box", "covid19", "kh12", "a80", "u23 u19",
        "bằng lái a1 a2", "điện gió 50 MW", "dien gio 50 MW", "test nhanh", "test", "oof", "boss", "class", "fees",
        "now", "room", "beer", "queen", "xoong", "ví momo", "see you now", "facebook google zoom", "iphone 15 pro max",
        "04 CT tw", "world bus show", "lop10 khoi12 mi9",
    ],
)  # fmt: skip
def test_other_words_are_left_alone(text: str):
    assert read_keys(text.split(), frozenset({"tw"})) == text.split()


def test_each_word_has_its_reading_whatever_stands_beside_it():
    assert key_readings("kinh tees test TW U3y 50".split(), frozenset({"tw"})) == ["", "tế", "tét", "", "ủy", ""]
    assert key_readings("dien 50 MWS".split()) == ["", "", ""]
    assert key_readings("boss kiss quan1".split()) == ["", "", "quán"]
    assert key_readings("NGHIJ quyeets".split()) == ["", "quyết"]


@given(st.lists(st.text(alphabet="abcdđưowasfrxj0123456789é", min_size=1, max_size=12)))
def test_any_words_can_be_read(words: list[str]):
    assert len(read_keys(words)) == len(words)
