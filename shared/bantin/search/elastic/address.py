"""The search URL of an Elasticsearch: where it is, who we are to it, and the name of our index."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

DEFAULT_NAME: Final = "articles"
_PORTS: Final = {"http": 9200, "https": 443}
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Address:
    """`host` is the bare URL; at most one of `basic_auth` (user, password) and `api_key` is set."""

    host: str
    name: str
    basic_auth: tuple[str, str] | None = None
    api_key: str | None = None

    def __repr__(self) -> str:
        """Say where, never with which secret."""
        return f"Address({self.host}/{self.name})"


def parse_address(url: str) -> Address:
    """Read `http(s)://[USER:PASSWORD@]HOST:PORT[/INDEX]`; an empty USER makes PASSWORD an API key.

    Raise ValueError, without the secrets of the URL, where it is anything else.
    """
    parts = urlsplit(url)
    name = parts.path.strip("/") or DEFAULT_NAME
    port = _port(parts)
    if parts.scheme not in _PORTS or port is None or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("the search URL of Elasticsearch must be http(s)://[USER:PASSWORD@]HOST:PORT[/INDEX]")
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} can't name an index: use lower-case letters, digits, '.', '_' and '-'")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Address(
        host=f"{parts.scheme}://{host}:{port}",
        name=name,
        basic_auth=(user, password) if user else None,
        api_key=password if password and not user else None,
    )


def _port(parts: SplitResult) -> int | None:
    """Return the port that a URL names or its scheme implies; None where there is none."""
    try:
        return parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
