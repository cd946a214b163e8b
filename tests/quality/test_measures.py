"""Scores: alternatives, values that may be given or not, leaked lines, and sums of tallies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.measures import Tally, leaked, match, token_f1


def gold(*values: str) -> list[frozenset[str]]:
    return [frozenset(value.split("/")) for value in values]


def test_precision_recall_f1() -> None:
    tally = Tally(3, 4, 6)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, 0.6)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (1.0, 1.0, 1.0)


def test_any_spelling_meets_a_value() -> None:
    matched = match(["b", "c"], gold("a/b", "c", "d"))
    assert (matched.tally, matched.missed, matched.spurious) == (Tally(2, 2, 3), ("d",), ())


def test_a_value_is_met_once() -> None:
    matched = match(["a", "b"], gold("a/b"))
    assert (matched.tally, matched.spurious) == (Tally(1, 2, 1), ("b",))


def test_an_allowed_value_counts_for_nothing() -> None:
    assert match(["x", "a"], gold("a"), allowed=["x"]).tally == Tally(1, 1, 1)


def test_an_allowed_value_that_is_also_asked_for_counts() -> None:
    assert match(["a"], gold("a"), allowed=["a"]).tally == Tally(1, 1, 1)


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_no_more_is_right_than_found_or_asked_for(found: list[str], asked: list[str]) -> None:
    tally = match(found, gold(*asked)).tally
    assert 0 <= tally.right <= min(tally.found, tally.gold)
    assert (tally.found, tally.gold) == (len(found), len(asked))


def test_f1_counts_each_syllable_as_often_as_it_stands() -> None:
    assert token_f1("một hai hai", "hai hai ba") == pytest.approx(2 / 3)


def test_f1_does_not_see_case_and_tone_placement() -> None:
    assert token_f1("Hoà bình", "hòa BÌNH") == 1.0


@given(st.text(), st.text())
def test_f1_is_symmetric_and_a_share(left: str, right: str) -> None:
    assert token_f1(left, right) == token_f1(right, left)
    assert 0.0 <= token_f1(left, right) <= 1.0


LONG = "Trang này do ban biên tập phụ trách và cập nhật"


def test_a_short_chrome_line_leaks_only_as_a_line() -> None:
    assert leaked("Đọc bài ở Trang chủ nhé.", ["Trang chủ"], "").right == 0
    assert leaked("Một đoạn.\n\nTrang chủ", ["Trang chủ"], "") == Tally(1, 1, 1)


def test_a_long_chrome_line_leaks_inside_a_paragraph_too() -> None:
    assert leaked(f"Một đoạn. {LONG} thường xuyên.", [LONG], "Một đoạn.").right == 1


def test_what_the_article_says_itself_is_no_leak() -> None:
    assert leaked(f"Trang chủ\n\n{LONG}.", ["Trang chủ", LONG], f"Trang chủ\n\n{LONG}.") == Tally(0, 0, 0)


def test_a_chrome_line_that_is_printed_twice_is_one_line() -> None:
    assert leaked("", ["Trang chủ", "Trang chủ", " "], "") == Tally(0, 0, 1)
