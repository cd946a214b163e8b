"""HTTP validators: an entity tag for an answer, and whether a client holds that answer already (RFC 9110, 13.1.2).

Tags are weak: they speak of what an answer says, not of its bytes, which may be compressed on the way.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def validated(
    request: Request, content: bytes, media_type: str, control: str, changed: datetime | None = None
) -> Response:
    """Return an answer with its tag, with when it `changed` last where that is known, or 304 where it is held."""
    headers = {"ETag": entity_tag(content), "Cache-Control": control}
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if is_unchanged(headers["ETag"], changed, request.headers):
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": media_type})


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
