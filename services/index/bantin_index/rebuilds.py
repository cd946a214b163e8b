"""The rebuilds of one process: one at a time, asked for over HTTP or needed at the start, and what became of the last.

An index that an older version of ours made is rebuilt by itself: until then the stage writes nothing, and files stay
`accepted`. One that a newer version made is left alone: that version's processes may be at work on it.
"""

import time
from collections.abc import Callable
from typing import Literal

import anyio
import structlog

from bantin.eventlog.port import EventLog
from bantin.events import Model
from bantin.faults import RefusedError, UnavailableError
from bantin.search.port import Layout, RebuildRunningError, SearchEngine
from bantin_index.reindex import Progress, reindex

PAUSE_SECONDS = 2.0

State = Literal["none", "running", "done", "failed", "cancelled"]

logger = structlog.get_logger(__name__)


class RebuildReport(Model):
    """How far the rebuild that runs has come, or how the last one ended; `none`: there was none in this process.

    `read` of `total` records of the log; `indexed`, `duplicates`, `refused` and `undecodable` are how those ended.
    """

    state: State
    read: int = 0
    total: int = 0
    indexed: int = 0
    duplicates: int = 0
    refused: int = 0
    undecodable: int = 0
    seconds: float = 0.0
    error: str | None = None


class Rebuilds:
    """Runs rebuilds of an engine's index from a log. `system` names the engine in spans."""

    def __init__(self, log: EventLog, engine: SearchEngine, system: str) -> None:
        self._log = log
        self._engine = engine
        self._system = system
        self._state: State = "none"
        self._error: str | None = None
        self._refused: str | None = None
        self._barred: str | None = None
        self._progress = Progress()
        self._seconds = (0.0, 0.0)
        self._asked = anyio.Event()
        self._scope: anyio.CancelScope | None = None

    def report(self) -> RebuildReport:
        """Return how it stands."""
        began, ended = self._seconds
        progress = self._progress
        return RebuildReport(
            state=self._state,
            read=progress.read,
            total=progress.total,
            indexed=progress.indexed,
            duplicates=progress.duplicates,
            refused=progress.refused,
            undecodable=progress.undecodable,
            seconds=round((time.monotonic() if self._state == "running" else ended) - began, 3),
            error=self._error,
        )

    def ask(self) -> None:
        """Have `work` run a rebuild. Raise RebuildRunningError while there is one."""
        if self._state == "running":
            raise RebuildRunningError("a reindex is running already")
        self._begin()
        self._asked.set()

    def cancel(self) -> None:
        """Break off the rebuild, if one runs; the old index stays."""
        if self._scope is not None:
            self._scope.cancel()

    async def work(self, stop: anyio.Event) -> None:
        """Run the rebuilds that are asked for, until `stop` is set."""
        async with anyio.create_task_group() as group:
            group.start_soon(_when, stop, group.cancel_scope.cancel)
            while True:
                await self._asked.wait()
                self._asked = anyio.Event()
                await self._run()

    async def run(self) -> RebuildReport:
        """Run a rebuild to its end, and return how that was. Raise RebuildRunningError while there is one."""
        if self._state == "running":
            raise RebuildRunningError("a reindex is running already")
        self._begin()
        await self._run()
        return self.report()

    async def make_usable(self, stop: anyio.Event) -> bool:
        """Create or rebuild the index until this version can write to it; return whether it can (False: stopped).

        Waits for an engine that does not answer. One that refuses us is told of and not asked again.
        """
        while not stop.is_set():
            try:
                await self._engine.prepare()
                layout = await self._engine.layout()
                if layout.live == layout.ours:
                    return True
                await self._amend(layout, stop)
                continue
            except UnavailableError as error:
                logger.warning("search_unavailable", error=str(error))
            except RefusedError as error:
                self._refused = str(error)
                logger.critical("index_stopped", error=str(error))
                return False
            with anyio.move_on_after(PAUSE_SECONDS):
                await stop.wait()
        return False

    async def check(self) -> None:
        """Raise UnavailableError while articles can't be written to the index, saying why (a readiness check)."""
        if self._refused:
            raise UnavailableError(self._refused)
        layout = await self._engine.layout()
        if layout.live != layout.ours:
            running = self._state == "running"
            so_far = f" ({self._progress.read} of {self._progress.total} records read)" if running else ""
            raise UnavailableError(self._barred or _told(layout) + so_far)

    async def _amend(self, layout: Layout, stop: anyio.Event) -> None:
        """Rebuild an older index; raise UnavailableError where it is not for us to do, until somebody else has."""
        if self._barred:
            raise UnavailableError(self._barred)
        if layout.live > layout.ours:
            raise UnavailableError(_told(layout))
        logger.warning("index_outdated", layout=layout.live, ours=layout.ours, remedy="rebuilding it from the log")
        async with anyio.create_task_group() as group:
            group.start_soon(_when, stop, self.cancel)
            await self.run()
            group.cancel_scope.cancel()
        if self._state != "done":
            raise UnavailableError(self._error or "the reindex was broken off")

    def _begin(self) -> None:
        self._state, self._error, self._progress = "running", None, Progress()
        self._seconds = (time.monotonic(), 0.0)
        self._scope = anyio.CancelScope()

    async def _run(self) -> None:
        """Rebuild, and note how it ended; an error that nobody foresaw is logged with its stack."""
        state: State = "cancelled"
        try:
            with self._scope or anyio.CancelScope():
                await reindex(self._log, self._engine, self._system, self._progress)
                state = "done"
        except (UnavailableError, RefusedError) as error:
            state, self._error = "failed", str(error)
            if isinstance(error, RefusedError):
                self._barred = f"the index has to be rebuilt, by somebody with the right to: run `reindex` ({error})"
            logger.error("reindex_failed", error=str(error))  # noqa: TRY400 - foreseen: the sentence says it all
        except Exception as error:
            state, self._error = "failed", repr(error)
            logger.exception("reindex_failed")
        finally:
            self._seconds = (self._seconds[0], time.monotonic())
            self._state = state


def _told(layout: Layout) -> str:
    if layout.live < layout.ours:
        return f"the index has layout {layout.live}, not {layout.ours}: it is being rebuilt from the log"
    return (
        f"a newer version made the index (layout {layout.live}; this one writes {layout.ours}): "
        "run the newer version, or rebuild the index for this one with `reindex`"
    )


async def _when(event: anyio.Event, call: Callable[[], None]) -> None:
    await event.wait()
    call()
