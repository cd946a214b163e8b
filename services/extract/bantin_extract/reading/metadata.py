"""What an HTML page's head says of it: <meta>, OpenGraph, JSON-LD NewsArticle, <time>, <title>."""

import json
import re
from typing import Any, cast

from selectolax.lexbor import LexborHTMLParser

from bantin_extract.dates.days import parse_iso
from bantin_extract.reading.decode import clean
from bantin_extract.reading.page import Hints

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_DATES = (
    "article:published_time",
    "pubdate",
    "dc.date.issued",
    "dc.date",
    "datepublished",
    "publish_date",
    "og:published_time",
    "og:article:published_time",
    "dc.date.created",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "publishdate",
    "parsely-pub-date",
)
_AUTHORS = ("article:author", "author", "dc.creator")
_NEWS = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting"))
_TIMES = "article time[datetime], time[pubdate], [itemprop=datePublished], time.entry-date[datetime]"
_SPARE_COMMA = re.compile(r",\s{0,100}([}\]])")
_FEW_WORDS = 2
_MAX_JSON = 200_000


def read_hints(tree: LexborHTMLParser) -> Hints:
    """Return what the page's metadata says; every field None where it says nothing usable."""
    metas = _metas(tree)
    news = _news_article(tree)
    published = (
        parse_iso(_text(news.get("datePublished"))) or parse_iso(_first(metas, _DATES)) or parse_iso(_timed(tree))
    )
    author = _author(news.get("author")) or _first(metas, _AUTHORS)
    body = _text(news.get("articleBody"))
    return Hints(title=_title(tree, metas, news), published_at=published, author=author, body=body)


def _title(tree: LexborHTMLParser, metas: dict[str, str], news: dict[str, Any]) -> str | None:
    """Return the first title that is not the site's own name or a word or two."""
    heading = tree.css_first("title")
    said = [
        _text(news.get("headline")),
        *(metas.get(name) for name in _TITLES),
        clean(heading.text()) if heading else None,
    ]
    titles = [" ".join(title.split()) for title in said if title and title.strip()]
    telling = (title for title in titles if title.count(" ") >= _FEW_WORDS and title != metas.get("og:site_name"))
    return next(telling, titles[0] if titles else None)


def _timed(tree: LexborHTMLParser) -> str | None:
    """Return the date of publication in the page's microdata or its article's <time>."""
    node = tree.css_first(_TIMES)
    if node is None:
        return None
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or node.text().strip()


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
        for item in _items(_loaded(text)):
            kinds: Any = item.get("@type")
            named = cast("list[Any]", kinds if isinstance(kinds, list) else [kinds])
            if any(kind in _NEWS for kind in named if isinstance(kind, str)):
                return item
    return {}


def _loaded(text: str) -> Any:
    """Return a JSON-LD document, mended where it has line ends in texts or commas before brackets; else None."""
    for attempt in (text, _SPARE_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and only a hint
    return None


def _items(loaded: Any) -> list[dict[str, Any]]:
    """Return the objects in a JSON-LD document: itself, its members, those of its graph."""
    if isinstance(loaded, dict):
        item = cast("dict[str, Any]", loaded)
        return [item, *_members(item.get("@graph"))]
    return [item for member in _members(loaded) for item in (member, *_members(member.get("@graph")))]


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
