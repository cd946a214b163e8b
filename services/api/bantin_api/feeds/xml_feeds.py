"""Feeds in XML: RSS 2.0, and Atom (RFC 4287)."""

from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Final

# Only for writing, which is safe; what is read from elsewhere is never parsed by it.
from xml.etree.ElementTree import Element, SubElement, tostring

from bantin_api.feeds.feed import LANGUAGE, SITE_NAME, Entry, Feed

RSS_TYPE: Final = "application/rss+xml"
ATOM_TYPE: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"


def to_rss(feed: Feed) -> bytes:
    """Return the feed as RSS 2.0. Titles are plain text, descriptions HTML, as readers take them."""
    root = Element("rss", {"version": "2.0", "xmlns:atom": _ATOM, "xmlns:dc": _DUBLIN_CORE})
    channel = SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.page)
    _text(channel, "description", feed.title)
    _text(channel, "language", LANGUAGE)
    if feed.entries:
        _text(channel, "lastBuildDate", format_datetime(feed.changed))
    SubElement(channel, "atom:link", {"rel": "self", "type": RSS_TYPE, "href": feed.address})
    for entry in feed.entries:
        _rss_item(channel, entry)
    return _document(root)


def to_atom(feed: Feed) -> bytes:
    """Return the feed as Atom."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": LANGUAGE})
    _text(root, "id", feed.address)
    _text(root, "title", feed.title)
    _text(root, "updated", _rfc3339(feed.changed))
    _author(root, SITE_NAME)
    SubElement(root, "link", {"rel": "self", "type": ATOM_TYPE, "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for entry in feed.entries:
        _atom_entry(root, entry)
    return _document(root)


def _rss_item(channel: Element, entry: Entry) -> None:
    item = SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.address)
    _text(item, "guid", entry.identity, isPermaLink="false")
    if entry.published:
        _text(item, "pubDate", format_datetime(entry.published))
    for author in entry.authors:
        _text(item, "dc:creator", author)
    if entry.section:
        _text(item, "category", entry.section)
    _text(item, "description", escape(entry.summary))


def _atom_entry(root: Element, entry: Entry) -> None:
    item = SubElement(root, "entry")
    _text(item, "id", entry.identity)
    _text(item, "title", entry.title, type="text")
    _text(item, "updated", _rfc3339(entry.updated))
    if entry.published:
        _text(item, "published", _rfc3339(entry.published))
    for author in entry.authors:
        _author(item, author)
    SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": entry.address})
    if entry.external:
        SubElement(item, "link", {"rel": "via", "href": entry.external})
    if entry.section:
        SubElement(item, "category", {"term": entry.section})
    _text(item, "summary", entry.summary, type="text")


def _author(parent: Element, name: str) -> None:
    _text(SubElement(parent, "author"), "name", name)


def _text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat()


def _document(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode()
