"""Cursors: where a page ended, opaque to clients and bound to the query that it belongs to."""

import base64
import binascii
import hashlib
import json
from typing import Final, TypeVar

from pydantic import TypeAdapter

from bantin.search.query import InvalidCursorError, Query

Position = TypeVar("Position")
_DIGEST_SIZE: Final = 9
_PAGING: Final = {"cursor", "offset", "size", "facets", "facet_size", "histogram"}
"""What may change from page to page of one search."""


def encode_cursor(query: Query, position: object) -> str:
    """Return the cursor of the page that follows `position`, any value that JSON can hold."""
    record = json.dumps([_digest(query), position], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(record.encode()).decode().rstrip("=")


def decode_cursor(query: Query, shape: TypeAdapter[Position]) -> Position:
    """Return the position in `query.cursor`. Raise InvalidCursorError if it is not of this query and shape."""
    cursor = query.cursor or ""
    try:
        record = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        digest, position = TypeAdapter(tuple[str, object]).validate_json(record)
        if digest != _digest(query):
            raise InvalidCursorError("the cursor belongs to another query; start again without a cursor")
        return shape.validate_python(position, strict=False)
    except (binascii.Error, ValueError) as error:
        if isinstance(error, InvalidCursorError):
            raise
        raise InvalidCursorError("the cursor is damaged; start again without a cursor") from error


def _digest(query: Query) -> str:
    asked = query.model_dump(mode="json", exclude=_PAGING) | {
        "sort": query.effective_sort,
        "filters": {name: sorted(values) for name, values in sorted(query.filters.items()) if values},
    }
    record = json.dumps(asked, sort_keys=True).encode()
    return base64.urlsafe_b64encode(hashlib.blake2s(record, digest_size=_DIGEST_SIZE).digest()).decode()
