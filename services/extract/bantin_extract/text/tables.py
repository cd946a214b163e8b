"""Loads the tables in `data/`: the knowledge that a non-programmer can extend."""

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("bantin_extract") / "data"


@cache
def toml(name: str) -> dict[str, Any]:
    """Return a TOML table of the data folder, by its name without suffix."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV table of the data folder; lines that begin with `#` are comments."""
    lines = (_DATA / f"{name}.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def listed(table: str, key: str) -> tuple[str, ...]:
    """Return a list of phrases, written as a TOML array or as lines of `|`-separated phrases."""
    return listed_in(toml(table)[key])


def listed_in(value: str | list[str]) -> tuple[str, ...]:
    """Return the phrases of a TOML array, or of lines of `|`-separated phrases, each once."""
    if isinstance(value, str):
        value = [phrase.strip() for line in value.splitlines() for phrase in line.split("|")]
    return tuple(dict.fromkeys(phrase for phrase in value if phrase))
