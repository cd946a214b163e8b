"""An SQLite file that is a view of the log: thrown away and made again where it is broken or of another version."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import structlog

from bantin.folders import make_private

logger = structlog.get_logger(__name__)


def open_view(path: Path, version: int, schema: str) -> sqlite3.Connection:
    """Open the file, made if missing, and made anew where it is broken: the log has it all.

    `schema` makes the tables of a `version`, and drops first what an earlier version may have left of them.
    """
    make_private(path.parent)
    try:
        return _prepared(path, version, schema)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        logger.warning("view_rebuilt", why=f"{path.name} is broken: {error}")
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _prepared(path, version, schema)


def _prepared(path: Path, version: int, schema: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # it can be built again from the log
        if connection.execute("PRAGMA user_version").fetchone()[0] != version:
            connection.executescript(f"{schema} PRAGMA user_version = {version};")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """Commit the block's writes together, or none of them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
