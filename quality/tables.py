"""The tables of a measurement, for a terminal and for docs/extraction.md."""

from collections.abc import Sequence
from typing import Final

from quality.annotations import FIELDS
from quality.measures import Tally
from quality.measuring import ALL, OURS, Figures, Row, row_figures
from quality.sheets import Sheet

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


def sheets(figures: Figures) -> list[Sheet]:
    """Return the tables of a measurement."""
    return [
        _pages("Two portals, pages as saved", figures.portals),
        _pages("Two portals, each without the chrome phrases that only it shows", figures.ablated),
        _pages("The same articles in invented portals", figures.invented),
        _pages("Pages held out, and seed pages", (*figures.held_out, *figures.seeds)),
        _fields("Fields, precision / recall / F1", (*figures.portals, *figures.held_out, *figures.seeds)),
    ]


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
