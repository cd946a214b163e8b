"""Answers compressed with zstd, Brotli or gzip, as the client takes them; event streams go as they are."""

from typing import Final

from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

MINIMUM_BYTES: Final = 1_000
"""Below this, compressing gains less than a packet."""

_TYPES: Final = ("application/feed+json", "application/opensearchdescription+xml", "application/problem+json")
_STREAMED: Final = ("application/x-ndjson", "text/csv")
"""Sent part by part: every part that is read is on its way at once, compressed or not."""


def compressed(app: ASGIApp) -> CompressMiddleware:
    """Return the app with its answers compressed."""
    for media_type in _TYPES:
        add_compress_type(media_type)
    for media_type in _STREAMED:
        add_compress_type(media_type, streaming=True)
    remove_compress_type("text/event-stream")
    return CompressMiddleware(app, minimum_size=MINIMUM_BYTES)
