"""Requests passed on, and the headers of each answer changed on its way back: what our middlewares have in common."""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ChangeHeaders = Callable[[Scope, MutableHeaders], None]
"""Changes the headers of an answer, given the scope of its request."""


class AnswerMiddleware:
    """Has the headers of every HTTP answer of an app changed before they are sent."""

    def __init__(self, app: ASGIApp, change: ChangeHeaders) -> None:
        self._app = app
        self._change = change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with its headers changed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._change(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_changed)
