"""Where a key is needed, no cache that others share may keep an answer for them."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Scope

from bantin.web.answers import AnswerMiddleware

_SAID = ("public", "private", "no-store")


class PrivateAnswers(AnswerMiddleware):
    """Marks as private what may be kept at all, except what its route calls public."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, _mark)


def _mark(_: Scope, headers: MutableHeaders) -> None:
    control = headers.get("Cache-Control", "")
    if not any(word in control for word in _SAID):
        headers["Cache-Control"] = f"private, {control or 'no-cache'}"
