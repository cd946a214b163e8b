"""From a received file to a page: decode, then render what it turns out to be."""

from dataclasses import replace
from html import escape

from selectolax.lexbor import LexborHTMLParser

from bantin.events import ArticleReceived
from bantin_extract.dates.days import parse_iso
from bantin_extract.formats.documents import read_document
from bantin_extract.formats.parsed import Parsed
from bantin_extract.reading.attributes import require_few_attributes
from bantin_extract.reading.decode import clean, decode, published_fields
from bantin_extract.reading.metadata import read_hints
from bantin_extract.reading.nesting import require_sane_nesting
from bantin_extract.reading.page import Hints, Page
from bantin_extract.reading.render import render_text, render_tree
from bantin_extract.reading.repair import repaired, with_letters
from bantin_extract.rejection import RejectedError

_SCARCE = 400
"""A page with less text than that is a frame for a script, if its JSON-LD has more."""


def read_page(event: ArticleReceived) -> Page:
    """Return the file's page; raise RejectedError where it is no text, HTML, document or pushed article."""
    if document := read_document(event.content, event.content_type):
        return _document_page(document)
    decoded = decode(event.content, event.content_type)
    if decoded.form == "json":
        return _pushed_page(published_fields(decoded.text))
    if decoded.form == "html":
        page = _html_page(decoded.text, decoded.encoding)
    else:
        page = render_text(decoded.text, decoded.encoding)
    if not page.lines:
        raise RejectedError("empty", "The page has no visible text.")
    return page


def _html_page(html: str, encoding: str) -> Page:
    """Return the page as rendered; where a script would have filled it, what its JSON-LD says."""
    tree = _parsed(html)
    hints = read_hints(tree)
    page = render_tree(tree, encoding, hints)
    if not hints.body or len(page.original_text) > min(_SCARCE, len(hints.body)):
        return page
    title = f"<h1>{escape(hints.title or '')}</h1>"
    body = hints.body if "</p>" in hints.body else "<br>".join(map(escape, hints.body.split("\n")))
    return render_tree(_parsed(clean(title + body)), encoding, hints)


def _document_page(document: Parsed) -> Page:
    text, hidden = repaired(document.text)
    encoding = f"{document.format} in {hidden}" if hidden else document.format
    title = clean(document.title).strip() or None if document.title else None
    if document.form == "html":
        tree = _parsed(clean(text))
        hints = read_hints(tree)
        page = render_tree(tree, encoding, replace(hints, title=hints.title or title))
    else:
        page = render_text(clean(text), encoding, Hints(title=title))
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
        page = render_tree(_parsed(clean(text)), hidden or "utf-8", hints, pushed=True)
    else:
        page = render_text(clean(text), hidden or "utf-8", hints, pushed=True)
    if not page.lines:
        raise RejectedError("empty", "The pushed article has no text.")
    return page


def _parsed(html: str) -> LexborHTMLParser:
    """Return the tree of some HTML; raise RejectedError where the parser would take absurdly long for it."""
    require_few_attributes(html)
    require_sane_nesting(html)
    return LexborHTMLParser(html)
