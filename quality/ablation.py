"""Cross-site readings for the chrome vocabulary: each portal read without the phrases that only its own pages show.

What was written into the table with a portal in sight cannot be told from what anybody would have written; so every
phrase is taken out that stands in the portal's chrome and nowhere in the other portal's. That is the table as it would
be had only the other portal been seen, or less: general phrases that only this portal shows go too.

The table is compiled when the extractor is imported, so a portal is read in a process of its own that takes the
phrases out first: `python -m quality.ablation PORTAL` prints what it reads as JSON.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from bantin_extract.text.letters import words
from bantin_extract.text.tables import listed_in, toml
from quality.annotations import read_annotations
from quality.gold import GoldPage, listings, portal_pages

TABLE: Final = "chrome"
_TYPES: Final = {"text": "text/plain", "html": "text/html"}


@dataclass(frozen=True, slots=True)
class Ablation:
    """What was read of a portal without `removed` phrases; a reading's fields by the form and name of its page."""

    portal: str
    removed: int
    readings: Mapping[tuple[str, str], Mapping[str, Any]]


def ablations(portals: Iterable[str]) -> list[Ablation]:
    """Return what is read of each portal without its own phrases; each in a process of its own."""
    commands = {portal: [sys.executable, "-m", "quality.ablation", portal] for portal in portals}
    started = {portal: subprocess.Popen(command, stdout=subprocess.PIPE) for portal, command in commands.items()}  # noqa: S603
    printed = {portal: process.communicate()[0] for portal, process in started.items()}
    if failed := [portal for portal, process in started.items() if process.returncode]:
        raise RuntimeError(f"Not read without its own phrases, for the reason above: {', '.join(failed)}.")
    return [_ablation(portal, json.loads(text)) for portal, text in printed.items()]


def own_phrases(table: Mapping[str, Any], chrome: Iterable[str], elsewhere: Iterable[str]) -> dict[str, set[str]]:
    """Return, by the table's keys, the phrases that stand in the chrome lines and in none of those elsewhere.

    A phrase without words, such as a lone sign, is nobody's own.
    """
    here, there = _spaced(chrome), _spaced(elsewhere)
    return {
        key: {
            phrase for phrase in listed_in(value) if (said := _spaced([phrase])) and said in here and said not in there
        }
        for key, value in table.items()
    }


def _ablation(portal: str, printed: Mapping[str, Any]) -> Ablation:
    readings = {(form, page): fields for form, page, fields in printed["readings"]}
    return Ablation(portal, printed["removed"], readings)


def _spaced(lines: Iterable[str]) -> str:
    """Return the words of each line with a space around each; lines are kept apart by a sign that is no word."""
    return "|".join(f" {' '.join(said)} " for line in lines if (said := words(line)))


def _chrome_lines(pages: Iterable[GoldPage], empty: Iterable[GoldPage]) -> list[str]:
    listed = (line for page in empty for line in page.forms["text"].decode().splitlines())
    return [*(line for page in pages for line in page.chrome), *listed]


def _take_out(removed: Mapping[str, set[str]]) -> None:
    if "bantin_extract.lines.line_kinds" in sys.modules:
        raise RuntimeError("The table is already compiled: take phrases out before the extractor is imported.")
    table = toml(TABLE)
    table.update({key: [one for one in listed_in(table[key]) if one not in gone] for key, gone in removed.items()})


def main(portal: str) -> None:
    """Print the readings of one portal without its own phrases."""
    pages, empty = portal_pages(read_annotations()), listings()
    mine, bare = ([page for page in some if page.source == portal] for some in (pages, empty))
    others, other_bare = ([page for page in some if page.source != portal] for some in (pages, empty))
    removed = own_phrases(toml(TABLE), _chrome_lines(mine, bare), _chrome_lines(others, other_bare))
    _take_out(removed)
    read = import_module("quality.readers").ours
    readings = [
        (form, page.name, read(page.forms[form], kind)) for page in (*mine, *bare) for form, kind in _TYPES.items()
    ]
    shown = ("title", "body", "published", "rejected")
    rows = [(form, page, {name: getattr(reading, name) for name in shown}) for form, page, reading in readings]
    print(json.dumps({"removed": len(set[str]().union(*removed.values())), "readings": rows}))


if __name__ == "__main__":
    main(sys.argv[1])
