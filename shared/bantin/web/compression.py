"""Answers compressed with zstd, Brotli or gzip, as the client takes them; event streams go as they are."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

MINIMUM_BYTES: Final = 1_000
"""Below this, compressing gains less than a packet."""

_TYPES: Final = ("application/feed+json", "application/opensearchdescription+xml", "application/problem+json")
_STREAMED: Final = ("application/x-ndjson", "text/csv")
"""Sent part by part: every part that is read is on its way at once, compressed or not."""


_ENCODING: Final = "Accept-Encoding"


class VariedAnswers:
    """Says of every answer with a tag that it varies with the encodings taken, of a 304 as of the answer it stands for.

    RFC 9110, 15.4.5; whether that one is large enough to be compressed, a 304 can't know.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with what it varies by."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "ETag" in headers and _ENCODING.lower() not in headers.get("Vary", "").lower():
                    headers.add_vary_header(_ENCODING)
            await send(message)

        await self._app(scope, receive, send_varied)


def compressed(app: ASGIApp) -> ASGIApp:
    """Return the app with its answers compressed."""
    for media_type in _TYPES:
        add_compress_type(media_type)
    for media_type in _STREAMED:
        add_compress_type(media_type, streaming=True)
    remove_compress_type("text/event-stream")
    return VariedAnswers(CompressMiddleware(app, minimum_size=MINIMUM_BYTES))
