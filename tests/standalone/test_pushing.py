"""What a terminal shows of receipts is what was written, whatever a file is called."""

import io

import pytest
from rich.console import Console

from bantin_standalone import presenting
from bantin_standalone.pushing import summary

NAMES = ["[red]tin[/red].html", "[/]", "[link=https://a.example]tin[/link]", ":smile: [bold", "Dân vận khéo.html"]


def shown(what: object) -> str:
    console = Console(file=io.StringIO(), width=300, color_system=None)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_names_and_reasons_are_no_markup(name: str) -> None:
    reason = {"code": "undecodable", "detail": f"The member {name} is broken."}
    receipt = {"name": name, "bytes": 5, "status": "rejected", "reason": reason, "receipt_id": "r1"}
    text = shown(summary([receipt]))
    assert text.count(name) == 2
    assert "rejected" in text


@pytest.mark.parametrize("name", NAMES)
def test_values_of_facets_are_no_markup(name: str) -> None:
    facets = {"person": [{"value": name, "count": 3, "selected": False}]}
    assert f"{name} (3)" in shown(presenting.results({"total": 0, "took_ms": 1, "hits": [], "facets": facets}))
