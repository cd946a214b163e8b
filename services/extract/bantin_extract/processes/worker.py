"""Runs the extract handler in processes of its own: heartbeats go on, and a hostile page can only end its process."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import anyio

from bantin.events import ArticleReceived, Reason
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin_extract.formats.kinds import is_document
from bantin_extract.processes.exchange import Extracted
from bantin_extract.processes.pool import READER, ProcessEndedError, Processes
from bantin_extract.rejection import rejected

CRASHED = "extract_crashed"
TIMEOUT = "extract_timeout"

_GROUP_BYTES = 256 * 1024
_GROUP_PAGES = 16
_ENOUGH_CRASHES = 3
"""So many times a page is read again after its process ended: that may have been the machine's fault, or ours."""


class ExtractWorkers:
    """A stage's handler: one outcome a page. Pages are read in groups, as a call to a process has its price.

    `seconds` is the time for one page, `memory` the MiB of address space of a process. A page that takes longer, or
    takes its process down again and again, is refused; a binary document that does so is rejected, because it may be
    made to hurt, and such files must not stop the stage.
    """

    def __init__(self, processes: int, seconds: float, memory: int, command: Sequence[str] = READER) -> None:
        self._seconds = seconds
        self._processes = Processes(processes, memory, seconds, command)
        self._crashes: Counter[str] = Counter()

    async def warm_up(self, stop: anyio.Event) -> None:
        """Start one process before the first page needs it (a new one has much to import); end all after `stop`."""
        with suppress(ProcessEndedError, TimeoutError):  # ended with us, or too early: the first page starts another
            await self._processes.read(())
        await stop.wait()

    async def __call__(self, deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
        """Return an outcome for each delivery, in order."""
        outcomes: list[Outcome] = [Emit()] * len(deliveries)

        async def run(first: int, events: tuple[ArticleReceived, ...]) -> None:
            outcomes[first : first + len(events)] = await self._outcomes(events)

        try:
            async with anyio.create_task_group() as tasks:
                for first, events in grouped([delivery.event for delivery in deliveries]):
                    tasks.start_soon(run, first, events)
        except ExceptionGroup as group:
            raise group.exceptions[0] from group
        return outcomes

    async def _outcomes(self, events: tuple[ArticleReceived, ...]) -> list[Outcome]:
        found = await self._read(events)
        if not isinstance(found, Reason):
            return [Emit((event,)) for event in found]
        if len(events) == 1:
            return [self._blame(events[0], found)]
        return [outcome for event in events for outcome in await self._outcomes((event,))]

    def _blame(self, event: ArticleReceived, reason: Reason) -> Outcome:
        if reason.code == CRASHED:
            self._crashes[event.receipt_id] += 1
            if self._crashes[event.receipt_id] < _ENOUGH_CRASHES:
                return Retry(reason.detail)
        self._crashes.pop(event.receipt_id, None)
        return Emit((rejected(event, reason),)) if is_document(event.content) else Refuse(reason)

    async def _read(self, events: tuple[ArticleReceived, ...]) -> Sequence[Extracted] | Reason:
        try:
            return await self._processes.read(events)
        except TimeoutError:
            return Reason(code=TIMEOUT, detail=f"The page was not read within {self._seconds:g} seconds.")
        except ProcessEndedError:
            return Reason(code=CRASHED, detail="The process that read the page ended unexpectedly.")


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
