"""Whom a request comes from, where proxies stand before us: what a forwarded header says counts from them alone.

Each proxy adds the address it was asked by at the right, so the first from the right that is no proxy of ours is the
client; whatever stands left of it the client wrote itself.
"""

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

ProxyHeader = Literal["x-forwarded-for", "forwarded"]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SCHEMES = ("http", "https")
PAIR = re.compile(r'\s*([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))\s*')


@dataclass(frozen=True, slots=True)
class Hop:
    """What one proxy says of the request it passed on."""

    address: Address | None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """The addresses of our proxies, and the one header that they write: they pass other ones on as they came."""

    networks: tuple[Network, ...]
    header: ProxyHeader = "x-forwarded-for"

    def trusts(self, address: Address) -> bool:
        """Return whether this is a proxy of ours."""
        return any(address in network for network in self.networks)

    def origin(self, peer: str, headers: Headers) -> Hop:
        """Return the client and its scheme, for a request that reached us from `peer`."""
        nearest = read_address(peer)
        found = Hop(nearest)
        if nearest is None or not self.trusts(nearest):
            return found
        for hop in reversed(_hops(self.header, headers)):
            if hop.address is None:  # hidden on purpose, or nonsense: more is not known
                return Hop(found.address, hop.scheme or found.scheme)
            found = Hop(hop.address, hop.scheme or found.scheme)
            if not self.trusts(hop.address):
                break
        return found


class Forwarded:
    """Puts the client that our proxies name, and its scheme, in the place of the proxy's own."""

    def __init__(self, app: ASGIApp, proxies: TrustedProxies) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and (peer := scope.get("client")):
            origin = self._proxies.origin(peer[0], Headers(scope=scope))
            if origin.address is not None and str(origin.address) != peer[0]:
                scope = {**scope, "client": (str(origin.address), 0)}
            if origin.scheme is not None:
                scope = {**scope, "scheme": origin.scheme}
        await self._app(scope, receive, send)


def read_proxies(text: str, header: ProxyHeader = "x-forwarded-for") -> TrustedProxies:
    """Return the proxies of a list of addresses and networks with commas between; raise ValueError if it is none."""
    networks: list[Network] = []
    for item in filter(None, (part.strip() for part in text.split(","))):
        try:
            networks.append(ipaddress.ip_network(item))
        except ValueError as error:
            raise ValueError(f"{item!r} is no address and no network such as 10.0.0.0/8: {error}") from None
    return TrustedProxies(tuple(networks), header)


def read_address(text: str) -> Address | None:
    """Return the address in `1.2.3.4`, `1.2.3.4:80`, `2001:db8::1` or `[2001:db8::1]:80`; None where there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _hops(header: ProxyHeader, headers: Headers) -> Sequence[Hop]:
    """Return what each proxy said, the nearest last."""
    if header == "forwarded":
        return [hop for line in headers.getlist(header) for hop in _forwarded(line)]
    addresses = ",".join(headers.getlist(header)).split(",")
    nearest = ",".join(headers.getlist("x-forwarded-proto")).rpartition(",")[2]
    hops = [Hop(read_address(item)) for item in addresses]
    return [*hops[:-1], Hop(hops[-1].address, _scheme(nearest))]


def _forwarded(line: str) -> Iterator[Hop]:
    """Yield the elements of a `Forwarded` header (RFC 7239); nothing before a part that can't be read is believed."""
    position = 0
    pairs: dict[str, str] = {}
    while position <= len(line):
        if pair := PAIR.match(line, position):
            name, quoted, token = pair.groups()
            pairs[name.lower()] = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else token
            position = pair.end()
        if position == len(line) or line[position] == ",":
            yield Hop(read_address(pairs.get("for", "")), _scheme(pairs.get("proto", "")))
            pairs = {}
        elif line[position] != ";":
            yield Hop(None)
            comma = line.find(",", position)
            position = comma if comma >= 0 else len(line)
            pairs = {}
        position += 1


def _scheme(text: str) -> str | None:
    scheme = text.strip().lower()
    return scheme if scheme in SCHEMES else None
