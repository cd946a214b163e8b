"""HEAD wherever there is GET: the same answer without its body (RFC 9110, 9.3.2)."""

from anyio import CancelScope
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """Answers HEAD by what GET answers, up to where its body begins: an answer that is streamed is not read through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and keep the body of an answer to HEAD back."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        with CancelScope() as streaming:

            async def send_without_body(message: Message) -> None:
                if message["type"] != "http.response.body":
                    await send(message)
                    return
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                if message.get("more_body", False):
                    streaming.cancel()

            await self._app({**scope, "method": "GET"}, receive, send_without_body)
