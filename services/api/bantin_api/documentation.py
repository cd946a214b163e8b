"""How OpenAPI shows what the query API's endpoints have in common: problems, and answers that may be kept."""

from typing import Any

_ABOUT = {
    404: "There is no such thing.",
    413: "The body is too large.",
    422: "A parameter is unknown, or its value can't be taken; `detail` names it and the remedy.",
    503: "The search engine does not answer now.",
}


_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_KEPT: dict[str, Any] = {
    "ETag": {"description": "Send it back in `If-None-Match` to be told of no change.", **_TEXT},
    "Cache-Control": {"description": "How long the answer may be kept; `private` where keys are needed.", **_TEXT},
}
_DATED: dict[str, Any] = {
    **_KEPT,
    "Last-Modified": {"description": "Send it back in `If-Modified-Since`; `ETag` tells more.", **_TEXT},
}


def kept(*, dated: bool = False, **answer: Any) -> dict[int | str, dict[str, Any]]:
    """Return what `responses` has to hold for an answer that clients may keep, and what else describes it."""
    headers = _DATED if dated else _KEPT
    return {
        200: {"headers": headers, **answer},
        304: {"description": "You hold this answer already.", "headers": headers},
    }


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what a route's `responses` has to hold so that OpenAPI shows these problems."""
    return {status: {"description": _ABOUT[status]} for status in statuses}
