"""Tells tables of data from tables that only lay out a page, and marks them for rendering: a line a row."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

MARK = "data-rows"
"""The attribute that a table of data gets."""

_MOST = 0.6
_LONG_CELL = 1_000
_MAX_LINKED = 0.5
_PLAIN_TABLES = "table:not(:has(table, img, form, input, iframe, h1, h2))"
_MAX_TABLES = 2_000


def mark_data_tables(tree: LexborHTMLParser) -> None:
    """Mark the tables that hold data: rows of at least two cells with text, no table, picture or form inside."""
    for table in tree.css(_PLAIN_TABLES)[:_MAX_TABLES]:
        if _is_data(table):
            table.attrs[MARK] = "1"  # pyright: ignore[reportIndexIssue]


def _is_data(table: LexborNode) -> bool:
    rows = [[cell.text().strip() for cell in row.css("td, th")] for row in table.css("tr")]
    rows = [[cell for cell in row if cell] for row in rows]
    filled = [row for row in rows if row]
    several = sum(len(row) >= 2 for row in filled)
    if several < 2 or several < _MOST * len(filled):
        return False
    sizes = [len(cell) for row in filled for cell in row]
    if max(sizes) > _LONG_CELL and max(sizes) > _MOST * sum(sizes):
        return False
    linked = sum(len(link.text().strip()) for link in table.css("a"))
    return linked < _MAX_LINKED * sum(sizes)
