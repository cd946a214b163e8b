"""How many requests a key, or an address without one, may send: beyond that 429, and when to come again.

Counts are this process's own: with several instances each lets the limit through.
"""

import ipaddress
import math
import time
from collections.abc import Mapping
from typing import Literal

from fastapi import Request
from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from bantin.access.browsers import SAFE_METHODS, wants_page
from bantin.access.counters import BoundedCounters
from bantin.access.keys import Scope
from bantin.access.proxies import read_address
from bantin.problem import Problem
from bantin.telemetry.metrics import REFUSED

RateClass = Literal["search", "suggest", "upload", "failed_keys", "missing_keys"]

AT_EVERY_KEY_PRESSED = ("/v1/suggest", "/v1/facets/", "/instantsearch")
"""Paths asked while somebody types."""

IPV6_HOUSEHOLD = 64
"""Bits of an IPv6 address that name a line; whoever has one may use any address below them."""


class RateLimits:
    """Counts requests by class and by who sends them; without a limit for a class it lets all through."""

    def __init__(
        self, limits: Mapping[RateClass, RateLimitItem | None], counters: BoundedCounters | None = None
    ) -> None:
        self._limits = {rate: limit for rate, limit in limits.items() if limit is not None}
        self._windows = FixedWindowRateLimiter(counters or BoundedCounters())

    def __bool__(self) -> bool:
        return bool(self._limits)

    def count(self, request: Request, rate: RateClass, who: str) -> None:
        """Count a request and note for its answer what is left; raise a 429 Problem beyond the limit."""
        limit = self._limits.get(rate)
        if limit is None:
            return
        within = self._windows.hit(limit, rate, who)
        window = self._windows.get_window_stats(limit, rate, who)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        told = {
            "RateLimit-Policy": f'"{rate}";q={limit.amount};w={limit.get_expiry()}',
            "RateLimit": f'"{rate}";r={window.remaining};t={seconds}',
        }
        request.state.answer_headers = told
        if not within:
            REFUSED.labels("rate").inc()
            raise Problem(429, "too_many_requests", _told(request, seconds), {"Retry-After": str(seconds), **told})


class LimitedByAddress:
    """Counts a request against the address that it comes from (a FastAPI dependency, where no key is asked for)."""

    def __init__(self, rates: RateLimits, scope: Scope | None) -> None:
        self._rates = rates
        self._scope: Scope | None = scope

    async def __call__(self, request: Request) -> None:
        """Let the request through or raise a 429 Problem."""
        self._rates.count(request, rate_class(request, self._scope), sender(request))


def rate_class(request: Request, scope: Scope | None) -> RateClass:
    """Return what a request counts as, by its method and path and the scope of the service that it asks."""
    if request.method not in SAFE_METHODS and scope != "search":
        return "upload"
    return "suggest" if request.url.path.startswith(AT_EVERY_KEY_PRESSED) else "search"


def sender(request: Request) -> str:
    """Return the address that a request is counted against; of IPv6 the part that a household shares."""
    address = read_address(request.client.host) if request.client else None
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_HOUSEHOLD), strict=False))
    return str(address)


def read_limit(text: str) -> RateLimitItem | None:
    """Return the limit in `6000/minute` or `100 per 5 seconds`, none for an empty text; raise ValueError for others."""
    if not text.strip():
        return None
    try:
        limit = parse(text)
    except ValueError:
        raise ValueError(f"{text!r} is no limit: give one such as 6000/minute, or nothing for none") from None
    if limit.amount < 1:
        raise ValueError(f"{text!r} would let nothing through: give a limit of 1 or more, or nothing for none")
    return limit


def _told(request: Request, seconds: int) -> str:
    if wants_page(request):
        return f"Có quá nhiều yêu cầu: hãy thử lại sau {seconds} giây."
    return f"There were too many requests: come again in {seconds} s. The operator sets this by BANTIN_RATE_LIMIT_…"
