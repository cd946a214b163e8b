"""Gives every answer the headers that a browser is to be told by, and those that were noted while it was made."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bantin.site.security import ANSWER_HEADERS


class AnswerHeaders:
    """Adds `ANSWER_HEADERS`, where an answer does not have its own, and what a route's guards noted on the request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**ANSWER_HEADERS, **scope["state"].get("answer_headers", {})}.items():
                    headers.setdefault(name, value)
            await send(message)

        # Requests share the dict that a server gives at its start: what is noted on one must not be on the next.
        scope["state"] = dict(scope.get("state") or {})
        await self._app(scope, receive, send_with_headers)
