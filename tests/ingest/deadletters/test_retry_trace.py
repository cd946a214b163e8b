"""A retry goes on in its file's own trace, and is linked with the operator's act."""

import pytest
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bantin.deadletter import Failure, dead_letter
from bantin.envelope import text_headers
from bantin.eventlog.port import Headers, Record
from bantin.events import Reason
from bantin.topics import RAW
from bantin_ingest.deadletters import acting

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
SENT_IN = (("traceparent", f"00-{TRACE_ID}-b7ad6b7169203331-01".encode()), ("tracestate", b"a=b"))


def buried(headers: Headers) -> Record:
    record = Record(RAW.name, 0, 7, 0, b"k", b"content", headers)
    message = dead_letter(record, "extract", Failure(Reason(code="broken", detail="why"), "extract"))
    return Record(message.topic, 0, 0, 0, message.key, message.value, message.headers)


def test_the_record_goes_on_in_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(acting, "tracer", provider.get_tracer("test"))
    act = provider.get_tracer("test").start_span("act", Context())
    message = acting.retry(buried((("x", b"\xfe"), *SENT_IN)), "letter", trace.set_span_in_context(act, Context()))
    (span,) = kept.get_finished_spans()
    assert span.name == f"retry {RAW.name}"
    assert span.context is not None
    assert format(span.context.trace_id, "032x") == TRACE_ID
    assert [link.context for link in span.links] == [act.get_span_context()]
    headers = text_headers(message.headers)
    assert headers["traceparent"] == f"00-{TRACE_ID}-{span.context.span_id:016x}-01"
    assert headers["tracestate"] == "a=b"
    assert [name for name, _ in message.headers].count("traceparent") == 1
    assert ("x", b"\xfe") in message.headers
    provider.shutdown()


def test_without_tracing_the_record_keeps_the_trace_that_it_had() -> None:
    assert (
        text_headers(acting.retry(buried(SENT_IN), "letter", Context()).headers)["traceparent"].split("-")[1]
        == TRACE_ID
    )
    assert "traceparent" not in text_headers(acting.retry(buried(()), "letter", Context()).headers)
