"""PDF to HTML: PDFium reads the characters with their places, `pdf_lines` and `pdf_blocks` make paragraphs of them."""

from collections.abc import Generator
from contextlib import contextmanager
from html import escape
from itertools import islice
from typing import Any, cast

import pypdfium2 as pdfium  # pyright: ignore[reportMissingTypeStubs]
from pypdfium2 import raw  # pyright: ignore[reportMissingTypeStubs]

from bantin_extract.formats.parsed import Parsed
from bantin_extract.formats.pdf_blocks import Block, blocks_of
from bantin_extract.formats.pdf_lines import Character, TextLine, lines_of
from bantin_extract.rejection import RejectedError

MAX_PAGES = 1_000
MAX_CHARACTERS = 5_000_000
_ENOUGH_LETTERS = 20
"""Fewer letters in the whole document are a stamp or a page number on pictures of pages, no text."""

_FEW_CHARACTERS = 200
"""A page with fewer, under a picture of it all, is a scan with a stamp, a page number or a signature upon it."""

_MOST = 0.6
_MOST_PICTURES = 100


def read_pdf(content: bytes) -> Parsed:
    """Return the document's HTML; raise RejectedError (`encrypted`, `undecodable`, `too_large`, `no_text`)."""
    pages: list[list[TextLine]] = []
    scanned = True
    room = MAX_CHARACTERS
    with _opened(content) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise RejectedError("too_large", f"The PDF has more than {MAX_PAGES:,} pages.")
        for index in range(count):
            characters, pictured = _characters(document, index, room)
            room -= len(characters)
            scanned = scanned and pictured
            pages.append(lines_of(characters))
    letters = sum(char.isalpha() for page in pages for line in page for char in line.text)
    if letters < _ENOUGH_LETTERS or scanned:
        raise RejectedError(
            "no_text", "The PDF holds pictures of pages and no text: it is a scan. Send it with a text layer (OCR)."
        )
    return Parsed("\n".join(map(_html, blocks_of(pages))), "html", "pdf")


@contextmanager
def _opened(content: bytes) -> Generator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise RejectedError("encrypted", "The PDF is encrypted; send it without its password.") from error
        raise RejectedError("undecodable", f"The PDF is broken ({error}).") from error
    try:
        yield document
    finally:
        document.close()


def _characters(document: pdfium.PdfDocument, index: int, room: int) -> tuple[list[Character], bool]:
    """Return a page's characters in the order of its content, and whether it is a picture with few of them.

    A page that can't be read has none.
    """
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return [], False
    try:
        text = page.get_textpage()
        try:
            count = text.count_chars()
            if count > room:
                raise RejectedError("too_large", f"The PDF holds more than {MAX_CHARACTERS:,} characters.")
            return [_character(text.raw, at) for at in range(count)], count < _FEW_CHARACTERS and _is_picture(page)
        finally:
            text.close()
    finally:
        page.close()


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Return whether one picture covers most of the page."""
    pictures = cast(Any, page).get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    try:
        covered = max((_area(*picture.get_bounds()) for picture in islice(pictures, _MOST_PICTURES)), default=0.0)
    except pdfium.PdfiumError:
        return False
    return covered > _MOST * _area(0, 0, *page.get_size())


def _area(left: float, bottom: float, right: float, top: float) -> float:
    return (right - left) * (top - bottom)


def _character(text: Any, at: int) -> Character:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, at, box)  # as wide as the character's step, as high as its font
    return Character(
        chr(raw.FPDFText_GetUnicode(text, at)),
        box.left,
        box.right,
        box.bottom,
        box.top,
        raw.FPDFText_GetFontSize(text, at),
        made=bool(raw.FPDFText_IsGenerated(text, at)),
    )


def _html(block: Block) -> str:
    tag = f"h{block.heading}" if block.heading else "p"
    return f"<{tag}>{escape(block.text, quote=False)}</{tag}>"
