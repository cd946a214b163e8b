"""From a received file to a page: decode, then render what it turns out to be."""

from selectolax.lexbor import LexborHTMLParser

from bantin.events import ArticleReceived
from bantin_extract.dates import parse_iso
from bantin_extract.decode import clean, decode, published_fields
from bantin_extract.metadata import read_hints
from bantin_extract.nesting import require_sane_nesting
from bantin_extract.page import Hints, Page
from bantin_extract.rejection import RejectedError
from bantin_extract.render import render_text, render_tree


def read_page(event: ArticleReceived) -> Page:
    """Return the file's page; raise RejectedError where it is no text, HTML or pushed article."""
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


def _pushed_page(fields: dict[str, str]) -> Page:
    hints = Hints(
        submitted_title=" ".join(clean(fields.get("title", "")).split()) or None,
        submitted_at=parse_iso(fields.get("published_at")),
    )
    if html := fields.get("html"):
        require_sane_nesting(html)
        page = render_tree(LexborHTMLParser(clean(html)), "utf-8", hints, pushed=True)
    else:
        page = render_text(clean(fields.get("text", "")), "utf-8", hints, pushed=True)
    if not page.lines:
        raise RejectedError("empty", "The pushed article has no text.")
    return page
