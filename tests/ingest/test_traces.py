"""One file continues its caller's trace; several get a trace each, linked to the request; receipts tell which."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Tracer, format_trace_id

from bantin.envelope import text_headers
from bantin.eventlog.port import Message
from bantin.events import ReceiptRecorded
from bantin.telemetry import tracing
from bantin_ingest import intake
from bantin_ingest.handler import IncomingFile, Ticket, issue_tickets, refusal
from bantin_ingest.intake import Intake
from bantin_ingest.provenance import Provenance
from tests.ingest.conftest import Ingest

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"


class Spans:
    """What was traced."""

    def __init__(self, tracer: Tracer, kept: InMemorySpanExporter) -> None:
        self.tracer = tracer
        self._kept = kept

    def named(self, name: str) -> list[ReadableSpan]:
        return [span for span in self._kept.get_finished_spans() if span.name == name]


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spans]:
    kept = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracer = provider.get_tracer("test")
    monkeypatch.setattr(tracing, "tracer", tracer)
    monkeypatch.setattr(intake, "tracer", tracer)
    yield Spans(tracer, kept)
    provider.shutdown()


async def take(sizes: Sequence[int], context: Context) -> tuple[list[ReceiptRecorded], list[Message]]:
    published: list[Message] = []

    async def publish(messages: Sequence[Message]) -> None:
        published.extend(messages)

    async def load(_: Ticket) -> bytes:
        return b"a"

    files = [IncomingFile(f"{n}.txt", "text/plain", size, "ab" * 32, refusal(size, 10)) for n, size in enumerate(sizes)]
    tickets = issue_tickets(files, Provenance(), datetime(2026, 3, 1, tzinfo=UTC))
    log = SimpleNamespace(system="sqlite", publish=publish)
    pressure = SimpleNamespace(admit=lambda: None)
    return await Intake(log, pressure).take(tickets, load, context), published  # pyright: ignore[reportArgumentType]


def trace_of(record: ReceiptRecorded) -> str | None:
    assert record.file is not None
    return record.file.trace_id


async def test_one_file_stays_in_its_requests_trace(spans: Spans) -> None:
    with spans.tracer.start_as_current_span("POST /v1/files") as request:
        (record,), messages = await take([1], trace.set_span_in_context(request, Context()))
    identity = format_trace_id(request.get_span_context().trace_id)
    assert trace_of(record) == identity
    assert [message.topic for message in messages] == ["articles.raw.v1", "receipts.v1"]
    assert all(identity in text_headers(message.headers)["traceparent"] for message in messages)
    (sent,) = spans.named("send articles.raw.v1")
    assert sent.parent is not None
    assert sent.parent.span_id == request.get_span_context().span_id
    (finished,) = spans.named("POST /v1/files")
    assert (finished.attributes or {})["bantin.receipt_id"] == record.receipt_id


async def test_several_files_have_a_trace_each_linked_to_the_request(spans: Spans) -> None:
    with spans.tracer.start_as_current_span("POST /v1/files") as request:
        records, _ = await take([1, 2, 0], trace.set_span_in_context(request, Context()))
    roots = spans.named("accept file")
    assert all(root.parent is None for root in roots)
    assert [link.context.span_id for root in roots for link in root.links] == [request.get_span_context().span_id] * 3
    told = {trace_of(record) for record in records if record.file}
    assert told == {format_trace_id(root.context.trace_id) for root in roots if root.context}
    assert len(told) == 3
    assert {(root.attributes or {}).get("bantin.refusal") for root in roots} == {None, "empty"}


async def test_a_dropped_file_begins_a_trace(spans: Spans) -> None:
    (record,), _ = await take([1], Context())
    (root,) = spans.named("accept file")
    assert root.context is not None
    assert trace_of(record) == format_trace_id(root.context.trace_id)


async def test_over_http_the_caller_finds_its_trace_on_the_receipt(ingest: Ingest) -> None:
    caller = {"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"}
    answer = await ingest.http.put("/v1/files/a.txt", content=b"a", headers=caller)
    assert answer.json()["files"][0]["trace_id"] == TRACE_ID
    broken = await ingest.http.put("/v1/files/b.txt", content=b"b", headers={"traceparent": "00-zz-1-01"})
    assert broken.status_code == 202
