"""The `filters` expression: what it means, and that no text breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.problem import Problem
from bantin.search.conditions import Conditions, Holds, PublishedWithin
from bantin.search.moments import EPOCH
from bantin_api.instantsearch.expression import filter_conditions

AN, HAI, TIN = (
    Holds(field="person", value="Lê An"),
    Holds(field="person", value="Hai"),
    Holds(field="section", value="Tin"),
)
NOT_AN, NOT_HAI, NOT_TIN = (one.model_copy(update={"negated": True}) for one in (AN, HAI, TIN))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ()),
        ('person:"Lê An"', ((AN,),)),
        ("person:'Lê An' AND section:Tin", ((AN,), (TIN,))),
        ('person:"Lê An" OR person:Hai', ((AN, HAI),)),
        ('(person:"Lê An" OR person:Hai) AND section:Tin', ((AN, HAI), (TIN,))),
        ('section:Tin AND (person:"Lê An" OR person:Hai)', ((TIN,), (AN, HAI))),
        ('(person:"Lê An" AND person:Hai) OR section:Tin', ((AN, TIN), (HAI, TIN))),
        ("NOT section:Tin", ((NOT_TIN,),)),
        ('NOT (person:"Lê An" OR person:Hai)', ((NOT_AN,), (NOT_HAI,))),
        ('NOT (person:"Lê An" AND person:Hai)', ((NOT_AN, NOT_HAI),)),
        ("NOT NOT section:Tin", ((TIN,),)),
        ("published_at:0 TO 0", ((PublishedWithin(first=EPOCH, last=EPOCH),),)),
        ("published_at >= 0 AND section:Tin", ((PublishedWithin(first=EPOCH),), (TIN,))),
        ("NOT published_at=0", ((PublishedWithin(first=EPOCH, last=EPOCH, negated=True),),)),
        (r'section:"Tin \"nóng\""', ((Holds(field="section", value='Tin "nóng"'),),)),
        ("section:NOT", ((Holds(field="section", value="NOT"),),)),
        ('"section":Tin', ((TIN,),)),
    ],
)
def test_an_expression_means_conditions(text: str, meant: Conditions):
    assert filter_conditions(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "section",
        "section:",
        "AND",
        "section:Tin AND",
        "section:Tin section:Tin",
        "(section:Tin",
        "section:Tin)",
        "()",
        "NOT",
        'section:"Tin',
        "brand:x",
        "price>3",
        "section:Tin AND section:Tin OR section:Tin",
        "(" * 100 + "section:Tin" + ")" * 100,
        "NOT " * 100 + "section:Tin",
        " OR ".join(["(section:a AND section:b)"] * 20),
        "section:" + "a" * 10_000,
    ],
)
def test_what_is_not_well_formed_is_a_clear_problem(text: str):
    with pytest.raises(Problem) as raised:
        filter_conditions(text)
    assert raised.value.status == 422
    assert "filters" in raised.value.detail.lower()


PIECES = st.sampled_from(
    ["AND", "OR", "NOT", "(", ")", "section:Tin", 'person:"Lê An"', "published_at>1", "published_at:1 TO 2", ":", '"']
)


@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_text_is_conditions_or_a_problem(text: str):
    try:
        filter_conditions(text)
    except Problem as problem:
        assert problem.status == 422
