"""Runs the extract handler in worker processes, so that heartbeats go on and a hostile page can only end its worker."""

from collections.abc import Sequence

import anyio
import anyio.to_process
from anyio import BrokenWorkerProcess, CapacityLimiter

from bantin.events import ArticleEnriched, ArticleReceived, ArticleRejected, Reason
from bantin.stage import Delivery, Emit, Outcome, Refuse
from bantin_extract.handler import extract

Extracted = ArticleEnriched | ArticleRejected

_GROUP_BYTES = 256 * 1024
_GROUP_PAGES = 16


class ExtractWorkers:
    """A stage's handler: one outcome a page. Pages are read in groups, as a call to a process has its price.

    `seconds` is the time for one page; a page that takes longer, or that takes its process down, is refused.
    """

    def __init__(self, processes: int, seconds: float) -> None:
        self._processes = processes
        self._seconds = seconds
        self._limiter: CapacityLimiter | None = None

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
            return [Refuse(found)]
        return [outcome for event in events for outcome in await self._outcomes((event,), limiter)]

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
                return Reason(code="extract_crashed", detail="The process that read the page ended unexpectedly.")


def extract_all(events: tuple[ArticleReceived, ...]) -> tuple[Extracted, ...]:
    """Read the pages one after the other; runs in a worker process."""
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
