"""The guard in front of a service's routes: a request comes through with a key that has the service's scope.

Keys are never logged, echoed or traced: answers and metrics speak of the reason only.
"""

import base64
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer

from bantin.access.audit import let_in
from bantin.access.browsers import is_browser, own_pages_only, wants_page
from bantin.access.keyring import Keyring
from bantin.access.keys import KeyRefusedError, KeysError, Reason, Scope
from bantin.access.rates import RateLimits, rate_class, sender
from bantin.problem import Problem
from bantin.telemetry.metrics import REFUSED

KEY_HEADER = "X-API-Key"
RETRY_SECONDS = "5"

_TOLD: Mapping[Reason, str] = {
    "missing": "A key is needed",
    "unknown": "This key is not known here",
    "revoked": "This key was revoked",
    "expired": "This key has expired",
}
_TOLD_TO_PEOPLE: Mapping[Reason, str] = {
    "missing": "Trang này cần khóa truy cập",
    "unknown": "Khóa truy cập này không đúng",
    "revoked": "Khóa truy cập này đã bị thu hồi",
    "expired": "Khóa truy cập này đã hết hạn",
}


class Guard:
    """Lets a request through, or raises the problem that it is answered with (a FastAPI dependency).

    A key's requests count against the key, those beyond its scopes, too; refused keys and requests without one against
    the address, so that guessing is slow and a right key gets in whoever else guesses behind the same address.
    """

    def __init__(self, keyring: Keyring, scope: Scope, rates: RateLimits | None = None) -> None:
        self._keyring = keyring
        self._scope: Scope = scope
        self._rates = rates or RateLimits({})

    async def __call__(self, request: Request) -> None:
        """Check the key that the request carries."""
        try:
            key = self._keyring.authenticate(presented_key(request))
        except KeyRefusedError as refusal:
            rate = "missing_keys" if refusal.reason == "missing" else "failed_keys"  # a browser's first has none
            self._rates.count(request, rate, sender(request))
            raise self._unauthorized(refusal.reason, request) from None
        except KeysError as error:
            REFUSED.labels("keys_unavailable").inc()
            detail = "The keys can't be read at the moment; the log and /readyz say why. Try again later."
            raise Problem(503, "keys_unavailable", detail, {"Retry-After": RETRY_SECONDS}) from error
        if is_remembered(request):
            await own_pages_only(request)
        self._rates.count(request, rate_class(request, self._scope), key.id)
        if self._scope not in key.scopes:
            raise self._out_of_scope(request)
        let_in(request, key)

    def _unauthorized(self, reason: Reason, request: Request) -> Problem:
        REFUSED.labels(reason).inc()
        if wants_page(request):
            detail = f"{_TOLD_TO_PEOPLE[reason]}: tải lại trang rồi nhập khóa vào ô mật khẩu (tên người dùng tùy ý)."
        else:
            detail = (
                f"{_TOLD[reason]}: send one as `Authorization: Bearer KEY` or `{KEY_HEADER}: KEY`; "
                f"the operator makes it with `bantin keys create --scope {self._scope}`."
            )
        if is_browser(request):
            challenge = 'Basic realm="bantin", charset="UTF-8"'
        else:
            challenge = 'Bearer realm="bantin"' + ("" if reason == "missing" else ', error="invalid_token"')
        return Problem(401, f"key_{reason}", detail, {"WWW-Authenticate": challenge})

    def _out_of_scope(self, request: Request) -> Problem:
        REFUSED.labels("scope_missing").inc()
        if wants_page(request):
            return Problem(403, "scope_missing", f"Khóa truy cập này không có quyền “{self._scope}”.")
        detail = (
            f"This key lacks the scope {self._scope!r}: use one that was made with "
            f"`bantin keys create --scope {self._scope}`."
        )
        challenge = f'Bearer realm="bantin", error="insufficient_scope", scope="{self._scope}"'
        return Problem(403, "scope_missing", detail, {"WWW-Authenticate": challenge})


def presented_key(request: Request) -> str | None:
    """Return the key that a request carries, None without one.

    `X-API-Key` comes first: where it is sent, `Authorization` may be meant for a proxy on the way.
    """
    if (key := request.headers.get(KEY_HEADER)) is not None:
        return key.strip()
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    match scheme.lower():
        case "bearer":
            return rest.strip()
        case "basic":
            return _password(rest.strip())
        case _:
            return None


def _password(credentials: str) -> str | None:
    """Return the password of HTTP Basic credentials (RFC 7617): browsers send a key so."""
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except ValueError:  # no base64, or no UTF-8 in it
        return None


def is_remembered(request: Request) -> bool:
    """Return whether the key is one that a browser sends by itself, whoever's page asks: HTTP Basic only."""
    return KEY_HEADER not in request.headers and request.headers.get("Authorization", "")[:6].lower() == "basic "


def protection(keyring: Keyring, scope: Scope, rates: RateLimits | None = None) -> dict[str, Any]:
    """Return what `include_router` takes to put a guard in front of a router and to show it in OpenAPI."""
    shown = (
        HTTPBearer(auto_error=False, description="A key made with `bantin keys create`."),
        APIKeyHeader(name=KEY_HEADER, auto_error=False, description="The same key in a header of its own."),
    )
    return {
        "dependencies": [Depends(Guard(keyring, scope, rates)), *(Security(way) for way in shown)],
        "responses": {
            HTTPStatus.UNAUTHORIZED.value: {"description": "A key is needed, or this one is not valid (any more)."},
            HTTPStatus.FORBIDDEN.value: {"description": f"The key lacks the scope `{scope}`."},
            HTTPStatus.TOO_MANY_REQUESTS.value: {"description": "Too many requests; `Retry-After` says when again."},
        },
    }
