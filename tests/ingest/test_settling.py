"""A dropped file is ready when it has stopped changing; unfinished, hidden and filed ones never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin_ingest.inbox.settling import Settling, Sighting, is_candidate

A = Sighting("a.html", 10, 1)


def test_a_file_is_ready_once_it_has_been_the_same_for_long_enough() -> None:
    settling = Settling(1.0)
    assert settling.observe([A], 100.0) == []
    assert settling.waiting
    assert settling.observe([A], 100.9) == []
    assert settling.observe([A], 101.0) == [A]


@pytest.mark.parametrize("changed", [Sighting("a.html", 11, 1), Sighting("a.html", 10, 2)])
def test_a_change_begins_the_wait_anew(changed: Sighting) -> None:
    settling = Settling(1.0)
    settling.observe([A], 100.0)
    assert settling.observe([changed], 101.0) == []
    assert settling.observe([changed], 102.0) == [changed]


def test_a_file_that_went_away_is_forgotten() -> None:
    settling = Settling(1.0)
    settling.observe([A], 100.0)
    settling.observe([], 100.5)
    assert not settling.waiting
    assert settling.observe([A], 101.0) == []


def test_an_empty_file_is_given_longer() -> None:
    settling = Settling(1.0)
    empty = Sighting("a.html", 0, 1)
    settling.observe([empty], 100.0)
    assert settling.observe([empty], 102.0) == []
    assert settling.observe([empty], 103.0) == [empty]


LOOKS = st.lists(st.lists(st.builds(Sighting, st.sampled_from("abc"), st.integers(1, 2), st.just(1)), max_size=3))


@given(LOOKS)
def test_whatever_is_ready_was_there_unchanged_in_the_look_before(looks: list[list[Sighting]]) -> None:
    settling = Settling(1.0)
    before: set[Sighting] = set()
    for second, seen in enumerate(looks):
        look = list({sighting.path: sighting for sighting in seen}.values())
        assert set(settling.observe(look, float(second))) <= before & set(look)
        before = set(look)


@pytest.mark.parametrize(
    ("name", "top", "taken"),
    [
        ("tin.html", True, True),
        ("done", True, False),
        ("failed", True, False),
        ("done", False, True),
        ("Done", True, True),
        (".hidden", True, False),
        (".git", False, False),
        ("~$bao-cao.docx", False, False),
        ("tin.html.part", True, False),
        ("tin.CRDOWNLOAD", True, False),
        ("tin.tmp", False, False),
        ("tmp", True, True),
    ],
)
def test_which_names_are_looked_at(name: str, top: bool, taken: bool) -> None:
    assert is_candidate(name, top=top) is taken
