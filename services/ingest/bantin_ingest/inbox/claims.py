"""Remembers which dropped files were published and still wait for their outcome, so that none is published twice.

A claim is written before its file is published and removed after the file was moved; a crash in between leaves it,
and the receipt decides: if it is on the log the file only waits, if it is not the file is taken anew.
All methods block; call them in a thread.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bantin_ingest.inbox.settling import Sighting

_SCHEMA = """
CREATE TABLE IF NOT EXISTS claims (
    path BLOB PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, receipt_id TEXT NOT NULL, batch_id TEXT
) WITHOUT ROWID
"""
_ADD_BATCH = "ALTER TABLE claims ADD COLUMN batch_id TEXT"


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that was, or was about to be, published under a receipt; an archive under a batch of them.

    `batch_id` is None for a file with one receipt; an archive's `receipt_id` is that of its first member.
    """

    sighting: Sighting
    receipt_id: str
    batch_id: str | None = None


class Claims:
    """Claims in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
        weakref.finalize(self, self._connection.close)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(_SCHEMA)
        if "batch_id" not in {row[1] for row in self._connection.execute("PRAGMA table_info(claims)")}:
            self._connection.execute(_ADD_BATCH)  # the file is from before archives were unpacked

    def all(self) -> list[Claim]:
        """Return every claim."""
        with self._lock:
            rows = self._connection.execute("SELECT path, size, mtime_ns, receipt_id, batch_id FROM claims").fetchall()
        return [Claim(Sighting(os.fsdecode(path), *seen), receipt, batch) for path, *seen, receipt, batch in rows]

    def add(self, claims: Iterable[Claim]) -> None:
        """Keep claims durably; of one path the newest."""
        rows = [
            (os.fsencode(path), size, mtime_ns, claim.receipt_id, claim.batch_id)
            for claim in claims
            for path, size, mtime_ns in [claim.sighting]
        ]
        with self._lock, self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO claims (path, size, mtime_ns, receipt_id, batch_id) VALUES (?, ?, ?, ?, ?)",
                rows,
            )

    def remove(self, claims: Iterable[Claim]) -> None:
        """Forget claims."""
        rows = [(os.fsencode(claim.sighting.path), claim.receipt_id) for claim in claims]
        with self._lock, self._connection:
            self._connection.executemany("DELETE FROM claims WHERE path = ? AND receipt_id = ?", rows)
