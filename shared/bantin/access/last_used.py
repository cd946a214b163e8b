"""When each key was last used: noted in memory, written every few seconds to a file that many processes share.

The keys file itself stays as it is: services need no right to write it, and no request waits for a disk.
"""

import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import anyio
import structlog
from anyio.to_thread import run_sync
from filelock import FileLock, Timeout
from pydantic import AwareDatetime, TypeAdapter, ValidationError

WRITE_SECONDS = 15.0
LOCK_SECONDS = 2.0

_FILE = TypeAdapter(dict[str, AwareDatetime])

logger = structlog.get_logger(__name__)


def beside(keys: Path) -> Path:
    """Return where this is kept for a keys file, unless BANTIN_KEYS_USED names another place."""
    return keys.with_name(f"{keys.name}.used")


def read_last_used(path: Path) -> Mapping[str, datetime]:
    """Return when each key was last used, by its id; nothing where the file is not there or is none of ours."""
    try:
        return _FILE.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return {}


class LastUsed:
    """Notes uses, and keeps the latest of each key in the file; an older one never replaces a newer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._noted: dict[str, datetime] = {}
        self._told = False

    def note(self, key_id: str, at: datetime) -> None:
        """Note that a key is used."""
        self._noted[key_id] = at

    async def run(self, stop: anyio.Event) -> None:
        """Write what was noted, every few seconds and at the end."""
        ending = False
        while not ending:
            with anyio.move_on_after(WRITE_SECONDS):
                await stop.wait()
            ending = stop.is_set()
            noted, self._noted = self._noted, {}
            if noted and not await run_sync(self._write, noted):
                self._noted = noted | self._noted

    def _write(self, noted: Mapping[str, datetime]) -> bool:
        """Return whether the file holds it now; without a right to write it goes on without, and says so once."""
        try:
            with FileLock(self._path.with_name(f".{self._path.name}.lock"), timeout=LOCK_SECONDS):
                kept = dict(read_last_used(self._path))
                for key_id, at in noted.items():
                    kept[key_id] = max(at, kept.get(key_id, at))
                _replace(self._path, _FILE.dump_json(kept, indent=1))
        except (OSError, Timeout) as error:
            if not self._told:
                remedy = "name a file that can be written by BANTIN_KEYS_USED; keys work all the same"
                logger.warning("last_used_not_kept", file=str(self._path), error=str(error), remedy=remedy)
            self._told = True
            return False
        return True


def _replace(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
