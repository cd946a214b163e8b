"""Counts the hostile inputs that are tried and those that end well: `python -m tests.hostile [--write]`.

What is tried is what the table under "Hostile input" of docs/reliability.md names: a test is an input, or a few of one
kind. `--write` writes the counts into that page.
"""

import re
import resource
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from rich.console import Console

from quality.sheets import Sheet, begin, terminal_table, with_sheets

COMMAND: Final = "python -m tests.hostile --write"
PAGE: Final = Path(__file__).parents[1] / "docs" / "reliability.md"
_SECTION: Final = "## Hostile input"
_TEST: Final = re.compile(r"`(tests/[\w/]+\.py)`")


class Outcomes:
    """How often the tests of each file passed, failed or were skipped; a plugin of pytest."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test ended: one that fails before or after it is called counts as failed."""
        if report.when == "call" or not report.passed:
            file = report.nodeid.partition("::")[0]
            self.counts.setdefault(file, Counter())[report.outcome] += 1


def hostile_tests(page: str) -> list[str]:
    """Return the test files that the page's table of hostile input names, each once, in order."""
    table = page.partition(_SECTION)[2].partition(begin(COMMAND))[0]
    return sorted(set(_TEST.findall(table)))


def sheet(counts: dict[str, Counter[str]], megabytes: int) -> Sheet:
    """Return the counts of each file and of all, and the largest memory that one process took."""
    rows = {**counts, "all": sum(counts.values(), Counter[str]())}
    cells = tuple(
        (file, f"{count.total() - count['skipped']:,}", f"{count['passed']:,}") for file, count in rows.items()
    )
    heading = f"hostile inputs; largest memory of a process, with the tests themselves: {megabytes:,} MiB"
    return Sheet(heading, ("tests", "tried", "passed"), cells)


def largest_memory() -> int:
    """Return the largest resident memory of this process or of one that it has waited for, in MiB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests and show the counts; return pytest's exit status."""
    parser = ArgumentParser(prog="python -m tests.hostile", description="Count hostile inputs that end well.")
    parser.add_argument("--write", action="store_true", help="write the counts into docs/reliability.md")
    page = PAGE.read_text("utf-8")
    wanted = parser.parse_args(arguments)
    outcomes = Outcomes()
    status = pytest.main(["-q", *hostile_tests(page)], plugins=[outcomes])
    found = sheet(outcomes.counts, largest_memory())
    Console(width=None if sys.stdout.isatty() else 120).print(terminal_table(found))
    if wanted.write:
        PAGE.write_text(with_sheets(page, COMMAND, [found]), "utf-8")
    return status


if __name__ == "__main__":
    raise SystemExit(main())
