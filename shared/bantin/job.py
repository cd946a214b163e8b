"""One record in a stage's hands, from its arrival until it is settled."""

from collections.abc import Callable
from typing import Generic, TypeVar

import structlog
from opentelemetry import trace

from bantin.deadletter import Failure, dead_letter, stack_of
from bantin.envelope import UndecodableRecordError
from bantin.eventlog.port import EventLog, Message, Record
from bantin.events import Reason
from bantin.hand import Place
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin.telemetry.tracing import Publication, extract, fail, start_processing, trace_id

T = TypeVar("T")

logger = structlog.get_logger(__name__)


class Job(Generic[T]):
    """A record with its place in the hand, its span, its delivery (None if undecodable) and its latest outcome.

    `judged` is whether the breaker has counted it: publishing what came of it may take several attempts.
    """

    def __init__(
        self, log: EventLog, group: str, stage: str, record: Record, place: Place, decode: Callable[[Record], T]
    ) -> None:
        self.record = record
        self.place = place
        self.judged = False
        self.attempts = 0
        self.outcome: Outcome = Retry("not handled yet")
        self.delivery: Delivery[T] | None = None
        self._group = group
        self._stage = stage
        self._span = start_processing(log, record, group)
        self._context = trace.set_span_in_context(self._span, extract(record))
        try:
            self.delivery = Delivery(decode(record), self._context)
        except UndecodableRecordError as error:
            self.take(Refuse(Reason(code="undecodable_record", detail=str(error)[:500]), stack_of(error)))

    def take(self, outcome: Outcome) -> None:
        """Note what the handler made of the delivery this time."""
        self.attempts += 1
        self.outcome = outcome
        if isinstance(outcome, Retry):
            self._span.add_event("retry", {"why": outcome.why, "attempt": self.attempts})
        elif isinstance(outcome, Refuse):
            fail(self._span, outcome.reason.code, outcome.reason.detail)

    def publications(self) -> list[Publication]:
        """Return the events to publish, each within this record's trace."""
        return [(event, self._context) for event in self.outcome.events] if isinstance(self.outcome, Emit) else []

    def messages(self) -> list[Message]:
        """Return what is to be published as it is: the dead letter if the record died, else what the outcome holds."""
        if isinstance(self.outcome, Emit):
            return list(self.outcome.messages)
        if not isinstance(self.outcome, Refuse):
            return []
        trace = trace_id(self._context)
        failure = Failure(self.outcome.reason, self._stage, self.attempts, self.outcome.stack, trace)
        return [dead_letter(self.record, self._group, failure)]

    def settle(self) -> None:
        """Tell that everything the record led to is durable, within its trace, and end its span."""
        place = f"{self.record.topic}/{self.record.partition}/{self.record.offset}"
        with trace.use_span(self._span):
            if isinstance(self.outcome, Refuse):
                reason = self.outcome.reason
                logger.warning("record_dead", stage=self._stage, record=place, code=reason.code, detail=reason.detail)
            else:
                logger.info("record_settled", stage=self._stage, record=place)
        self._span.end()

    def close(self) -> None:
        """End the span of a record that goes back to the log unsettled."""
        self._span.end()
