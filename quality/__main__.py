"""Measures how well articles are read, prints the tables, and writes the figures into docs/.

python -m quality            the tables
python -m quality --errors   and every value that was missed or made up, page by page
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from quality.gold import PORTALS, SEEDS
from quality.measuring import Figures, as_numbers, measure
from quality.scoring import PageScore
from quality.sheets import terminal_table, with_sheets
from quality.tables import sheets

DOCS = Path(__file__).parents[1] / "docs"
_GOOD_BODY = 0.985


def main() -> None:
    """Run the measurement, where the labelled pages are."""
    arguments = ArgumentParser(prog="python -m quality", description="Measure how well articles are read.")
    arguments.add_argument("--errors", action="store_true", help="list the errors of every page")
    wanted = arguments.parse_args()
    if absent := [path for path in (PORTALS, SEEDS) if not path.is_dir()]:
        print(f"Nothing measured: the labelled pages are not here ({', '.join(path.name for path in absent)}).")
        return
    figures = measure()
    console = Console(width=None if sys.stdout.isatty() else 160)
    for sheet in sheets(figures):
        console.print(terminal_table(sheet))
    if wanted.errors:
        console.print("\n".join(error_lines(figures.errors)), markup=False, highlight=False)
    _write(figures)


def error_lines(scores: tuple[PageScore, ...]) -> Iterator[str]:
    """Yield the errors of each page that has any, in the comparable form of the values."""
    for score in scores:
        lines = [
            f"  {name}: missed {list(matched.missed)}, made up {list(matched.spurious)}"
            for name, matched in score.fields.items()
            if matched.missed or matched.spurious
        ]
        if score.body < _GOOD_BODY:
            lines.append(f"  body: {score.body:.3f}")
        if not score.title:
            lines.append("  title")
        if lines:
            yield "\n".join((score.page, *lines))


def _write(figures: Figures) -> None:
    page = DOCS / "extraction.md"
    page.write_text(with_sheets(page.read_text("utf-8"), "make quality", sheets(figures)), "utf-8")
    rows = {name: [json.dumps(row) for row in rows] for name, rows in as_numbers(figures).items()}
    sections = [f'  "{name}": [\n    ' + ",\n    ".join(lines) + "\n  ]" for name, lines in rows.items()]
    (DOCS / "quality.json").write_text("{\n" + ",\n".join(sections) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
