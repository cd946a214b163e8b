"""The keys that a process knows: those in the keys file, as it is now, and those it made for itself."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bantin.access.keys import KeysError, Scope, StoredKey, authenticate, new_key, parse_keys
from bantin.access.keys_file import unreadable
from bantin.access.last_used import LastUsed, beside

Signature = tuple[int, int, int]

logger = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Keyring:
    """Looks at the file before each answer, so that a key made, revoked or expired counts from the next request on.

    While the file is missing or broken nobody is let in, and KeysError says why.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = utc_now, used: Path | None = None) -> None:
        """`used` is the file that keeps when each key was last used; unset, it lies beside the keys file."""
        self.last_used = LastUsed(used or beside(path))
        self._path = path
        self._clock = clock
        self._seen: Signature | None = None
        self._kept: Mapping[str, StoredKey] = {}
        self._trouble: KeysError | None = None
        self._own: dict[str, StoredKey] = {}

    def authenticate(self, presented: str | None) -> StoredKey:
        """Return the key that was presented. Raise KeyRefusedError if it opens nothing, KeysError without a file."""
        kept, now = self._current(), self._clock()
        key = authenticate({**kept, **self._own}, presented, now)
        if key.id in kept:
            self.last_used.note(key.id, now)
        return key

    def issue(self, name: str, scopes: Sequence[Scope]) -> str:
        """Return a key that only this process knows, and that ends with it."""
        made = new_key(name, scopes, self._clock(), taken={*self._kept, *self._own})
        self._own[made.stored.id] = made.stored
        return made.presented

    async def check(self) -> None:
        """Raise KeysError if the file can't be read (a readiness check)."""
        self._current()

    def _current(self) -> Mapping[str, StoredKey]:
        if self._trouble or self._seen is None or self._seen != self._signature():
            self._read()
        if self._trouble:
            raise self._trouble
        return self._kept

    def _signature(self) -> Signature | None:
        try:
            return _signature(self._path.stat())
        except OSError:
            return None

    def _read(self) -> None:
        told = str(self._trouble)
        try:
            with self._path.open("rb") as file:
                # Before the content is read: a change meanwhile is then seen the next time.
                self._seen = _signature(os.fstat(file.fileno()))
                keys = parse_keys(file.read(), str(self._path))
        except OSError as error:
            self._fail(unreadable(self._path, error), told)
        except KeysError as error:
            self._fail(error, told)
        else:
            self._kept = {key.id: key for key in keys}
            self._trouble = None
            logger.info("keys_read", file=str(self._path), count=len(keys))

    def _fail(self, trouble: KeysError, told: str) -> None:
        self._kept, self._trouble = {}, trouble
        if str(trouble) != told:
            logger.error("keys_unavailable", error=str(trouble))


def _signature(status: os.stat_result) -> Signature:
    """Return what changes with the file; a file renamed into its place within one clock tick has another inode."""
    return status.st_mtime_ns, status.st_size, status.st_ino
