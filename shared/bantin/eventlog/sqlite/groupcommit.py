"""Writes that wait at the same time share one transaction, and so one fsync."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from bantin.eventlog.port import LogRefusedError
from bantin.eventlog.sqlite.connection import open_connection, unavailable

MOST_WRITES = 128
"""In one transaction; the rest waits for the next."""

Write = Callable[[sqlite3.Connection], None]
"""Changes rows inside the shared transaction; may raise LogRefusedError before it has changed any."""


@dataclass(slots=True)
class _Job:
    write: Write
    done: Future[None] = field(default_factory=Future[None])


class GroupCommit:
    """One thread that owns the only connection by which this process writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = False
        self._thread = Thread(target=self._work, name="log-writer", daemon=True)
        self._thread.start()

    async def run(self, write: Write) -> None:
        """Run `write` and return when it is durable; raise LogUnavailableError if nothing was written."""
        job = _Job(write)
        self._jobs.put(job)
        await asyncio.wrap_future(job.done)

    async def close(self) -> None:
        """Finish what waits, then end the thread."""
        self._jobs.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)

    def _work(self) -> None:
        connection: sqlite3.Connection | None = None
        while not self._closing:
            jobs = self._next_jobs()
            try:
                connection = connection or open_connection(self._path)
                self._transact(connection, jobs)
            except Exception as error:  # noqa: BLE001  every kind must reach those who wait
                if connection is not None and connection.in_transaction:
                    connection.rollback()
                known = isinstance(error, sqlite3.Error | OSError)
                for job in jobs:
                    job.done.set_exception(unavailable(self._path, error) if known else error)
        if connection is not None:
            connection.close()

    def _next_jobs(self) -> list[_Job]:
        """Wait for a job and return it with those that wait behind it, without the cancelled ones."""
        waiting = [self._jobs.get()]
        while len(waiting) < MOST_WRITES and not self._jobs.empty():
            waiting.append(self._jobs.get())
        self._closing = None in waiting
        return [job for job in waiting if job is not None and job.done.set_running_or_notify_cancel()]

    def _transact(self, connection: sqlite3.Connection, jobs: list[_Job]) -> None:
        refused: dict[int, LogRefusedError] = {}
        connection.execute("BEGIN IMMEDIATE")
        for number, job in enumerate(jobs):
            try:
                job.write(connection)
            except LogRefusedError as error:
                refused[number] = error
        connection.execute("COMMIT")
        for number, job in enumerate(jobs):
            if number in refused:
                job.done.set_exception(refused[number])
            else:
                job.done.set_result(None)
