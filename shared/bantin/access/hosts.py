"""The names this machine is asked by: another name that leads here is somebody's trick (DNS rebinding).

A page from `evil.example` can have that name lead to 127.0.0.1 and then reads whatever listens there as its own site.
Its requests still say `Host: evil.example`. An address in figures can't be made to lead elsewhere.
"""

import ipaddress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bantin.problems import problem_response
from bantin.telemetry.metrics import REFUSED

THIS_MACHINE = "localhost"


class AllowedHosts:
    """Answers 421 to requests by other names than those allowed, `localhost`, and addresses in figures."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or self._allows(Headers(scope=scope).getlist("host")):
            await self._app(scope, receive, send)
            return
        REFUSED.labels("host").inc()
        detail = (
            "This is not one of the names that this address is asked by: the operator adds it to BANTIN_ALLOWED_HOSTS."
        )
        await problem_response(421, "unknown_host", detail)(scope, receive, send)

    def _allows(self, hosts: list[str]) -> bool:
        if not hosts:  # HTTP/1.0 without one: no browser
            return True
        return len(hosts) == 1 and is_allowed(hosts[0], self._names)


def is_allowed(host: str, names: frozenset[str]) -> bool:
    """Return whether a `Host` header (`NAME`, `NAME:PORT`, an address in figures) is one of the names, or figures."""
    name = host.strip().lower()
    if name.startswith("["):
        return _is_address(name[1:].partition("]")[0])
    name = name.partition(":")[0].removesuffix(".")
    return name == THIS_MACHINE or name in names or _is_address(name)


def read_hosts(text: str) -> frozenset[str]:
    """Return the names in a list separated by commas; raise ValueError for what is no name."""
    names = frozenset(name.strip().lower().removesuffix(".") for name in text.split(",") if name.strip())
    for name in names:
        if any(sign in name for sign in "/:*@ "):
            raise ValueError(f"{name!r} is no host name: give names such as tin.example, without port and scheme")
    return names


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
