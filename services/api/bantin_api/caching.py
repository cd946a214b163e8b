"""Answers that clients may keep and ask about again: an entity tag on each, 304 where the client holds it already."""

import time
from datetime import datetime
from typing import Any, Final

from fastapi import Request, Response
from pydantic import BaseModel

from bantin.web.validators import entity_tag, is_held, validated

REVALIDATE: Final = "no-cache"
"""It may be kept, and is asked about before each use: what is indexed is found at once."""

BRIEFLY: Final = "max-age=30"
"""For what is asked while somebody types: it may lag behind the index as it is."""

CURSOR_SECONDS: Final = 120
"""How long a held answer counts as the same though its cursor is another: shorter than cursors are kept."""

_JSON: Final = "application/json"


def kept_answer(
    request: Request, answer: BaseModel, control: str = REVALIDATE, unsaid: dict[str, Any] | None = None
) -> Response:
    """Return an answer as JSON, or 304 where the client holds one that says the same.

    `unsaid` are the fields that make no difference, as pydantic's `exclude` takes them; nor does where a cursor leads.
    """
    content = answer.model_dump_json().encode()
    cursor = getattr(answer, "next_cursor", None)
    said = content
    if unsaid or cursor is not None:
        said = answer.model_dump_json(exclude={**(unsaid or {}), "next_cursor": True}).encode()
    if cursor is not None:
        said += b"%d" % (time.time() // CURSOR_SECONDS)
    headers = {"ETag": entity_tag(said), "Cache-Control": control}
    if is_held(headers["ETag"], request.headers.get("If-None-Match")):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=_JSON)


def dated_answer(request: Request, content: bytes, changed: datetime | None, media_type: str = _JSON) -> Response:
    """Return an answer that says when it changed last, or 304."""
    return validated(request, content, media_type, REVALIDATE, changed)
