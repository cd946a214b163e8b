"""Articles as a CSV table (RFC 4180) that spreadsheets open with accents, and in which no cell is a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from bantin.events import Article, Document, Person
from bantin.search.fields import document_label
from bantin_api.answers import in_vietnam

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own encoding."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXT_MARK: Final = "'"
"""Before a cell, it tells a spreadsheet to take what follows as text."""

LONGEST_CELL: Final = 32_767
"""Characters that a cell of Excel holds; what is longer it would spread over other rows."""

_CUT: Final = "…"
_BETWEEN: Final = "; "

_COLUMNS: Final[Mapping[str, Callable[[Article], str]]] = {
    "article_id": lambda article: article.article_id,
    "title": lambda article: article.title,
    "published_at": lambda article: in_vietnam(article.published_at) or "",
    "province": lambda article: article.province or "",
    "province_today": lambda article: article.province_today or "",
    "districts": lambda article: _BETWEEN.join(article.districts),
    "section": lambda article: article.section or "",
    "source": lambda article: article.source or "",
    "source_url": lambda article: article.source_url or "",
    "authors": lambda article: _BETWEEN.join(article.authors),
    "people": lambda article: _BETWEEN.join(map(_person, article.people)),
    "organisations": lambda article: _BETWEEN.join(article.organisations),
    "documents": lambda article: _BETWEEN.join(map(_document, article.documents)),
    "campaigns": lambda article: _BETWEEN.join(article.campaigns),
    "event_dates": lambda article: _BETWEEN.join(day.isoformat() for day in article.event_dates),
    "views": lambda article: "" if article.views is None else str(article.views),
    "language": lambda article: article.language,
    "captured_at": lambda article: in_vietnam(article.captured_at) or "",
    "body": lambda article: article.body,
}


def table_beginning() -> bytes:
    """Return what the file begins with: the byte order mark and the names of the columns."""
    return (_BYTE_ORDER_MARK + _csv([list(_COLUMNS)])).encode()


def table_rows(articles: Sequence[Article]) -> bytes:
    """Return a record for each article; several values of one cell have a semicolon between them."""
    return _csv([safe_cell(read(article)) for read in _COLUMNS.values()] for article in articles).encode()


def safe_cell(text: str) -> str:
    """Return the text such that no spreadsheet takes it for a formula, cut short where a cell can't hold it."""
    marked = _TEXT_MARK + text if text.startswith(_FORMULA_STARTS) else text
    return marked if len(marked) <= LONGEST_CELL else marked[: LONGEST_CELL - len(_CUT)] + _CUT


def _csv(rows: Iterable[Sequence[str]]) -> str:
    table = io.StringIO(newline="")
    csv.writer(table, lineterminator="\r\n").writerows(rows)
    return table.getvalue()


def _person(person: Person) -> str:
    return f"{person.name} ({', '.join(person.roles)})" if person.roles else person.name


def _document(document: Document) -> str:
    return f"{document_label(document)} ({document.title})" if document.title else document_label(document)
