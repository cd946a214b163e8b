"""From a received file to a page: decode, then render what it turns out to be."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from bantin.events import ArticleReceived
from bantin_extract.dates import parse_iso
from bantin_extract.decode import clean, decode, published_fields
from bantin_extract.formats.documents import read_document
from bantin_extract.formats.parsed import Parsed
from bantin_extract.metadata import read_hints
from bantin_extract.nesting import require_sane_nesting
from bantin_extract.page import Hints, Page
from bantin_extract.rejection import RejectedError
from bantin_extract.render import render_text, render_tree
from bantin_extract.repair import repaired, with_letters


def read_page(event: ArticleReceived) -> Page:
    """Return the file's page; raise RejectedError where it is no text, HTML, document or pushed article."""
    if document := read_document(event.content, event.content_type):
        return _document_page(document)
    decoded = decode(event.content, event.content_type)
    if decoded.form == "json":
        return _pushed_page(published_fields(decoded.text))
    if decoded.form == "html":
        require_sane_nesting(decoded.text)
        tree = LexborHTMLParser(decoded.text)
        page = render_tree(tree, decoded.encoding, read_hints(tree))
    else:
        page = render_text(decoded.text, decoded.encoding)
    if not page.lines:
        raise RejectedError("empty", "The page has no visible text.")
    return page


def _document_page(document: Parsed) -> Page:
    text, hidden = repaired(document.text)
    encoding = f"{document.format} in {hidden}" if hidden else document.format
    if document.form == "html":
        require_sane_nesting(text)
        tree = LexborHTMLParser(clean(text))
        hints = read_hints(tree)
        page = render_tree(tree, encoding, replace(hints, title=hints.title or document.title))
    else:
        page = render_text(clean(text), encoding, Hints(title=document.title))
    if not page.lines:
        raise RejectedError("no_text", "The document holds no text; send one with a text layer, not only pictures.")
    return page


def _pushed_page(fields: dict[str, str]) -> Page:
    hints = Hints(
        submitted_title=" ".join(clean(repaired(fields.get("title", ""))[0]).split()) or None,
        submitted_at=parse_iso(fields.get("published_at")),
    )
    html = fields.get("html")
    text, hidden = repaired(with_letters(html) if html else fields.get("text", ""))
    if html:
        require_sane_nesting(text)
        page = render_tree(LexborHTMLParser(clean(text)), hidden or "utf-8", hints, pushed=True)
    else:
        page = render_text(clean(text), hidden or "utf-8", hints, pushed=True)
    if not page.lines:
        raise RejectedError("empty", "The pushed article has no text.")
    return page
