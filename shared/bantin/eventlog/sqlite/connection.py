"""A connection that lives on one thread of its own, so that neither reading nor fsync blocks the event loop."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bantin.eventlog.port import LogUnavailableError

P = ParamSpec("P")
T = TypeVar("T")

BUSY_SECONDS = 10.0
"""How long a statement waits for another process's transaction to end."""

WAL_BYTES = 64 * 1024 * 1024
"""The write-ahead log is cut back to this after a checkpoint; one large publish may exceed it for a moment."""


def open_connection(path: Path) -> sqlite3.Connection:
    """Open the file, made if missing, for use by one thread at a time."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_BYTES}")
    return connection


def unavailable(path: Path, error: Exception) -> LogUnavailableError:
    """Return what callers of the port get for an error of SQLite or the file system."""
    return LogUnavailableError(f"the log file {path}: {error} (is its disk full, or the file locked or damaged?)")


class ConnectionThread:
    """Runs functions on one connection, one after the other."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection: sqlite3.Connection | None = None

    async def run(
        self, function: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return `function(connection, …)`; errors of SQLite become LogUnavailableError."""

        def call() -> T:
            try:
                self._connection = self._connection or open_connection(self._path)
                return function(self._connection, *args, **kwargs)
            except (sqlite3.Error, OSError) as error:
                raise unavailable(self._path, error) from error

        return await asyncio.get_running_loop().run_in_executor(self._executor, call)

    async def close(self) -> None:
        """Close the connection after what it has in hand, and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._executor, self._close)
        self._executor.shutdown()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
