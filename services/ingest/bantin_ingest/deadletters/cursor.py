"""Where a page of dead letters ended, opaque to clients."""

import base64
import json
from typing import Annotated

from pydantic import Field, TypeAdapter

from bantin.problem import Problem
from bantin_ingest.deadletters.store import Mark

_MARK: TypeAdapter[Mark] = TypeAdapter(tuple[Annotated[int, Field(ge=-(1 << 63), lt=1 << 63)], str])


def cursor_of(mark: Mark) -> str:
    """Return the cursor of the page behind a mark."""
    return base64.urlsafe_b64encode(json.dumps(mark).encode()).decode().rstrip("=")


def mark_of(cursor: str) -> Mark:
    """Return the mark that a cursor holds; raise a 422 Problem where it holds none."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        died_at, letter = _MARK.validate_json(text)
        letter.encode()  # half a character can't be compared
    except ValueError as error:  # of base64, of JSON, of its shape or of the letter
        raise Problem(422, "invalid_cursor", "The cursor is damaged; start again without one.") from error
    return died_at, letter
