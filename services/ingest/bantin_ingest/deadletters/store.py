"""Dead letters and the actions about them on disk: a view of the log that can be thrown away and built again.

The next offset to read of each partition is kept in the same transaction as what was read before it. All methods
block; call them in a thread.
"""

import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bantin.eventlog.port import TopicPartition
from bantin.events import DeadLetterAction
from bantin_ingest.deadletters.letters import DecidedLetter, Letter, PlacedAction, State, decided
from bantin_ingest.log_view import open_view, transaction

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VERSION = 1
_SCHEMA = """
DROP TABLE IF EXISTS letters;
DROP TABLE IF EXISTS actions;
DROP TABLE IF EXISTS positions;
CREATE TABLE letters (
    letter TEXT PRIMARY KEY, died_at INTEGER NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL,
    place INTEGER NOT NULL, facts TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX letters_by_state ON letters (state, died_at, letter);
CREATE TABLE actions (
    partition INTEGER NOT NULL, "offset" INTEGER NOT NULL, letter TEXT NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (partition, "offset")
) WITHOUT ROWID;
CREATE INDEX actions_by_letter ON actions (letter);
CREATE TABLE positions (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (topic, partition)
) WITHOUT ROWID;
"""
_KEEP = """
INSERT INTO letters VALUES (?, ?, ?, ?, 'open', ?, ?) ON CONFLICT (letter) DO UPDATE
SET died_at = excluded.died_at, stage = excluded.stage, reason = excluded.reason, place = excluded.place,
    facts = excluded.facts
WHERE excluded.place < letters.place
"""
_POSITION = "INSERT INTO positions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next"

Mark = tuple[int, str]
"""Where a page ended: `died_at` in microseconds since 1970, and the letter."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which letters: those of a state, a reason and a stage, each None for any."""

    state: State | None = "open"
    reason: str | None = None
    stage: str | None = None

    def where(self) -> tuple[str, list[str]]:
        """Return it as a condition and its parameters."""
        wanted = {"state": self.state, "reason": self.reason, "stage": self.stage}
        given = {column: value for column, value in wanted.items() if value is not None}
        return " AND ".join(["TRUE", *(f"{column} = ?" for column in given)]), list(given.values())


class LetterStore:
    """Dead letters with what became of them, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._connection = open_view(path, _VERSION, _SCHEMA)
        weakref.finalize(self, self._connection.close)

    def apply(
        self, letters: Sequence[Letter], actions: Sequence[PlacedAction], positions: Mapping[TopicPartition, int]
    ) -> None:
        """Keep what was read, and that each partition has been read up to its next offset, at once.

        Of a letter that was buried twice the record of the lower offset stays.
        """
        with self._lock, transaction(self._connection):
            self._connection.executemany(_KEEP, [_row(letter) for letter in letters])
            self._connection.executemany(
                "INSERT OR REPLACE INTO actions VALUES (?, ?, ?, ?)",
                [(act.partition, act.offset, act.event.letter, act.event.model_dump_json()) for act in actions],
            )
            for name in {letter.letter for letter in letters} | {action.event.letter for action in actions}:
                found = self._found(name)
                if found is not None:
                    self._connection.execute("UPDATE letters SET state = ? WHERE letter = ?", (found.state, name))
            self._connection.executemany(_POSITION, [(*place, offset) for place, offset in positions.items()])

    def positions(self) -> dict[TopicPartition, int]:
        """Return the next offset to read of each partition."""
        with self._lock:
            rows = self._connection.execute("SELECT topic, partition, next FROM positions").fetchall()
        return {TopicPartition(topic, partition): offset for topic, partition, offset in rows}

    def find(self, letter: str) -> DecidedLetter | None:
        """Return a letter by its name."""
        with self._lock:
            return self._found(letter)

    def actions(self, letter: str) -> list[PlacedAction]:
        """Return the actions about a letter."""
        with self._lock:
            return self._actions(letter)

    def listing(
        self, selection: Selection, after: Mark | None, size: int
    ) -> tuple[list[DecidedLetter], list[tuple[str, str, int]]]:
        """Return a page, and the counts over all of the selection's state, as of one moment."""
        with self._lock:
            return self.page(selection, after, size), self.count(Selection(selection.state))

    def page(self, selection: Selection, after: Mark | None, size: int) -> list[DecidedLetter]:
        """Return up to `size` letters, the latest first, from behind `after` on."""
        where, parameters = selection.where()
        if after is not None:
            where, parameters = f"{where} AND (died_at, letter) < (?, ?)", [*parameters, *after]
        query = f"SELECT letter FROM letters WHERE {where} ORDER BY died_at DESC, letter DESC LIMIT ?"  # noqa: S608
        with self._lock:
            names = self._connection.execute(query, (*parameters, size)).fetchall()
            return [letter for (name,) in names if (letter := self._found(name))]

    def count(self, selection: Selection) -> list[tuple[str, str, int]]:
        """Return how many letters there are of each stage and reason, the most first."""
        where, parameters = selection.where()
        query = (
            f"SELECT stage, reason, count(*) FROM letters WHERE {where} "  # noqa: S608 - of our own names only
            "GROUP BY stage, reason ORDER BY count(*) DESC, stage, reason"
        )
        with self._lock:
            return self._connection.execute(query, parameters).fetchall()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock, transaction(self._connection):
            for table in ("letters", "actions", "positions"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    def _found(self, letter: str) -> DecidedLetter | None:
        row = self._connection.execute("SELECT facts FROM letters WHERE letter = ?", (letter,)).fetchone()
        return decided(Letter.model_validate_json(row[0]), self._actions(letter)) if row else None

    def _actions(self, letter: str) -> list[PlacedAction]:
        query = 'SELECT event, partition, "offset" FROM actions WHERE letter = ?'
        rows: Iterable[tuple[str, int, int]] = self._connection.execute(query, (letter,)).fetchall()
        return [
            PlacedAction(DeadLetterAction.model_validate_json(event), partition, offset)
            for event, partition, offset in rows
        ]


def mark(letter: Letter) -> Mark:
    """Return where a page ends that ends with the letter."""
    return (letter.died_at - _EPOCH) // timedelta(microseconds=1), letter.letter


def _row(letter: Letter) -> tuple[str, int, str, str, int, str]:
    died_at, name = mark(letter)
    return name, died_at, letter.stage, letter.reason.code, letter.offset, letter.model_dump_json()
