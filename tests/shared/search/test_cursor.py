"""A cursor carries its position back, to its own query alone."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bantin.search.cursor import decode_cursor, encode_cursor
from bantin.search.query import InvalidCursorError, Query

SHAPE = TypeAdapter(tuple[int, str])
QUERY = Query(text="dân vận", filters={"province": ("Bắc Kạn", "Bạc Liêu"), "section": ()})


@given(st.integers(), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_position_comes_back(rank: int, article_id: str):
    cursor = encode_cursor(QUERY, (rank, article_id))
    assert decode_cursor(QUERY.model_copy(update={"cursor": cursor}), SHAPE) == (rank, article_id)


def test_pages_of_another_size_and_other_facets_belong_to_the_same_query():
    cursor = encode_cursor(QUERY, (1, "a"))
    same = Query(
        text="dân vận",
        filters={"province": ("Bạc Liêu", "Bắc Kạn")},
        sort="relevance",
        size=50,
        facets=(),
        cursor=cursor,
    )
    assert decode_cursor(same, SHAPE) == (1, "a")


@pytest.mark.parametrize("change", [{"text": "x"}, {"filters": {}}, {"sort": "newest"}, {"places": "today"}])
def test_a_cursor_of_another_query_is_refused(change: dict[str, object]):
    cursor = encode_cursor(QUERY, (1, "a"))
    with pytest.raises(InvalidCursorError, match="another query"):
        decode_cursor(QUERY.model_copy(update={"cursor": cursor, **change}), SHAPE)


@given(st.one_of(st.text(), st.binary().map(lambda noise: base64.urlsafe_b64encode(noise).decode())))
def test_noise_is_refused(noise: str):
    with pytest.raises(InvalidCursorError):
        decode_cursor(QUERY.model_copy(update={"cursor": noise}), SHAPE)


def test_a_position_of_another_shape_is_refused():
    cursor = encode_cursor(QUERY, ["not a number", "a"])
    with pytest.raises(InvalidCursorError, match="damaged"):
        decode_cursor(QUERY.model_copy(update={"cursor": cursor}), SHAPE)
