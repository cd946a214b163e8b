"""Decides which dropped files are ready: those that have not changed for a while. No I/O."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bantin_ingest.receipts.model import Batch, Receipt

DONE, FAILED = "done", "failed"
UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".crdownload", ".download", ".swp")
"""How programs call a file that they have not finished writing; they rename it when they have."""

EMPTY_FACTOR = 3
"""An empty file may be one that somebody is about to write to; it is given this many times as long."""


class Sighting(NamedTuple):
    """A file in the drop folder as it was seen. `path` is relative to the folder."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class _First:
    sighting: Sighting
    at: float


def is_candidate(name: str, *, top: bool) -> bool:
    """Return whether a file or folder of this name is looked at; `top` says that it lies in the folder itself."""
    if name.startswith((".", "~$")) or name.lower().endswith(UNFINISHED):
        return False
    return not (top and name in (DONE, FAILED))


def destination(receipt: Receipt) -> str:
    """Return the folder for a file that has ended so."""
    return DONE if receipt.status in ("indexed", "duplicate") else FAILED


def destination_of_archive(batch: Batch) -> str:
    """Return the folder for an archive whose members have ended so: failed only if none of them is of use."""
    return DONE if any(destination(receipt) == DONE for receipt in batch.files) else FAILED


class Settling:
    """Remembers when each file was first seen as it is now."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._first: dict[str, _First] = {}

    @property
    def waiting(self) -> bool:
        """Whether there are files that are not ready yet."""
        return bool(self._first)

    def observe(self, present: Iterable[Sighting], now: float) -> Sequence[Sighting]:
        """Return the files that have been the same since at least the settling time, oldest sighting first.

        `present` are all files there now, `now` a monotonic time in seconds. Files that are gone are forgotten.
        """
        latest: dict[str, _First] = {}
        for sighting in present:
            before = self._first.get(sighting.path)
            latest[sighting.path] = before if before and before.sighting == sighting else _First(sighting, now)
        self._first = latest
        settled = [first for first in latest.values() if now - first.at >= self._patience(first.sighting)]
        return [first.sighting for first in sorted(settled, key=lambda first: (first.at, first.sighting.path))]

    def _patience(self, sighting: Sighting) -> float:
        return self._seconds * (1 if sighting.size else EMPTY_FACTOR)
