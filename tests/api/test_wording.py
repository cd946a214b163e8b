"""Proves that both languages of the portal say everything."""

from dataclasses import fields
from datetime import date

import pytest

from bantin.search.fields import FILTERS
from bantin_api.portal.texts import ENGLISH, TEXTS, VIETNAMESE, Texts
from bantin_api.portal.wording import published


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


def test_an_article_without_a_date_says_so() -> None:
    assert (published(None, VIETNAMESE), published(None, ENGLISH)) == ("không ghi ngày", "undated")
    assert published(date(2017, 2, 3), VIETNAMESE) == "3/2/2017"
