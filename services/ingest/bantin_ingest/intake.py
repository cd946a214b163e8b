"""Makes files durable: their events go to the log, a bounded share at a time, each file in its own trace."""

from collections.abc import Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import ExitStack, contextmanager, nullcontext

import anyio
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link

from bantin.eventlog.port import EventLog
from bantin.events import ReceiptRecorded
from bantin.telemetry.tracing import Publication, publish_events, trace_id, tracer
from bantin_ingest.handler import Ticket, arrival, submission
from bantin_ingest.pressure import Pressure

SOURCE = "/bantin/ingest"
SHARE_BYTES = 8 * 1024 * 1024
SHARE_FILES = 200
HEAVY_BYTES = 1024 * 1024
HEAVY_SHARES = 4
"""Most shares of more than HEAVY_BYTES that are in memory at once, whatever number of senders there is."""

Load = Callable[[Ticket], Awaitable[bytes]]
"""Gives a file's content when its turn has come."""


class Intake:
    """The way onto the log for everything that is dropped, uploaded or pushed."""

    def __init__(self, log: EventLog, pressure: Pressure) -> None:
        self._log = log
        self._pressure = pressure
        self._heavy = anyio.Semaphore(HEAVY_SHARES)

    def admit(self) -> None:
        """Return if more can be taken now, before anything of it is read; raise OverloadedError if not."""
        self._pressure.admit()

    async def take(self, tickets: Sequence[Ticket], load: Load, context: Context) -> list[ReceiptRecorded]:
        """Return what the receipts say once every file is durable.

        One file continues the trace of `context`; several get a trace each, linked to it. Raise OverloadedError where
        no more can be taken now, UnavailableError or RefusedError where the log does not take them; some may be on it
        then, and taking them again is safe.
        """
        self.admit()
        alone = len(tickets) == 1
        recorded: list[ReceiptRecorded] = []
        for share in shares(tickets):
            heavy = sum(_weight(ticket) for ticket in share) > HEAVY_BYTES
            async with self._heavy if heavy else nullcontext():
                recorded += await self._publish(share, load, context, alone=alone)
        return recorded

    async def _publish(
        self, share: Sequence[Ticket], load: Load, context: Context, *, alone: bool
    ) -> list[ReceiptRecorded]:
        recorded: list[ReceiptRecorded] = []
        with ExitStack() as spans:
            publications: list[Publication] = []
            for ticket in share:
                within = spans.enter_context(_accepting(ticket, context, alone=alone))
                content = None if ticket.file.refusal else await load(ticket)
                receipts = arrival(ticket, trace_id(within))
                recorded += receipts
                publications += [(event, within) for event in (submission(ticket, content), *receipts)]
            await publish_events(self._log, publications, source=SOURCE)
        return recorded


def shares(tickets: Iterable[Ticket]) -> Generator[list[Ticket]]:
    """Cut tickets, in order, into shares of at most SHARE_FILES files and SHARE_BYTES bytes, or one larger file."""
    share: list[Ticket] = []
    room = SHARE_BYTES
    for ticket in tickets:
        size = _weight(ticket)
        if share and (len(share) == SHARE_FILES or size > room):
            yield share
            share, room = [], SHARE_BYTES
        share.append(ticket)
        room -= size
    if share:
        yield share


def _weight(ticket: Ticket) -> int:
    return 0 if ticket.file.refusal else ticket.file.size


@contextmanager
def _accepting(ticket: Ticket, context: Context, *, alone: bool) -> Generator[Context]:
    """Give the context for a file's events: that of its request if it came alone, else a root span of its own."""
    request = trace.get_current_span(context)
    if alone and request.get_span_context().is_valid:
        request.set_attributes(_attributes(ticket))
        yield context
        return
    links = [Link(request.get_span_context())] if request.get_span_context().is_valid else []
    with tracer.start_as_current_span("accept file", Context(), attributes=_attributes(ticket), links=links) as span:
        yield trace.set_span_in_context(span, Context())


def _attributes(ticket: Ticket) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {
        "bantin.receipt_id": ticket.receipt_id,
        "bantin.batch_id": ticket.batch_id,
        "bantin.article_id": ticket.article_id,
        "bantin.file.size": ticket.file.size,
    }
    if ticket.file.refusal:
        attributes["bantin.refusal"] = ticket.file.refusal.code
    return attributes
