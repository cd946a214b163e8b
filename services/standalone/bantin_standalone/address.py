"""Where this machine reaches a platform: what listens on an address, or the one that the settings name."""

from pydantic_settings import BaseSettings, SettingsConfigDict

from bantin.settings import Settings
from bantin.starting import read_settings
from bantin_standalone.client import ClientError

THIS_MACHINE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to call what listens everywhere


class _Place(BaseSettings):
    """Of the platform's settings those that say where it listens: a client needs no others to be in order."""

    model_config = SettingsConfigDict(env_prefix="BANTIN_", frozen=True, extra="ignore", hide_input_in_errors=True)

    host: str = Settings.model_fields["host"].default
    port: int = Settings.model_fields["port"].default


def address_here(host: str, port: int) -> str:
    """Return the URL by which this machine reaches what listens on a host and port."""
    host = THIS_MACHINE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def platform_address(given: str) -> str:
    """Return the URL that was given, else that of the platform which BANTIN_HOST and BANTIN_PORT (or neither) name.

    Raise ClientError where they leave the port open, SystemExit where they are wrong.
    """
    if given:
        return given
    place = read_settings(_Place)
    if not place.port:
        raise ClientError("BANTIN_PORT is 0, so the platform took any port: name its address, http://HOST:PORT")
    return address_here(place.host, place.port)
