"""Gives every answer the headers that a browser is to be told by, and those that were noted while it was made."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from bantin.site.security import ANSWER_HEADERS
from bantin.web.answers import AnswerMiddleware


class AnswerHeaders(AnswerMiddleware):
    """Adds `ANSWER_HEADERS`, where an answer does not have its own, and what a route's guards noted on the request."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, _add)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with its headers."""
        if scope["type"] == "http":
            # Requests share the dict that a server gives at its start: what is noted on one must not be on the next.
            scope["state"] = dict(scope.get("state") or {})
        await super().__call__(scope, receive, send)


def _add(scope: Scope, headers: MutableHeaders) -> None:
    for name, value in {**ANSWER_HEADERS, **scope["state"].get("answer_headers", {})}.items():
        headers.setdefault(name, value)
