"""Tells those who wait for records that the file has changed: at once in this process, soon across processes."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

LOOK_SECONDS = 0.1
"""How often the file is asked whether another process has written; measured: 0.3 % of a core with six idle groups."""


class Wakeup:
    """Take `next_change` before reading; await it when there was nothing to read."""

    def __init__(self) -> None:
        self.next_change = asyncio.Event()

    def notify(self) -> None:
        """Wake everybody who waits now."""
        self.next_change.set()
        self.next_change = asyncio.Event()

    async def watch(self, path: Path) -> None:
        """Wake everybody when any connection has written, until cancelled.

        The question stays on the event loop: it waits for no lock, reads one page that is in memory, and takes a
        fraction of what a change of threads does.
        """
        seen = None
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            while True:
                found = _data_version(connection)
                if found is None or found != seen:
                    seen = found
                    self.notify()
                await asyncio.sleep(LOOK_SECONDS)


def _data_version(connection: sqlite3.Connection) -> int | None:
    """Return a number that changes with the file; None if it can't be asked, which those who read will say."""
    try:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
    except sqlite3.Error:
        return None
    return version
