"""The receipts' records on disk: a view of the receipts topic that can be thrown away and built again.

The next offset to read of each partition is kept in the same transaction as the records before it, so the view is
never ahead of nor behind what it says it has seen. All methods block; call them in a thread.
"""

import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bantin.events import ReceiptRecorded
from bantin_ingest.log_view import open_view, transaction
from bantin_ingest.receipts.fold import precedence

_VERSION = 2
_SCHEMA = """
DROP TABLE IF EXISTS records;
DROP TABLE IF EXISTS positions;
CREATE TABLE records (
    receipt_id TEXT NOT NULL, stage TEXT NOT NULL, letter TEXT NOT NULL,
    batch_id TEXT NOT NULL, at INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (receipt_id, stage, letter)
) WITHOUT ROWID;
CREATE INDEX records_by_batch ON records (batch_id);
CREATE TABLE positions (partition INTEGER PRIMARY KEY, next INTEGER NOT NULL);
"""
_UPSERT = """
INSERT INTO records VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (receipt_id, stage, letter) DO UPDATE
SET batch_id = excluded.batch_id, at = excluded.at, record = excluded.record
WHERE (excluded.at, excluded.record) > (records.at, records.record)
"""
_POSITION = "INSERT INTO positions VALUES (?, ?) ON CONFLICT (partition) DO UPDATE SET next = excluded.next"


class ReceiptStore:
    """Receipt records by receipt and by batch, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = open_view(path, _VERSION, _SCHEMA)
        weakref.finalize(self, self._connection.close)

    def apply(self, records: Iterable[ReceiptRecorded], positions: Mapping[int, int]) -> None:
        """Keep the records, and that each partition has been read up to its next offset, at once."""
        rows = [
            (record.receipt_id, record.stage, record.letter or "", record.batch_id, *precedence(record))
            for record in records
        ]
        with self._lock, transaction(self._connection):
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
        with self._lock, transaction(self._connection):
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
