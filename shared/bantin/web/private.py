"""Where a key is needed, no cache that others share may keep an answer for them."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAID = ("public", "private", "no-store")


class PrivateAnswers:
    """Marks as private what may be kept at all, except what its route calls public."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and mark its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                control = headers.get("Cache-Control", "")
                if not any(word in control for word in _SAID):
                    headers["Cache-Control"] = f"private, {control or 'no-cache'}"
            await send(message)

        await self._app(scope, receive, send_marked)
