"""Proves that every parameter is read as the contract has it, and that whatever is amiss is named with its remedy."""

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.problem import Problem
from bantin.search.fields import DEFAULT_FACETS, FILTERS
from bantin.search.query import Query
from bantin_api.parameters import SEARCH
from bantin_api.requests import read_parameters, to_query


def query(*pairs: tuple[str, str]) -> Query:
    return to_query(read_parameters(pairs, SEARCH))


def problem(*pairs: tuple[str, str]) -> Problem:
    with pytest.raises(Problem) as caught:
        query(*pairs)
    assert caught.value.status == 422
    return caught.value


def test_nothing_given_is_the_default_query() -> None:
    assert query() == Query()


def test_every_parameter_arrives() -> None:
    assert query(
        ("q", 'dân vận "khéo"'),
        ("province", "Bạc Liêu"),
        ("province", "Hậu Giang"),
        ("campaign", "Dân vận khéo"),
        ("published_from", "2017-02-01"),
        ("published_to", "2017-02-01"),
        ("sort", "oldest"),
        ("size", "100"),
        ("cursor", "abc"),
        ("facet", "author"),
        ("facet", "person"),
        ("facet", "author"),
        ("facet_size", "1000"),
        ("places", "today"),
        ("collapse", "false"),
        ("histogram", "month"),
    ) == Query(
        text='dân vận "khéo"',
        filters={"province": ("Bạc Liêu", "Hậu Giang"), "campaign": ("Dân vận khéo",)},
        published_from=date(2017, 2, 1),
        published_to=date(2017, 2, 1),
        sort="oldest",
        size=100,
        cursor="abc",
        facets=("author", "person"),
        facet_size=1000,
        places="today",
        collapse=False,
        histogram="month",
    )


@pytest.mark.parametrize("name", FILTERS)
def test_every_field_of_the_table_is_a_filter_and_a_facet(name: str) -> None:
    found = query((name, "a"), (name, "b"), ("facet", name))
    assert (found.filters, found.facets) == ({name: ("a", "b")}, (name,))


def test_a_filter_is_found_in_whatever_unicode_form_it_is_typed() -> None:
    assert query(("province", normalize("NFD", "Bạc Liêu"))).filters == {"province": ("Bạc Liêu",)}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("colour", "red", "unknown_parameter"),
        ("province_today", "Cà Mau", "unknown_parameter"),
        ("", "", "unknown_parameter"),
        ("q", "x" * 2_001, "query_too_long"),
        ("sort", "views", "unknown_sort"),
        ("sort", "", "unknown_sort"),
        ("facet", "body", "unknown_facet"),
        ("facet", "province_today", "unknown_facet"),
        ("places", "tomorrow", "unknown_places"),
        ("published_from", "14/02/2017", "invalid_date"),
        ("published_from", "2017-02-30", "invalid_date"),
        ("published_from", "20170214", "invalid_date"),
        ("published_to", "2017-W07-2", "invalid_date"),
        ("published_to", "2017-02-14T00:00:00Z", "invalid_date"),
        ("published_to", "0000-01-01", "invalid_date"),
        ("published_to", "", "invalid_date"),
        ("published_to", "２０１７-02-14", "invalid_date"),
        ("size", "101", "invalid_size"),
        ("size", "-1", "invalid_size"),
        ("size", "ten", "invalid_size"),
        ("size", "1e2", "invalid_size"),
        ("size", "9" * 5_000, "invalid_size"),
        ("size", "", "invalid_size"),
        ("facet_size", "0", "invalid_facet_size"),
        ("facet_size", "1001", "invalid_facet_size"),
        ("cursor", "", "invalid_cursor"),
        ("collapse", "maybe", "invalid_collapse"),
        ("histogram", "week", "unknown_interval"),
        ("fields", "body", "unknown_field"),
        ("fields", "title,", "unknown_field"),
        ("fields", "", "unknown_field"),
        ("province", "", "empty_filter"),
    ],
)
def test_what_is_amiss_is_named(name: str, text: str, code: str) -> None:
    found = problem((name, text))
    assert found.code == code
    assert name in found.detail
    assert len(found.detail) < 400


@pytest.mark.parametrize("name", ["q", "size", "sort", "places", "cursor", "published_from"])
def test_a_single_parameter_given_twice_is_refused(name: str) -> None:
    value = {"size": "1", "sort": "newest", "places": "today", "published_from": "2020-01-01"}.get(name, "x")
    assert problem((name, value), (name, value)).code == "repeated_parameter"


def test_a_range_the_wrong_way_round_is_refused() -> None:
    assert problem(("published_from", "2017-02-02"), ("published_to", "2017-02-01")).code == "invalid_date_range"


def test_today_knows_no_districts() -> None:
    assert problem(("places", "today"), ("district", "Hậu Giang > Vị Thủy")).code == "district_abolished"
    assert problem(("facet", "district"), ("places", "today")).code == "district_abolished"
    assert query(("places", "today")).facets == tuple(name for name in DEFAULT_FACETS if name != "district")
    assert "district" in query(("places", "published")).facets


@given(st.text(max_size=2_000))
def test_any_words_up_to_the_limit_are_taken_as_they_are(text: str) -> None:
    assert query(("q", text)).text == text


@given(st.lists(st.tuples(st.sampled_from([parameter.name for parameter in SEARCH]), st.text(max_size=12)), max_size=4))
def test_any_text_in_any_parameter_is_a_query_or_a_problem(pairs: list[tuple[str, str]]) -> None:
    try:
        assert query(*pairs)
    except Problem as error:
        assert error.status == 422
