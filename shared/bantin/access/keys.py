"""What a key is: 256 random bits with a readable prefix, of which only a SHA-256 and what it opens are kept.

A random key of that size can't be guessed from its hash, so a plain SHA-256 does and no slow hash is needed.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

Scope = Literal["ingest", "search", "ops"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
State = Literal["usable", "revoked", "expired"]
Reason = Literal["missing", "unknown", "revoked", "expired"]

ID_BYTES = 4
SECRET_BYTES = 32
PRESENTED = re.compile(r"bantin_([0-9a-f]{8})_[0-9a-f]{64}")
NOBODY = "0" * 64
"""Compared with where the id is unknown, so that an unknown id takes no less time than a wrong secret."""


class KeysError(Exception):
    """A keys file, or a change to it, is not as it has to be; the message names the file or value and the remedy."""


class KeyRefusedError(Exception):
    """A key opens nothing, for a `reason` that its holder may know."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def _in_order(scopes: tuple[Scope, ...]) -> tuple[Scope, ...]:
    return tuple(scope for scope in SCOPES if scope in scopes)


def _printable(name: str) -> str:
    if not name.isprintable() or name != name.strip():
        raise ValueError("should be one line of text without spaces around it")
    return name


class StoredKey(BaseModel):
    """What is kept of a key. An unknown field is an error: a misspelt `expires` would never expire."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{8}\z")]
    name: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1), AfterValidator(_in_order)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}\z")]
    created: AwareDatetime
    expires: AwareDatetime | None = None
    revoked: AwareDatetime | None = None

    def state(self, now: datetime) -> State:
        """Return whether the key opens anything at this moment; it has expired from `expires` on."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and self.expires <= now else "usable"


class _KeysFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1]
    keys: tuple[StoredKey, ...]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: what is kept of it, and the key itself, which nobody can show again."""

    stored: StoredKey
    presented: str

    def __repr__(self) -> str:
        return f"NewKey({self.stored.id})"


def new_key(
    name: str,
    scopes: Iterable[str],
    now: datetime,
    expires: datetime | None = None,
    taken: Collection[str] = (),
    random_hex: Callable[[int], str] = secrets.token_hex,
) -> NewKey:
    """Make a key whose id is not among those taken; raise KeysError for a name, scope or expiry that can't be."""
    if expires is not None and expires <= now:
        raise KeysError(f"the key would have expired already, at {expires.isoformat()}; name a later time")
    while (key_id := random_hex(ID_BYTES)) in taken:
        pass
    presented = f"bantin_{key_id}_{random_hex(SECRET_BYTES)}"
    given = {"id": key_id, "name": name, "scopes": tuple(scopes), "sha256": digest(presented)}
    try:
        stored = StoredKey.model_validate({**given, "created": now, "expires": expires})
    except ValidationError as error:
        raise KeysError(f"no such key can be: {_told(error)}; scopes are {', '.join(SCOPES)}") from None
    return NewKey(stored, presented)


def digest(presented: str) -> str:
    """Return the SHA-256 of a key, in hexadecimal."""
    return hashlib.sha256(presented.encode()).hexdigest()


def authenticate(keys: Mapping[str, StoredKey], presented: str | None, now: datetime) -> StoredKey:
    """Return the key of those kept (by id) that was presented; raise KeyRefusedError if none is, or if it is spent."""
    if not presented:
        raise KeyRefusedError("missing")
    shaped = PRESENTED.fullmatch(presented)
    stored = keys.get(shaped[1]) if shaped else None
    same = hmac.compare_digest(digest(presented), stored.sha256 if stored else NOBODY)
    if stored is None or not same:
        raise KeyRefusedError("unknown")
    if (state := stored.state(now)) != "usable":
        raise KeyRefusedError(state)
    return stored


def parse_keys(content: bytes, source: str) -> tuple[StoredKey, ...]:
    """Return the keys in a keys file; a blank file holds none. Raise KeysError, which names `source` and the remedy."""
    if not content.strip():
        return ()
    try:
        keys = _KeysFile.model_validate_json(content).keys
    except ValidationError as error:
        raise _broken(source, _told(error)) from None
    if len({key.id for key in keys}) < len(keys):
        raise _broken(source, "two keys have the same id")
    return keys


def serialise_keys(keys: Iterable[StoredKey]) -> bytes:
    """Return what a keys file holds: JSON, fit to be read by people."""
    return (_KeysFile(version=1, keys=tuple(keys)).model_dump_json(indent=2, exclude_none=True) + "\n").encode()


def _broken(source: str, what: str) -> KeysError:
    return KeysError(
        f"{source} is not a keys file: {what}; mend it, or move it away and make keys anew with `bantin keys create`"
    )


def _told(error: ValidationError) -> str:
    """Say what is wrong and where, without the values: one of them may be a key that got there by mistake."""
    items = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(": ".join(filter(None, (".".join(map(str, item["loc"])), item["msg"]))) for item in items[:3])
