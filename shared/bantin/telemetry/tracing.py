"""Spans of what crosses the log: one `send` for each record published, one `process` for each consumed.

Names and attributes follow the OpenTelemetry semantic conventions for messaging (1.4x): a span is called
`{operation} {destination}`, and a consumer's span is the child of the producer's, so that one file is one trace.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from bantin.envelope import encode, text_headers
from bantin.eventlog.port import EventLog, Message, Record
from bantin.events import Event

tracer = trace.get_tracer("bantin")

Publication = tuple[Event, Context]
"""An event with the context of the span that led to it."""


def inject(context: Context) -> dict[str, str]:
    """Return everything that the global propagator wants carried along with `context`."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier, context)
    return carrier


def extract(record: Record) -> Context:
    """Return the context that a record's headers carry; an empty one where they carry none."""
    return propagate.extract(text_headers(record.headers), Context())


def trace_id(context: Context) -> str | None:
    """Return the context's trace id as 32 hex digits, None outside a trace."""
    span_context = trace.get_current_span(context).get_span_context()
    return trace.format_trace_id(span_context.trace_id) if span_context.is_valid else None


async def publish_events(
    log: EventLog, publications: Sequence[Publication], *, source: str, ready: Sequence[Message] = ()
) -> None:
    """Publish events, and messages that are ready, in one call, each event under a `send` span of its own."""
    with ExitStack() as spans:
        messages = [spans.enter_context(_sending(log, event, context, source)) for event, context in publications]
        await log.publish([*messages, *ready])


@contextmanager
def _sending(log: EventLog, event: Event, context: Context, source: str) -> Generator[Message]:
    span = tracer.start_span("send", context, SpanKind.PRODUCER)
    with _ending(span):
        message = encode(event, source=source, carrier=inject(trace.set_span_in_context(span, context)))
        span.update_name(f"send {message.topic}")
        span.set_attributes(
            {
                **_destination(log, message.topic, "send", "send"),
                "messaging.message.id": text_headers(message.headers)["ce_id"],
                "messaging.message.body.size": len(message.value or b""),
            }
        )
        yield message


def start_processing(log: EventLog, record: Record, group: str) -> Span:
    """Start the span in which a consumed record is processed; whoever settles the record ends it."""
    headers = text_headers(record.headers)
    attributes: dict[str, str | int] = {
        **_destination(log, record.topic, "process", "process"),
        "messaging.consumer.group.name": group,
        "messaging.destination.partition.id": str(record.partition),
        "messaging.message.body.size": len(record.value or b""),
        "messaging.kafka.offset" if log.system == "kafka" else "messaging.sqlite.offset": record.offset,
    }
    if message_id := headers.get("ce_id"):
        attributes["messaging.message.id"] = message_id
    return tracer.start_span(f"process {record.topic}", extract(record), SpanKind.CONSUMER, attributes)


def _destination(log: EventLog, topic: str, name: str, kind: str) -> Mapping[str, str]:
    return {
        "messaging.system": log.system,
        "messaging.operation.name": name,
        "messaging.operation.type": kind,
        "messaging.destination.name": topic,
    }


def fail(span: Span, code: str, detail: str) -> None:
    """Mark a span as failed, with the stable code as `error.type`."""
    span.set_attribute("error.type", code)
    span.set_status(Status(StatusCode.ERROR, detail))


@contextmanager
def _ending(span: Span) -> Generator[None]:
    try:
        yield
    except BaseException as error:
        fail(span, type(error).__qualname__, str(error))
        raise
    finally:
        span.end()
