"""The search URL of an Elasticsearch: where it is, who we are to it, and the name of our index."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote

from bantin.secrets import split_address

DEFAULT_NAME: Final = "articles"
_PORTS: Final = {"http": 9200, "https": 443}
_FORM: Final = "http(s)://[USER:PASSWORD@]HOST:PORT[/INDEX][?ca=PATH]"
_WRONG: Final = (
    f"the search URL of Elasticsearch must be {_FORM}; "
    "of a password write `/`, `?`, `#` and `@` as %2F, %3F, %23 and %40"
)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Address:
    """`host` is the bare URL; at most one of `basic_auth` (user, password) and `api_key` is set.

    `ca_file` holds the certificates by which an https host is known; None: those that this machine trusts.
    """

    host: str
    name: str
    basic_auth: tuple[str, str] | None = None
    api_key: str | None = None
    ca_file: Path | None = None

    def __repr__(self) -> str:
        """Say where, never with which secret."""
        return f"Address({self.host}/{self.name})"


def parse_address(url: str) -> Address:
    """Read `http(s)://[USER:PASSWORD@]HOST:PORT[/INDEX][?ca=PATH]`; an empty USER makes PASSWORD an API key.

    Raise ValueError, without the secrets of the URL, where it is anything else.
    """
    parts = split_address(url, _WRONG)
    name = parts.path.strip("/") or DEFAULT_NAME
    port = _port(parts)
    if parts.scheme not in _PORTS or port is None or not parts.hostname or "#" in url or "@" in parts.path:
        raise ValueError(_WRONG)
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} can't name an index: use lower-case letters, digits, '.', '_' and '-'")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Address(
        host=f"{parts.scheme}://{host}:{port}",
        name=name,
        basic_auth=(user, password) if user else None,
        api_key=password if password and not user else None,
        ca_file=_ca_file(parts),
    )


def _ca_file(parts: SplitResult) -> Path | None:
    """Return the file of certificates that a URL names. Raise ValueError where it asks for anything else."""
    if not parts.query:
        return None
    asked = parse_qs(parts.query)
    if list(asked) != ["ca"] or len(asked["ca"]) != 1:
        raise ValueError(f"the search URL of Elasticsearch takes ca and nothing else behind `?`: {_FORM}")
    if parts.scheme != "https":
        raise ValueError("ca is for https: without it nothing is encrypted, nor is the host known")
    return Path(asked["ca"][0])


def _port(parts: SplitResult) -> int | None:
    """Return the port that a URL names or its scheme implies; None where there is none."""
    try:
        return parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
