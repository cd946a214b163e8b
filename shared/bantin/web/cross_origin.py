"""Which other sites' pages may read the API from a browser (CORS, Fetch Standard): those listed, and none by default.

A browser never sends them the credentials that it remembers: such a page brings a key of its own in a header.
"""

from collections.abc import Sequence
from typing import Final

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

PREFLIGHT_SECONDS: Final = 600

_API: Final = ("/v1/", "/instantsearch", "/openapi.json")
_METHODS: Final = ("GET", "HEAD", "POST")
_SENT: Final = (
    "Authorization",
    "Content-Type",
    "If-Modified-Since",
    "If-None-Match",
    "X-API-Key",
    "traceparent",
    "tracestate",
)
_EXPOSED: Final = ("Content-Disposition", "ETag", "Last-Modified", "Link", "Location", "Retry-After")


class CrossOrigin:
    """Tells browsers that pages of some origins may read the API; pages of ours are for nobody else's scripts."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_SENT,
            expose_headers=_EXPOSED,
            max_age=PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a browser's preliminary question, or pass the request on."""
        shared = scope["type"] == "http" and scope["path"].startswith(_API)
        await (self._shared if shared else self._app)(scope, receive, send)
