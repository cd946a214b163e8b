"""Where a part of the site is that another service serves: a setting, so that links lead across services."""

from typing import Annotated

from pydantic import AfterValidator

from bantin.secrets import masked, split_address

SAME_ORIGIN = "/"
_FORM = "give http(s)://HOST[:PORT], `/` for this very address, or nothing"


def _checked(address: str) -> str:
    """Return the address as links begin with it; raise ValueError with the remedy."""
    parts = split_address(address, f"it can't be read: {_FORM}")
    elsewhere = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    if address and address != SAME_ORIGIN and not elsewhere:
        raise ValueError(f"{masked(address)!r}: {_FORM}")
    return address


SiteAddress = Annotated[str, AfterValidator(_checked)]
"""`http(s)://HOST[:PORT]`, `/` where it is served at the very address of this service, empty where nobody knows."""


def link(address: str, path: str) -> str | None:
    """Return the address of a page of that part of the site; None where the part's own is not known."""
    return address.rstrip("/") + path if address else None
