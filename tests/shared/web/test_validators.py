"""Proves that an answer held already is recognised, in every form that RFC 9110 allows, and no other."""

import pytest

from bantin.web.validators import entity_tag, is_held

TAG = entity_tag(b"answer")


def test_a_tag_is_quoted_and_depends_on_the_bytes_only() -> None:
    assert entity_tag(b"answer") == TAG
    assert entity_tag(b"answer.") != TAG
    assert TAG.startswith('W/"')
    assert TAG.endswith('"')


@pytest.mark.parametrize("header", [TAG, TAG[2:], f'"other", {TAG}', f'W/"x",{TAG} ', "*", " * "])
def test_a_held_answer_is_recognised(header: str) -> None:
    assert is_held(TAG, header)


@pytest.mark.parametrize("header", [None, "", '"other"', TAG[2:].strip('"'), f'"{TAG[3:-2]}"'])
def test_another_answer_is_not(header: str | None) -> None:
    assert not is_held(TAG, header)
