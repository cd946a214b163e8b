"""The provinces until 30 June 2025, and what each has been called since the merger of 1 July 2025."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Province(NamedTuple):
    """A province as named until 30 June 2025, and the province that its land is in today; `type`: Tỉnh, Thành phố."""

    name: str
    type: str
    today: str
    today_type: str


@cache
def provinces() -> tuple[Province, ...]:
    """Return the 63 provinces of before the merger."""
    lines = files("bantin.vietnamese").joinpath("data/provinces.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(Province(row["name"], row["type"], row["today"], row["today_type"]) for row in rows)
