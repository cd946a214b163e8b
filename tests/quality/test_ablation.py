"""Phrases that only one portal shows: found by words, and gone from the table before it is compiled."""

import pytest

from quality.ablation import ablations, own_phrases
from quality.gold import PORTALS

TABLE = {"phrases": "bản in|lượt đọc\ncỡ chữ|©"}


def test_phrases_are_found_as_words_whatever_case_and_neighbours() -> None:
    assert own_phrases(TABLE, ["[Bản in]  Gửi", "bản"], ["Cỡ chữ: A A+"]) == {"phrases": {"bản in"}}


def test_a_phrase_that_the_other_portal_shows_too_is_not_the_portals_own() -> None:
    assert own_phrases(TABLE, ["Bản in Lượt đọc: 12"], ["LƯỢT ĐỌC"]) == {"phrases": {"bản in"}}


def test_words_of_two_lines_make_no_phrase() -> None:
    assert own_phrases(TABLE, ["Số bản", "In trang"], []) == {"phrases": set()}


@pytest.mark.skipif(not PORTALS.is_dir(), reason="../shared/data/gov_pages is not here")
def test_a_portal_is_read_with_fewer_phrases() -> None:
    (one,) = ablations(["stp.daknong"])
    assert one.removed > 0
    assert {form for form, _ in one.readings} == {"text", "html"}
    assert all(page.startswith("stp.daknong/") for _, page in one.readings)
    assert any(reading["title"] and reading["body"] for reading in one.readings.values())
