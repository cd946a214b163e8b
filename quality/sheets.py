"""Tables of figures: shown in a terminal, and written into a page of docs/ between two marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rich.table import Table

END: Final = "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its heading, its columns, its cells."""

    heading: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def begin(command: str) -> str:
    """Return the mark before the tables that a command writes."""
    return f"<!-- figures: written by `{command}` -->"


def terminal_table(sheet: Sheet) -> Table:
    """Return a table for a terminal."""
    table = Table(title=sheet.heading, title_justify="left")
    for number, column in enumerate(sheet.columns):
        table.add_column(column, justify="left" if number == 0 else "right", overflow="fold")
    for cells in sheet.cells:
        table.add_row(*cells)
    return table


def markdown(sheet: Sheet) -> str:
    """Return a table in Markdown, its heading in bold above it."""
    rule = ["---"] + ["---:"] * (len(sheet.columns) - 1)
    lines = [" | ".join(cells) for cells in (sheet.columns, rule, *sheet.cells)]
    return f"**{sheet.heading}**\n\n" + "\n".join(f"| {line} |" for line in lines) + "\n"


def with_sheets(page: str, command: str, sheets: Iterable[Sheet]) -> str:
    """Return the page with the tables between a command's mark and the next END; ValueError where it has none."""
    mark = begin(command)
    before, found, rest = page.partition(mark)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"The page has no place for tables: put {mark} and {END} on lines of their own.")
    return f"{before}{mark}\n\n" + "\n".join(map(markdown, sheets)) + f"\n{END}{after}"
