"""Runs rounds of faults against each shape and prints what was injected, what was accepted and what became of it."""

import sys
from argparse import ArgumentParser
from pathlib import Path

import anyio
from rich.console import Console

from bantin.telemetry.logs import configure_logs
from chaos.run import SHAPES, run
from chaos.tables import sheets
from quality.sheets import Sheet, terminal_table, with_sheets

COMMAND = "python -m chaos --write"
PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"


def main() -> None:
    """Run, and exit with status 1 where a promise was broken."""
    arguments = ArgumentParser(prog="python -m chaos", description="Break the platform and count what is lost.")
    arguments.add_argument("--shape", choices=(*SHAPES, "both"), default="both")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--minutes", type=float, default=0, help="begin new rounds for so long; 0: one round")
    arguments.add_argument("--write", action="store_true", help="write the tables into docs/reliability.md")
    wanted = arguments.parse_args()
    configure_logs("chaos", "INFO", "auto")
    console = Console(width=None if sys.stdout.isatty() else 120)
    found: list[Sheet] = []
    broken = False
    for shape in SHAPES if wanted.shape == "both" else (wanted.shape,):
        outcome = anyio.run(run, shape, wanted.seed, wanted.minutes * 60)
        found += sheets(outcome)
        console.print(*map(terminal_table, sheets(outcome)), sep="\n")
        console.print(*outcome.verdict.breaches[:50], sep="\n", markup=False, highlight=False)
        broken |= bool(outcome.verdict.breaches)
    if wanted.write:
        PAGE.write_text(with_sheets(PAGE.read_text("utf-8"), COMMAND, found), "utf-8")
    sys.exit(broken)


if __name__ == "__main__":
    main()
