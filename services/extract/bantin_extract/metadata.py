"""What an HTML page's head says of it: <meta>, OpenGraph, JSON-LD NewsArticle, <time>, <title>."""

import json
from typing import Any, cast

from selectolax.lexbor import LexborHTMLParser

from bantin_extract.dates import parse_iso
from bantin_extract.decode import clean
from bantin_extract.page import Hints

_TITLES = ("og:title", "twitter:title", "dc.title")
_DATES = (
    "article:published_time",
    "pubdate",
    "dc.date.issued",
    "dc.date",
    "datepublished",
    "publish_date",
    "og:published_time",
)
_AUTHORS = ("article:author", "author", "dc.creator")
_NEWS = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting"))
_MAX_JSON = 200_000


def read_hints(tree: LexborHTMLParser) -> Hints:
    """Return what the page's metadata says; every field None where it says nothing usable."""
    metas = _metas(tree)
    news = _news_article(tree)
    heading = tree.css_first("title")
    title = _text(news.get("headline")) or _first(metas, _TITLES) or (clean(heading.text()) if heading else None)
    printed = tree.css_first("article time[datetime], time[pubdate], time[itemprop=datePublished]")
    published = (
        parse_iso(_text(news.get("datePublished")))
        or parse_iso(_first(metas, _DATES))
        or parse_iso(printed.attributes.get("datetime") if printed else None)
    )
    author = _author(news.get("author")) or _first(metas, _AUTHORS)
    return Hints(title=" ".join(title.split()) if title else None, published_at=published, author=author)


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content and content.strip():
            metas.setdefault(name.lower(), clean(content).strip())
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _news_article(tree: LexborHTMLParser) -> dict[str, Any]:
    for node in tree.css('script[type="application/ld+json"]'):
        text = node.text()
        if len(text) > _MAX_JSON:
            continue
        try:
            loaded: Any = json.loads(text)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and only a hint
        for item in _items(loaded):
            kinds: Any = item.get("@type")
            named = cast("list[Any]", kinds if isinstance(kinds, list) else [kinds])
            if any(kind in _NEWS for kind in named if isinstance(kind, str)):
                return item
    return {}


def _items(loaded: Any) -> list[dict[str, Any]]:
    """Return the objects in a JSON-LD document: itself, its members, those of its graph."""
    if isinstance(loaded, dict):
        item = cast("dict[str, Any]", loaded)
        return [item, *_members(item.get("@graph"))]
    return _members(loaded)


def _members(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        return []
    return [cast("dict[str, Any]", item) for item in cast("list[Any]", value) if isinstance(item, dict)]


def _author(value: Any) -> str | None:
    if isinstance(value, list):
        value = next(iter(cast("list[Any]", value)), None)
    if isinstance(value, dict):
        value = cast("dict[str, Any]", value).get("name")
    return _text(value)


def _text(value: Any) -> str | None:
    return clean(value).strip() or None if isinstance(value, str) else None
