"""The receipts' records on disk: a view of the receipts topic that can be thrown away and built again.

The next offset to read of each partition is kept in the same transaction as the records before it, so the view is
never ahead of nor behind what it says it has seen. All methods block; call them in a thread.
"""

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import structlog

from bantin.events import ReceiptRecorded
from bantin_ingest.receipts.fold import precedence

logger = structlog.get_logger(__name__)

_VERSION = 1
_SCHEMA = f"""
CREATE TABLE records (
    receipt_id TEXT NOT NULL, stage TEXT NOT NULL, batch_id TEXT NOT NULL, at INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (receipt_id, stage)
) WITHOUT ROWID;
CREATE INDEX records_by_batch ON records (batch_id);
CREATE TABLE positions (partition INTEGER PRIMARY KEY, next INTEGER NOT NULL);
PRAGMA user_version = {_VERSION};
"""
_UPSERT = """
INSERT INTO records VALUES (?, ?, ?, ?, ?) ON CONFLICT (receipt_id, stage) DO UPDATE
SET batch_id = excluded.batch_id, at = excluded.at, record = excluded.record
WHERE (excluded.at, excluded.record) > (records.at, records.record)
"""
_POSITION = "INSERT INTO positions VALUES (?, ?) ON CONFLICT (partition) DO UPDATE SET next = excluded.next"


class ReceiptStore:
    """Receipt records by receipt and by batch, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = _opened(path)
        weakref.finalize(self, self._connection.close)

    def apply(self, records: Iterable[ReceiptRecorded], positions: Mapping[int, int]) -> None:
        """Keep the records, and that each partition has been read up to its next offset, at once."""
        rows = [(record.receipt_id, record.stage, record.batch_id, *precedence(record)) for record in records]
        with self._lock, _transaction(self._connection):
            self._connection.executemany(_UPSERT, rows)
            self._connection.executemany(_POSITION, positions.items())

    def positions(self) -> dict[int, int]:
        """Return the next offset to read of each partition."""
        with self._lock:
            return dict(self._connection.execute("SELECT partition, next FROM positions").fetchall())

    def of_receipt(self, receipt_id: str) -> list[ReceiptRecorded]:
        """Return the records of one receipt."""
        return self._select("SELECT record FROM records WHERE receipt_id = ?", (receipt_id,))

    def of_batch(self, batch_id: str) -> list[ReceiptRecorded]:
        """Return the records of every receipt of a batch."""
        return self._select("SELECT record FROM records WHERE batch_id = ?", (batch_id,))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock, _transaction(self._connection):
            self._connection.execute("DELETE FROM records")
            self._connection.execute("DELETE FROM positions")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    def _select(self, query: str, parameters: Sequence[str]) -> list[ReceiptRecorded]:
        with self._lock:
            rows = self._connection.execute(query, parameters).fetchall()
        return [ReceiptRecorded.model_validate_json(record) for (record,) in rows]


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file, made if missing, and made anew where it is broken: the log has it all."""
    try:
        return _prepared(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        logger.warning("receipts_rebuilt", why=f"{path.name} is broken: {error}")
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # it can be built again from the log
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            connection.executescript("DROP TABLE IF EXISTS records; DROP TABLE IF EXISTS positions;" + _SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection


class _transaction:  # noqa: N801 - used like a function
    """Commit the block's writes together, or none of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._connection.execute("ROLLBACK" if kind else "COMMIT")
