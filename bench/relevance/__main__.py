"""Measures how well searches rank, prints the tables, and writes them into docs/relevance.md.

python -m bench.relevance                 every query
python -m bench.relevance --queries 100   so many of each collection, for a quick look

Elasticsearch is the one that BANTIN_TEST_ELASTICSEARCH names, else one started for the purpose, with a JDK and Maven;
where there is none, the embedded engine is measured alone and the page stays as it is.
"""

import asyncio
import sys
from argparse import ArgumentParser
from pathlib import Path

from rich.console import Console

from bench.elasticsearch_node import elasticsearch_node
from bench.relevance.collections import NEWS, XQUAD
from bench.relevance.measuring import Figures, measure
from bench.relevance.tables import sheets
from quality.sheets import terminal_table, with_sheets

PAGE = Path(__file__).parents[2] / "docs" / "relevance.md"


def main() -> None:
    """Run the measurement, where the collections are."""
    if absent := [path.name for path in (XQUAD, NEWS) if not path.exists()]:
        print(f"Nothing measured: the collections are not here ({', '.join(absent)}).")
        return
    arguments = ArgumentParser(prog="python -m bench.relevance", description="Measure how well searches rank.")
    arguments.add_argument("--queries", type=int, default=10_000, help="the most queries asked of each collection")
    most: int = arguments.parse_args().queries
    console = Console(width=None if sys.stdout.isatty() else 160)
    with elasticsearch_node() as url:
        figures = asyncio.run(measure(url, most, console.print))
    if url:
        PAGE.write_text(with_sheets(PAGE.read_text("utf-8"), "make relevance", sheets(figures)), "utf-8")
    _show(console, figures)


def _show(console: Console, figures: Figures) -> None:
    for sheet in sheets(figures):
        console.print(terminal_table(sheet))


if __name__ == "__main__":
    main()
