"""What a feed says, whatever its format."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from urllib.parse import quote, urlsplit

from bantin.events import Article, PublishedAt
from bantin.search.query import Hit, Query, Results
from bantin_api.answers import VIETNAM

SITE_NAME: Final = "Bản Tin"
LANGUAGE: Final = "vi"
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without any article changed last."""

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed. `identity` is a URI that stays; `external` the page that it was taken from, if known."""

    identity: str
    address: str
    title: str
    summary: str
    published: datetime | None
    changed: datetime
    authors: Sequence[str]
    section: str | None
    external: str | None

    @property
    def updated(self) -> datetime:
        """When it was published, as far as that is known: readers sort by this."""
        return self.published or self.changed


@dataclass(frozen=True, slots=True)
class Feed:
    """A search's newest articles. `address` is the feed's own, `page` the portal's for the same search."""

    title: str
    address: str
    page: str
    entries: Sequence[Entry]

    @property
    def changed(self) -> datetime:
        """When the article written last was written, in whole seconds."""
        return max((entry.changed for entry in self.entries), default=NEVER).replace(microsecond=0)


def make_feed(query: Query, results: Results, address: str, page: str, base_url: str) -> Feed:
    """Return the feed of a search's results; `base_url` (with its slash) is where the portal is."""
    words = " ".join(query.text.split())
    title = f"{SITE_NAME}: {words}" if words else SITE_NAME
    return Feed(printable(title), address, page, [_entry(hit, base_url) for hit in results.hits])


def printable(text: str) -> str:
    """Return the text without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("", text)


def _entry(hit: Hit, base_url: str) -> Entry:
    article = hit.article
    name = quote(article.article_id, safe="")
    return Entry(
        identity=f"urn:bantin:article:{name}",
        address=f"{base_url}bai/{name}",
        title=printable(article.title),
        summary=printable(hit.snippet),
        published=_moment(article.published_at),
        changed=(article.indexed_at or article.captured_at).astimezone(UTC),
        authors=[printable(author) for author in article.authors],
        section=printable(article.section) if article.section else None,
        external=_web_address(article),
    )


def _moment(published_at: PublishedAt | None) -> datetime | None:
    """Return a moment in Vietnam's time; a plain date is its midnight."""
    if isinstance(published_at, datetime):
        with suppress(OverflowError):  # within hours of the years 1 and 9999 it keeps its own offset
            return published_at.astimezone(VIETNAM)
        return published_at
    return _midnight(published_at) if published_at else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _web_address(article: Article) -> str | None:
    """Return where the article was taken from, where that is an address of the web and nothing else."""
    address = printable(article.source_url or "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]") if parts.scheme in ("http", "https") and parts.netloc else None
