"""Answers compressed with zstd, Brotli or gzip, as the client takes them; event streams go as they are."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Scope
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

from bantin.web.answers import AnswerMiddleware

MINIMUM_BYTES: Final = 1_000
"""Below this, compressing gains less than a packet."""

_TYPES: Final = ("application/feed+json", "application/opensearchdescription+xml", "application/problem+json")
_STREAMED: Final = ("application/x-ndjson", "text/csv")
"""Sent part by part: every part that is read is on its way at once, compressed or not."""

_ENCODING: Final = "Accept-Encoding"


def compressed(app: ASGIApp) -> ASGIApp:
    """Return the app with its answers compressed."""
    for media_type in _TYPES:
        add_compress_type(media_type)
    for media_type in _STREAMED:
        add_compress_type(media_type, streaming=True)
    remove_compress_type("text/event-stream")
    return AnswerMiddleware(CompressMiddleware(app, minimum_size=MINIMUM_BYTES), _vary_by_encoding)


def _vary_by_encoding(_: Scope, headers: MutableHeaders) -> None:
    """Say of an answer with a tag that it varies with the encodings taken, of a 304 as of the answer it stands for.

    RFC 9110, 15.4.5; whether that one is large enough to be compressed, a 304 can't know.
    """
    if "ETag" in headers and _ENCODING.lower() not in headers.get("Vary", "").lower():
        headers.add_vary_header(_ENCODING)
