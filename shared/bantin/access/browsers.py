"""What browsers tell of a request: whether a person reads the answer, and whether another site's page sent it."""

from urllib.parse import urlsplit

from fastapi import Request

from bantin.problem import Problem
from bantin.telemetry.metrics import REFUSED

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))


def wants_page(request: Request) -> bool:
    """Return whether the answer is for a person to read."""
    return "text/html" in request.headers.get("Accept", "").lower()


def is_browser(request: Request) -> bool:
    """Return whether a browser asks, for a page or from one: it can ask a person for a key, and remembers it."""
    return wants_page(request) or "Sec-Fetch-Mode" in request.headers or "Referer" in request.headers


def is_cross_site(request: Request) -> bool:
    """Return whether another site's page makes a browser change something here.

    `Sec-Fetch-Site` tells; browsers leave it out on plain HTTP beyond loopback: there `Origin` does, and one that
    can't be read is not ours. What is no browser sends neither.
    """
    if request.method in SAFE_METHODS:
        return False
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and _host_of(origin) != request.headers.get("Host", "")


def _host_of(origin: str) -> str | None:
    """Return the host and port of an origin; None where it can't be read, as browsers send none such."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


async def own_pages_only(request: Request) -> None:
    """Raise a 403 Problem for what another site's page sent (a FastAPI dependency)."""
    if is_cross_site(request):
        REFUSED.labels("cross_site").inc()
        raise Problem(
            403, "cross_site", "A page of another site made the browser send this; open this site's own page."
        )
