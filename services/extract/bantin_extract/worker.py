"""Runs the extract handler in worker processes, so that heartbeats go on and a hostile page can only end its worker."""

import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import anyio
import anyio.to_process
from anyio import BrokenWorkerProcess, CapacityLimiter

from bantin.events import ArticleEnriched, ArticleReceived, ArticleRejected, Reason
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin_extract.handler import extract

CRASHED = "extract_crashed"

Extracted = ArticleEnriched | ArticleRejected

_GROUP_BYTES = 256 * 1024
_GROUP_PAGES = 16
_ENOUGH_CRASHES = 3
"""So many times a page is read again after its process ended: that may have been the machine's fault, or ours."""


class ExtractWorkers:
    """A stage's handler: one outcome a page. Pages are read in groups, as a call to a process has its price.

    `seconds` is the time for one page; one that takes longer, or takes its process down again and again, is refused.
    """

    def __init__(self, processes: int, seconds: float) -> None:
        self._processes = processes
        self._seconds = seconds
        self._limiter: CapacityLimiter | None = None
        self._crashes: Counter[str] = Counter()

    async def warm_up(self, stop: anyio.Event) -> None:
        """Start one process before the first page needs it: a new one takes a while to import what it needs."""
        del stop
        with suppress(BrokenWorkerProcess):  # ended with us, or too early: the first page starts another
            await anyio.to_process.run_sync(extract_all, (), cancellable=True, limiter=CapacityLimiter(1))

    async def __call__(self, deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
        """Return an outcome for each delivery, in order."""
        self._limiter = self._limiter or CapacityLimiter(self._processes)
        outcomes: list[Outcome] = [Emit()] * len(deliveries)
        limiter = self._limiter

        async def run(first: int, events: tuple[ArticleReceived, ...]) -> None:
            outcomes[first : first + len(events)] = await self._outcomes(events, limiter)

        try:
            async with anyio.create_task_group() as tasks:
                for first, events in grouped([delivery.event for delivery in deliveries]):
                    tasks.start_soon(run, first, events)
        except ExceptionGroup as group:
            raise group.exceptions[0] from group
        return outcomes

    async def _outcomes(self, events: tuple[ArticleReceived, ...], limiter: CapacityLimiter) -> list[Outcome]:
        found = await self._read(events, limiter)
        if not isinstance(found, Reason):
            return [Emit((event,)) for event in found]
        if len(events) == 1:
            return [self._blame(events[0], found)]
        return [outcome for event in events for outcome in await self._outcomes((event,), limiter)]

    def _blame(self, event: ArticleReceived, reason: Reason) -> Outcome:
        if reason.code == CRASHED:
            self._crashes[event.receipt_id] += 1
            if self._crashes[event.receipt_id] < _ENOUGH_CRASHES:
                return Retry(reason.detail)
        self._crashes.pop(event.receipt_id, None)
        return Refuse(reason)

    async def _read(
        self, events: tuple[ArticleReceived, ...], limiter: CapacityLimiter
    ) -> tuple[Extracted, ...] | Reason:
        async with limiter:
            try:
                with anyio.fail_after(self._seconds * len(events)):
                    return await anyio.to_process.run_sync(
                        extract_all, events, cancellable=True, limiter=CapacityLimiter(1)
                    )
            except TimeoutError:
                detail = f"The page was not read within {self._seconds:g} seconds."
                return Reason(code="extract_timeout", detail=detail)
            except BrokenWorkerProcess:
                return Reason(code=CRASHED, detail="The process that read the page ended unexpectedly.")


def extract_all(events: tuple[ArticleReceived, ...]) -> tuple[Extracted, ...]:
    """Read the pages one after the other; runs in a worker process."""
    # Ctrl-C reaches every process of a terminal; the stage decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return tuple(extract(event) for event in events)


def grouped(events: Sequence[ArticleReceived]) -> list[tuple[int, tuple[ArticleReceived, ...]]]:
    """Cut the events into groups of small pages, each with the index of its first."""
    groups: list[tuple[int, tuple[ArticleReceived, ...]]] = []
    first = size = 0
    for at, event in enumerate(events):
        full = at - first >= _GROUP_PAGES or size + len(event.content) > _GROUP_BYTES
        if at > first and full:
            groups.append((first, tuple(events[first:at])))
            first, size = at, 0
        size += len(event.content)
    if events:
        groups.append((first, tuple(events[first:])))
    return groups
