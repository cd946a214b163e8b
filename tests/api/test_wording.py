"""Proves that both languages say everything, and write dates and numbers as their readers do."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from bantin.search.fields import FILTERS
from bantin_api.portal.texts import ENGLISH, TEXTS, VIETNAMESE, Texts
from bantin_api.portal.wording import moment, number


def test_both_languages_have_the_same_sentences_with_the_same_blanks() -> None:
    for field in fields(Texts):
        ours, theirs = getattr(VIETNAMESE, field.name), getattr(ENGLISH, field.name)
        if isinstance(ours, str):
            assert ours.count("{}") == theirs.count("{}"), field.name
        else:
            assert set(ours) == set(theirs), field.name


@pytest.mark.parametrize("texts", TEXTS.values())
def test_every_filter_has_a_name(texts: Texts) -> None:
    assert set(FILTERS) <= set(texts.fields)


def test_numbers_and_dates() -> None:
    late = datetime(2016, 12, 31, 18, 5, tzinfo=UTC)
    assert (number(1234567, VIETNAMESE), number(1234567, ENGLISH)) == ("1.234.567", "1,234,567")
    assert (moment(late, VIETNAMESE), moment(late, ENGLISH)) == ("01:05, 1/1/2017", "1 Jan 2017, 01:05")
    assert (moment(date(2017, 2, 3), VIETNAMESE), moment(date(2017, 2, 3), ENGLISH)) == ("3/2/2017", "3 Feb 2017")
    assert (moment(None, VIETNAMESE), moment(None, ENGLISH)) == ("không ghi ngày", "undated")
