"""A day that is typed is one in Vietnam, and a time without its offset is none."""

import pytest

from bantin.local_time import read_moment


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    assert read_moment("2026-01-31").isoformat() == "2026-01-31T00:00:00+07:00"
    assert read_moment("2026-01-31", days=1).isoformat() == "2026-02-01T00:00:00+07:00"


def test_a_time_keeps_its_offset() -> None:
    assert read_moment("2026-01-31T12:00:00Z").isoformat() == "2026-01-31T12:00:00+00:00"


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "2026-01-31T12:00"])
def test_anything_else_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_moment(text)
