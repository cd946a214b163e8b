"""The log's tables and the statements on them; each function runs on the connection's own thread."""

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from bantin.eventlog.port import Headers, LogRefusedError, Message, Record

FORMAT = 1
"""Kept in `user_version`; a file of a newer format is refused."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS topics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    next_offset INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS records (
    topic INTEGER NOT NULL REFERENCES topics (id),
    "offset" INTEGER NOT NULL,
    timestamp INTEGER NOT NULL,
    headers TEXT NOT NULL,
    key BLOB,
    value BLOB,
    UNIQUE (topic, "offset")
);
CREATE TABLE IF NOT EXISTS commits (
    member_group TEXT NOT NULL,
    topic TEXT NOT NULL,
    next_offset INTEGER NOT NULL,
    PRIMARY KEY (member_group, topic)
) WITHOUT ROWID;
"""

Row = tuple[str, str, bytes | None, bytes | None]
"""topic, headers as JSON, key, value"""


def create_tables(connection: sqlite3.Connection) -> None:
    """Create what is missing; refuse a file that a newer program wrote."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > FORMAT:
        raise LogRefusedError(f"the log file has format {found}, this program knows {FORMAT}: upgrade Bản Tin")
    if found < FORMAT:
        connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT")


def create_topics(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Create the topics that do not exist yet."""
    connection.executemany("INSERT OR IGNORE INTO topics (name) VALUES (?)", [(name,) for name in names])


def rows_of(messages: Sequence[Message]) -> list[Row]:
    """Return the messages as they are stored."""
    return [(message.topic, _headers_to_json(message.headers), message.key, message.value) for message in messages]


def append(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Append the rows, each to its topic; raise LogRefusedError, having changed nothing, if a topic is missing."""
    counts = Counter(topic for topic, *_ in rows)
    places: dict[str, tuple[int, int]] = {}
    for name in counts:
        place = connection.execute("SELECT id, next_offset FROM topics WHERE name = ?", (name,)).fetchone()
        if place is None:
            raise LogRefusedError(f"topic {name!r} does not exist: create it before publishing to it")
        places[name] = place
    now = time.time_ns() // 1_000_000
    for name, headers, key, value in rows:
        topic, offset = places[name]
        places[name] = topic, offset + 1
        connection.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", (topic, offset, now, headers, key, value))
    connection.executemany(
        "UPDATE topics SET next_offset = next_offset + ? WHERE name = ?",
        [(count, name) for name, count in counts.items()],
    )


def read(connection: sqlite3.Connection, topic: str, start: int, *, max_records: int, max_bytes: int) -> list[Record]:
    """Return records of a topic from `start` on; at least one if there is one, then no more than fit `max_bytes`."""
    query = """
        SELECT "offset", timestamp, headers, key, value FROM records
        WHERE topic = (SELECT id FROM topics WHERE name = ?) AND "offset" >= ? ORDER BY "offset" LIMIT ?
    """
    records: list[Record] = []
    left = max_bytes
    with closing(connection.execute(query, (topic, start, max_records))) as rows:
        for offset, timestamp, headers, key, value in rows:
            left -= len(headers) + len(key or b"") + len(value or b"")
            if records and left < 0:
                break
            records.append(Record(topic, 0, offset, timestamp, key, value, _headers_from_json(headers)))
    return records


def commit(connection: sqlite3.Connection, group: str, offsets: Mapping[str, int]) -> None:
    """Remember the next offset that the group reads of each topic."""
    connection.executemany(
        "INSERT INTO commits VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset",
        [(group, topic, offset) for topic, offset in offsets.items()],
    )


def committed(connection: sqlite3.Connection, group: str, topic: str) -> int:
    """Return the next offset that the group reads of a topic; 0 for a new group."""
    query = "SELECT next_offset FROM commits WHERE member_group = ? AND topic = ?"
    found = connection.execute(query, (group, topic)).fetchone()
    return found[0] if found else 0


def end_offset(connection: sqlite3.Connection, topic: str) -> int:
    """Return the offset of the topic's next record; raise LogRefusedError if there is no such topic."""
    found = connection.execute("SELECT next_offset FROM topics WHERE name = ?", (topic,)).fetchone()
    if found is None:
        raise LogRefusedError(f"topic {topic!r} does not exist")
    return found[0]


def _headers_to_json(headers: Headers) -> str:
    """Latin-1 maps every byte to a character and back, so any value survives and plain ones stay readable."""
    return json.dumps([(name, None if value is None else value.decode("latin-1")) for name, value in headers])


def _headers_from_json(text: str) -> Headers:
    return tuple((name, None if value is None else value.encode("latin-1")) for name, value in json.loads(text))
