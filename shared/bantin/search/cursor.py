"""Cursors: where a page ended, opaque to clients and bound to the query that it belongs to."""

import base64
import binascii
import hashlib
import json
from typing import Final, TypeVar

from pydantic import TypeAdapter

from bantin.search.query import InvalidCursorError, Query, Settled

Position = TypeVar("Position")
_DIGEST_SIZE: Final = 9
_PAGING: Final = {"cursor", "offset", "size", "facets", "facet_size", "histogram", "explain", "settled"}
"""What may change from page to page of one search."""
_RECORD: Final = TypeAdapter(tuple[str, Settled | None, object])
_DAMAGED: Final = "the cursor is damaged; start again without a cursor"


def encode_cursor(query: Query, position: object) -> str:
    """Return the cursor of the page that follows `position`, any value that JSON can hold; it keeps what is settled."""
    settled = query.settled.model_dump(mode="json", exclude_none=True) if query.settled else None
    record = json.dumps([_digest(query), settled, position], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(record.encode()).decode().rstrip("=")


def decode_cursor(query: Query, shape: TypeAdapter[Position]) -> Position:
    """Return the position in `query.cursor`. Raise InvalidCursorError if it is not of this query and shape."""
    _, position = _record(query)
    try:
        return shape.validate_python(position, strict=False)
    except ValueError as error:
        raise InvalidCursorError(_DAMAGED) from error


def settled_by_cursor(query: Query) -> Settled | None:
    """Return what the pages before `query.cursor` settled. Raise InvalidCursorError if it is not of this query."""
    settled, _ = _record(query)
    return settled


def _record(query: Query) -> tuple[Settled | None, object]:
    cursor = query.cursor or ""
    try:
        record = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        digest, settled, position = _RECORD.validate_json(record)
    except (binascii.Error, ValueError) as error:
        raise InvalidCursorError(_DAMAGED) from error
    if digest != _digest(query):
        raise InvalidCursorError("the cursor belongs to another query; start again without a cursor")
    return settled, position


def _digest(query: Query) -> str:
    asked = query.model_dump(mode="json", exclude=_PAGING) | {
        "sort": query.effective_sort,
        "filters": {name: sorted(values) for name, values in sorted(query.filters.items()) if values},
    }
    record = json.dumps(asked, sort_keys=True).encode()
    return base64.urlsafe_b64encode(hashlib.blake2s(record, digest_size=_DIGEST_SIZE).digest()).decode()
