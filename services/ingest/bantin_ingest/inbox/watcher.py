"""Watches the drop folder: woken by the file system where it can be, and looking regularly where it can't.

Network shares announce no changes, and a system may be out of watches; the regular look finds everything. One
instance watches one folder: two would take the same files.
"""

import time
from pathlib import Path

import anyio
import structlog
from watchfiles import awatch  # pyright: ignore[reportUnknownVariableType] - its optional trio types

from bantin.faults import UnavailableError
from bantin_ingest.inbox.settling import is_candidate
from bantin_ingest.inbox.sweep import Sweeper

PROGRESS_SECONDS = 0.25
FAILURE_SECONDS = 2.0
DEBOUNCE_MILLISECONDS = 200

logger = structlog.get_logger(__name__)


class InboxWatcher:
    """The background task of the drop folder."""

    def __init__(self, sweeper: Sweeper, *, rescan: float) -> None:
        self._sweeper = sweeper
        self._rescan = rescan
        self._changed = anyio.Event()
        self._looked_at = float("-inf")
        self._unsure = True
        self._failure: str | None = None

    async def run(self, stop: anyio.Event) -> None:
        """Take and file away until `stop` is set."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._listen, stop)
            while not stop.is_set():
                began = time.monotonic()
                pause = await self._look()
                # After a long look (many files, a slow disk) rest for as long, whatever changes meanwhile.
                rest = FAILURE_SECONDS if self._failure else min(time.monotonic() - began, FAILURE_SECONDS)
                with anyio.move_on_after(rest):
                    await stop.wait()
                with anyio.move_on_after(pause):
                    await _first_of(stop, self._changed)
            tasks.cancel_scope.cancel()

    async def check(self) -> None:
        """Return while the folder can be worked with; raise UnavailableError with what failed last."""
        if self._failure:
            raise UnavailableError(f"drop folder: {self._failure}")

    async def _look(self) -> float:
        """Look once; return for how many seconds nothing needs to be done unless something changes."""
        sweeper = self._sweeper
        try:
            await anyio.to_thread.run_sync(lambda: sweeper.inbox.mkdir(parents=True, exist_ok=True))
            if self._unsure:
                await sweeper.reconcile()
            self._unsure = True  # until this look has gone well
            await sweeper.file_away_ended()
            if self._is_due():
                self._changed = anyio.Event()
                self._looked_at = time.monotonic()
                sweeper.intake.admit()
                await sweeper.take_ready()
        except (OSError, UnavailableError) as error:
            self._fail(str(error))
            return 0
        self._unsure, self._failure = False, None
        return PROGRESS_SECONDS if sweeper.waiting or sweeper.settling.waiting else self._rescan

    def _is_due(self) -> bool:
        overdue = time.monotonic() - self._looked_at >= self._rescan
        return overdue or self._changed.is_set() or self._sweeper.settling.waiting

    def _fail(self, why: str) -> None:
        if why != self._failure:
            logger.warning("inbox_failed", error=why)
        self._failure = why

    async def _listen(self, stop: anyio.Event) -> None:
        """Wake the look when something changes; without the system's help the regular look must do."""
        inbox = self._sweeper.inbox

        def matters(_: object, path: str) -> bool:
            if not (changed := Path(path)).is_relative_to(inbox):
                return True
            parts = changed.relative_to(inbox).parts
            return not parts or is_candidate(parts[0], top=True)

        try:
            await anyio.to_thread.run_sync(lambda: inbox.mkdir(parents=True, exist_ok=True))
            async for _changes in awatch(inbox, watch_filter=matters, debounce=DEBOUNCE_MILLISECONDS, stop_event=stop):
                self._changed.set()
        except OSError as error:
            logger.warning("inbox_not_announced", error=str(error), remedy=f"looking every {self._rescan:g} s")


async def _first_of(*events: anyio.Event) -> None:
    async def wait(event: anyio.Event) -> None:
        await event.wait()
        tasks.cancel_scope.cancel()

    async with anyio.create_task_group() as tasks:
        for event in events:
            tasks.start_soon(wait, event)
