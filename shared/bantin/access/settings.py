"""Settings of the front door: by which names, through which proxies and how often one may ask."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bantin.access.hosts import read_hosts
from bantin.access.proxies import ProxyHeader, read_proxies
from bantin.access.rates import RateClass, read_limit

WITH_KEYS = "auto"
"""The limit that stands for: one where keys are asked for, none on a machine of one's own."""

DEFAULT_LIMITS: Mapping[RateClass, str] = {
    "search": "6000/minute",
    "suggest": "12000/minute",
    "upload": "6000/minute",
    "failed_keys": "30/minute",
    "missing_keys": "60/minute",
}

_READERS: Mapping[str, Callable[[str], object]] = {
    "allowed_hosts": read_hosts,
    "trusted_proxies": read_proxies,
    **{f"rate_limit_{rate}": lambda text: text == WITH_KEYS or read_limit(text) for rate in DEFAULT_LIMITS},
}


def _limit(rate: RateClass, what: str) -> Any:
    about = f"{what} `auto`: {DEFAULT_LIMITS[rate]} where keys are asked for. Empty: any number."
    return Field(default=WITH_KEYS, description=about)


class AccessSettings(BaseSettings):
    """Who may ask, beside the keys: hosts, proxies, rates."""

    model_config = SettingsConfigDict(env_prefix="BANTIN_", frozen=True, extra="ignore", hide_input_in_errors=True)

    allowed_hosts: str = Field(
        default="",
        description="Names that requests may ask by, separated by commas, beside `localhost` and addresses in figures. "
        "Empty: no others, where no keys are asked for; any with keys.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses and networks of the proxies in front, separated by commas: what they say of the client "
        "is believed. Empty: none is.",
    )
    proxy_header: ProxyHeader = Field(
        default="x-forwarded-for", description="The header in which those proxies name the client."
    )
    rate_limit_search: str = _limit("search", "Requests that read, by a key or an address.")
    rate_limit_suggest: str = _limit("suggest", "Requests while somebody types, by a key or an address.")
    rate_limit_upload: str = _limit("upload", "Requests that send files or change something, by a key or an address.")
    rate_limit_failed_keys: str = _limit("failed_keys", "Requests by an address with keys that open nothing.")
    rate_limit_missing_keys: str = _limit("missing_keys", "Requests by an address without a key.")

    @field_validator(*_READERS)
    @classmethod
    def _readable(cls, value: str, info: Any) -> str:
        _READERS[info.field_name](value)
        return value
