"""HTTP validators: an entity tag for an answer, and whether a client holds that answer already (RFC 9110, 13.1.2)."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def entity_tag(content: bytes) -> str:
    """Return the weak entity tag of what an answer says, in quotes."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def is_held(tag: str, if_none_match: str | None) -> bool:
    """Return whether the request's `If-None-Match` names the tag; weak comparison, as the RFC demands."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(if_none_match)


def is_unchanged(tag: str, changed: datetime | None, headers: Mapping[str, str]) -> bool:
    """Return whether a request's validators say that the client holds the answer; a tag outweighs a date."""
    if (tags := headers.get("if-none-match")) is not None:
        return is_held(tag, tags)
    if changed is None:
        return False
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return changed.replace(microsecond=0) <= (since if since.tzinfo else since.replace(tzinfo=UTC))
