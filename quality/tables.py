"""The tables of a measurement, as data: shown in a terminal, and written into docs/extraction.md between two marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.table import Table

from quality.annotations import FIELDS
from quality.measures import Tally
from quality.measuring import ALL, OURS, Figures, Row, row_figures

BEGIN: Final = "<!-- figures: written by `make quality` -->"
END: Final = "<!-- end of figures -->"
_FORMS: Final = {"text": "pasted text", "html": "HTML"}
_COLUMNS: Final = {
    "body_f1": "body F1",
    "leakage": "leakage",
    "title": "title",
    "date_precision": "date P",
    "date_recall": "date R",
    "no_date": "no date",
    "listings_rejected": "listings rejected",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its heading, its columns, its cells."""

    heading: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def sheets(figures: Figures) -> list[Sheet]:
    """Return the tables of a measurement."""
    return [
        _pages("Two portals, pages as saved", figures.portals),
        _pages("Two portals, each without the chrome phrases that only it shows", figures.ablated),
        _pages("The same articles in invented portals", figures.invented),
        _pages("Pages held out, and seed pages", (*figures.held_out, *figures.seeds)),
        _fields("Fields, precision / recall / F1", (*figures.portals, *figures.held_out, *figures.seeds)),
    ]


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


def with_figures(page: str, figures: Figures) -> str:
    """Return the page with the tables between the two marks; ValueError where it has none."""
    if BEGIN not in page or END not in page:
        raise ValueError(f"The page has no place for tables: put {BEGIN} and {END} on lines of their own.")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n\n" + "\n".join(markdown(sheet) for sheet in sheets(figures)) + f"\n{END}{after}"


def _pages(heading: str, rows: Sequence[Row]) -> Sheet:
    shown = [(row, row_figures(row)) for row in rows]
    names = [name for name in _COLUMNS if any(numbers[name] is not None for _, numbers in shown)]
    cells = tuple(
        (row.source, row.reader, _FORMS[row.form], str(numbers["pages"]), *(_share(numbers[name]) for name in names))
        for row, numbers in shown
    )
    return Sheet(heading, ("source", "reader", "form", "pages", *(_COLUMNS[name] for name in names)), cells)


def _fields(heading: str, rows: Sequence[Row]) -> Sheet:
    """Return a column for each source in text, and one for all sources in HTML."""
    shown = [row for row in rows if row.reader == OURS and (row.form == "text" or row.source == ALL)]
    names = [name for name in (*FIELDS, "captions") if any(name in row.summary.fields for row in shown)]
    cells = tuple((name, *(_triple(row.summary.fields.get(name)) for row in shown)) for name in names)
    return Sheet(heading, ("field", *(f"{row.source}, {_FORMS[row.form]}" for row in shown)), cells)


def _share(value: float | int | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _triple(tally: Tally | None) -> str:
    if tally is None or not (tally.gold or tally.found):
        return ""
    return f"{tally.precision:.2f} / {tally.recall:.2f} / {tally.f1:.3f}"
