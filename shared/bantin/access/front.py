"""The front door of a process: what every request passes before it reaches a route, put together from the settings."""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, FastAPI

from bantin.access.browsers import own_pages_only
from bantin.access.guard import protection
from bantin.access.hosts import AllowedHosts, read_hosts
from bantin.access.keyring import Keyring
from bantin.access.keys import Scope
from bantin.access.proxies import Forwarded, TrustedProxies, read_proxies
from bantin.access.rates import LimitedByAddress, RateLimits, read_limit
from bantin.access.settings import DEFAULT_LIMITS, WITH_KEYS, AccessSettings
from bantin.service import Service


@dataclass(frozen=True, slots=True)
class Front:
    """The keys, the limits, our proxies, and the names that we are asked by; None where all are good."""

    keyring: Keyring | None
    rates: RateLimits
    proxies: TrustedProxies
    hosts: frozenset[str] | None

    def install(self, app: FastAPI) -> None:
        """Put what looks at whole requests in front of the app; the last one added is passed first."""
        if self.hosts is not None:
            app.add_middleware(AllowedHosts, names=self.hosts)
        if self.proxies.networks:
            app.add_middleware(Forwarded, proxies=self.proxies)

    def before(self, scope: Scope | None) -> dict[str, Any]:
        """Return what `include_router` takes to put everything else in front of a service's routes.

        Without keys nothing but its place protects what changes things, so pages of other sites may not use that.
        What only searches changes nothing.
        """
        if self.keyring is not None and scope is not None:
            return protection(self.keyring, scope, self.rates)
        limited = [Depends(LimitedByAddress(self.rates, scope))] if self.rates else []
        return {"dependencies": limited if scope == "search" else [Depends(own_pages_only), *limited]}

    def service(self) -> Service:
        """Return what runs beside the services: it keeps when keys were used."""
        return Service("access", tasks=(self.keyring.last_used.run,) if self.keyring else ())


def front_for(settings: AccessSettings, keyring: Keyring | None) -> Front:
    """Return the front door that the settings describe, with keys or (on this machine only) without."""

    def limit(text: str, default: str) -> str:
        return text if text != WITH_KEYS else default if keyring else ""

    chosen = {rate: getattr(settings, f"rate_limit_{rate}") for rate in DEFAULT_LIMITS}
    names = read_hosts(settings.allowed_hosts)
    return Front(
        keyring,
        RateLimits({rate: read_limit(limit(chosen[rate], default)) for rate, default in DEFAULT_LIMITS.items()}),
        read_proxies(settings.trusted_proxies, settings.proxy_header),
        names if names or keyring is None else None,
    )


OPEN = Front(None, RateLimits({}), TrustedProxies(()), None)
"""The front door of a process that asks nobody for anything: it looks only at whose page sent a request."""
