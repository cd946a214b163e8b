"""A Kafka log's URL: where the brokers are, who we are to them, how often they copy what we publish."""

import re
import ssl
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote

from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from bantin.secrets import split_address

BROKER_DEFAULT = -1
"""Replication factor that leaves the choice to the brokers' `default.replication.factor`."""

MECHANISMS = {"PLAIN": SASLPlaintext, "SCRAM-SHA-256": SASLScram256, "SCRAM-SHA-512": SASLScram512}
PARAMETERS = {"replication_factor", "tls", "ca", "cert", "key", "mechanism"}

_FORM: Final = (
    "a Kafka log's URL is kafka://[USER@]HOST[:PORT][,HOST[:PORT]…][?PARAMETER=VALUE&…]; "
    "of a password write `/`, `?`, `#` and `@` as %2F, %3F, %23 and %40"
)
_NOT_SHOWN: Final = (
    "what stands behind `?` in the Kafka log's URL can't be used, and is not shown, as it holds an `@`; "
    "of a password write `/`, `?`, `#` and `@` as %2F, %3F, %23 and %40"
)
_HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\[\]:\s]+)(?::(?P<port>[0-9]{1,5}))?")
_PORT: Final = "9092"
_HIGHEST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class KafkaAddress:
    """`kafka://[USER:PASSWORD@]HOST:PORT[,HOST:PORT…][?PARAMETER=VALUE&…]`.

    `replication_factor` (of topics that we create), `tls` (1 or 0; default 1 with a user, 0 without), `ca` (path of
    the authorities to trust instead of the system's), `cert` and `key` (paths of a certificate to show the brokers and
    of its key; `key` may be in the same file), `mechanism` (PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, the default).
    """

    servers: tuple[str, ...]
    replication_factor: int = BROKER_DEFAULT
    security: BaseSecurity | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> "KafkaAddress":
        """Return the parts of a URL; raise ValueError, which never shows the password, if it is none of ours."""
        parts = split_address(url, _FORM)
        credentials, _, hosts = parts.netloc.rpartition("@")
        if parts.scheme != "kafka" or parts.path not in ("", "/") or "#" in url:
            raise ValueError(_FORM)
        servers = tuple(_server(host) for host in hosts.split(",") if host)
        if not servers:
            raise ValueError(_FORM)
        try:
            return cls(servers, *_options(credentials, parts.query))
        except ValueError:
            if "@" in parts.query:  # the rest of a password whose `?` was not escaped: not to be shown
                raise ValueError(_NOT_SHOWN) from None
            raise


def _server(host: str) -> str:
    """Return HOST:PORT, or [ADDRESS]:PORT; raise ValueError, which shows nothing of it, where it is neither."""
    found = _HOST.fullmatch(host)
    if found is None or not 0 < int(found["port"] or _PORT) <= _HIGHEST_PORT:
        raise ValueError(_FORM)
    return f"{found['name']}:{found['port'] or _PORT}"


def _options(credentials: str, query: str) -> tuple[int, BaseSecurity | None]:
    """Return the replication factor and the security that a URL asks for; raise ValueError for what is wrong."""
    parameters = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := parameters.keys() - PARAMETERS:
        raise ValueError(f"unknown in a Kafka log's URL: {sorted(unknown)}; known are {sorted(PARAMETERS)}")
    factor = parameters.get("replication_factor", str(BROKER_DEFAULT))
    if factor != str(BROKER_DEFAULT) and not (factor.isdecimal() and int(factor) > 0):
        raise ValueError(f"replication_factor is {factor!r}: give a number from 1 to the number of brokers")
    return int(factor), _security(credentials, parameters)


def _security(credentials: str, parameters: dict[str, str]) -> BaseSecurity | None:
    tls = parameters.get("tls", "1" if credentials else "0")
    if tls not in ("0", "1"):
        raise ValueError(f"tls is {tls!r}: give 1 or 0")
    if tls == "0" and (given := parameters.keys() & {"ca", "cert", "key"}):
        raise ValueError(f"{sorted(given)[0]} needs tls=1")
    context = _context(parameters) if tls == "1" else None
    if not credentials:
        return BaseSecurity(ssl_context=context, use_ssl=True) if context else None
    mechanism = parameters.get("mechanism", "SCRAM-SHA-512")
    if mechanism not in MECHANISMS:
        raise ValueError(f"mechanism is {mechanism!r}; known are {sorted(MECHANISMS)}")
    user, _, password = credentials.partition(":")
    return MECHANISMS[mechanism](unquote(user), unquote(password), ssl_context=context, use_ssl=tls == "1")


def _context(parameters: dict[str, str]) -> ssl.SSLContext:
    if "key" in parameters and "cert" not in parameters:
        raise ValueError("key needs cert, the certificate that it belongs to")
    doing = f"ca={parameters.get('ca')}"
    try:
        context = ssl.create_default_context(cafile=parameters.get("ca"))
        if cert := parameters.get("cert"):
            doing = f"cert={cert}"
            context.load_cert_chain(cert, parameters.get("key"))
    except OSError as error:  # no such file, or no certificates in it
        raise ValueError(f"{doing} of the Kafka log's URL can't be used: {error}") from None
    return context
