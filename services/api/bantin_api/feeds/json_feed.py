"""Feeds in JSON: JSON Feed 1.1."""

import json
from typing import Any, Final

from bantin_api.feeds.feed import LANGUAGE, Entry, Feed

JSON_FEED_TYPE: Final = "application/feed+json"
_VERSION: Final = "https://jsonfeed.org/version/1.1"


def to_json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed; all of it is plain text, none HTML."""
    content = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": LANGUAGE,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.identity,
        "url": entry.address,
        "external_url": entry.external,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.published.isoformat() if entry.published else None,
        "authors": [{"name": author} for author in entry.authors],
        "tags": [entry.section] if entry.section else [],
    }
    return {name: value for name, value in item.items() if value or name == "content_text"}
