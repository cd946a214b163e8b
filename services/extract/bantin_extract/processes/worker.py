"""Runs the extract handler in processes of its own: heartbeats go on, and a hostile page can only end its process."""

from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress

import anyio
import structlog

from bantin.events import ArticleReceived, Reason
from bantin.faults import UnavailableError
from bantin.handler import Delivery, Emit, Outcome, Retry
from bantin_extract.processes.pool import READER, Failure, Processes
from bantin_extract.processes.probe import known_good
from bantin_extract.rejection import rejected

CRASHED = "extract_crashed"
TIMEOUT = "extract_timeout"

QUICK_SECONDS = 5.0
"""Nearly every page takes less than a tenth of this. One that takes longer is read again with all its time, by
processes that no other page waits for."""

_GROUP_BYTES = 256 * 1024
_GROUP_PAGES = 16
_ENOUGH_CRASHES = 3
"""So many times a page is read again after its process ended: that may have been the machine's fault, or ours."""

logger = structlog.get_logger(__name__)


class ExtractWorkers:
    """A stage's handler: one outcome a page. Pages are read in groups, as a call to a process has its price.

    `seconds` is the time for one page, `memory` the MiB of address space of a process. A page that takes longer, or
    takes its process down again and again, is rejected: it may be made to hurt, and such files must not stop the
    stage. That is said of no page while one that is known to be good can't be read either.
    """

    def __init__(self, processes: int, seconds: float, memory: int, command: Sequence[str] = READER) -> None:
        self._seconds = seconds
        self._quick = min(QUICK_SECONDS, seconds)
        self._processes = Processes(processes, memory, seconds, command)
        self._slow = Processes(max(1, processes // 2), memory, seconds, command, keep=False)
        self._late: set[str] = set()
        self._crashes: Counter[str] = Counter()

    async def warm_up(self, stop: anyio.Event) -> None:
        """Start one process before the first page needs it, since a new one has much to import; then wait."""
        with suppress(UnavailableError):  # the first page starts another, or says why it can't
            await self._processes.read((), self._seconds)
        await stop.wait()

    async def __call__(self, deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
        """Return an outcome for each delivery, in order; raise UnavailableError where no process can be started."""
        outcomes: list[Outcome] = [Emit()] * len(deliveries)

        async def run(first: int, events: tuple[ArticleReceived, ...]) -> None:
            outcomes[first : first + len(events)] = await self._outcomes(events)

        try:
            async with anyio.create_task_group() as tasks:
                for first, events in grouped([delivery.event for delivery in deliveries], self._late):
                    tasks.start_soon(run, first, events)
        except ExceptionGroup as group:
            raise group.exceptions[0] from group
        return outcomes

    async def _outcomes(self, events: tuple[ArticleReceived, ...]) -> list[Outcome]:
        """Return the outcomes of a group: what fails is taken out, and the rest goes on without it."""
        late = events[0].receipt_id in self._late
        processes, seconds = (self._slow, self._seconds) if late else (self._processes, self._quick)
        outcomes: list[Outcome] = []
        while rest := events[len(outcomes) :]:
            answers = await processes.read(rest, seconds)
            outcomes += [Emit((event,)) for event in answers.outcomes]
            if answers.failure:
                outcomes.append(await self._failed(events[len(outcomes)], answers.failure, seconds))
        if late:
            self._late.difference_update(
                event.receipt_id for event, outcome in zip(events, outcomes, strict=True) if isinstance(outcome, Emit)
            )
        return outcomes

    async def _failed(self, event: ArticleReceived, failure: Failure, seconds: float) -> Outcome:
        """Return what becomes of a page that failed: it is read again, or rejected when it had its chances."""
        if failure == "late":
            detail = f"The page was not read within {seconds:g} seconds."
            if seconds < self._seconds:
                self._late.add(event.receipt_id)
                return Retry(f"{detail} It is read again, with {self._seconds:g} seconds.")
            return await self._blamed(event, Reason(code=TIMEOUT, detail=detail))
        detail = "The process that read the page ended unexpectedly."
        self._crashes[event.receipt_id] += 1
        if self._crashes[event.receipt_id] < _ENOUGH_CRASHES:
            return Retry(detail)
        return await self._blamed(event, Reason(code=CRASHED, detail=detail))

    async def _blamed(self, event: ArticleReceived, reason: Reason) -> Outcome:
        """Reject a page, unless one that is known to be good fails as well."""
        if (await self._processes.read((known_good(),), self._seconds)).failure:
            return Retry("A page that is known to be good can't be read either: the fault is ours, or the machine's.")
        self._crashes.pop(event.receipt_id, None)
        logger.warning("page_failed", receipt_id=event.receipt_id, code=reason.code, detail=reason.detail)
        return Emit((rejected(event, reason),))


def grouped(
    events: Sequence[ArticleReceived], apart: Collection[str] = ()
) -> list[tuple[int, tuple[ArticleReceived, ...]]]:
    """Cut the events into groups of small pages, each with the index of its first.

    Each receipt in `apart` is a group of its own.
    """
    groups: list[tuple[int, tuple[ArticleReceived, ...]]] = []
    first = size = 0
    for at, event in enumerate(events):
        full = at - first >= _GROUP_PAGES or size + len(event.content) > _GROUP_BYTES
        lone = event.receipt_id in apart or (at > 0 and events[at - 1].receipt_id in apart)
        if at > first and (full or lone):
            groups.append((first, tuple(events[first:at])))
            first, size = at, 0
        size += len(event.content)
    if events:
        groups.append((first, tuple(events[first:])))
    return groups
