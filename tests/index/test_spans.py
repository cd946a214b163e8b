"""Proves that a write is seen in its file's own trace, and that a bulk and its files find each other."""

from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bantin.handler import Delivery
from bantin.search.port import WriteResult
from bantin_index import spans
from bantin_index.handler import ArticleWriter


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(spans, "tracer", provider.get_tracer("test"))
    yield kept
    provider.shutdown()


def delivered(events) -> list[Delivery]:
    """Put each event under a span of its own, in a trace of its own."""
    deliveries = []
    for event in events:
        span = spans.tracer.start_span("process articles.enriched.v1", Context())
        deliveries.append(Delivery(event, trace.set_span_in_context(span, Context())))
        span.end()
    return deliveries


def named(exporter: InMemorySpanExporter, name: str) -> list[ReadableSpan]:
    return [span for span in exporter.get_finished_spans() if span.name == name]


def linked(span: ReadableSpan) -> set[int]:
    return {link.context.span_id for link in span.links}


async def test_every_file_has_its_write_span_and_the_bulk_links_to_all(exporter, index, event) -> None:
    batch = delivered(event(f"r{n}", 0, "v", article_id=f"a{n}") for n in range(3))
    await ArticleWriter(index, "tantivy")(batch)
    (bulk,) = named(exporter, "bulk write")
    writes = named(exporter, "index write")
    parents = named(exporter, "process articles.enriched.v1")
    assert [write.parent.span_id for write in writes] == [parent.context.span_id for parent in parents]
    assert len({write.context.trace_id for write in writes}) == 3
    assert linked(bulk) == {write.context.span_id for write in writes}
    assert all(linked(write) == {bulk.context.span_id} for write in writes)
    assert bulk.parent is None
    assert dict(bulk.attributes) == {
        "db.system.name": "tantivy",
        "db.collection.name": "articles",
        "db.operation.name": "bulk",
        "db.operation.batch.size": 3,
    }
    assert writes[0].attributes["db.operation.name"] == "index"
    assert writes[0].attributes["bantin.outcome"] == "indexed"


async def test_a_bulk_of_one_lies_in_the_files_trace(exporter, index, event) -> None:
    await ArticleWriter(index, "tantivy")(delivered([event("r1", 0, "v1")]))
    (bulk,), (write,) = named(exporter, "bulk write"), named(exporter, "index write")
    assert bulk.parent.span_id == write.context.span_id
    assert bulk.context.trace_id == write.context.trace_id


async def test_what_needs_no_write_is_in_no_bulk(exporter, index, event) -> None:
    await ArticleWriter(index, "tantivy")(delivered([event("r1", 5, "v1"), event("r2", 0, "v2")]))
    assert len(named(exporter, "bulk write")) == 1
    assert [span.attributes["bantin.outcome"] for span in named(exporter, "index write")] == [
        "indexed",
        "duplicate",
    ]


@pytest.mark.parametrize(("status", "kind"), [("retry", "retry"), ("refused", "index_refused")])
async def test_a_write_that_fails_is_an_error_on_its_span(exporter, index, event, status, kind) -> None:
    index.answers["a1"] = WriteResult(status, "why")
    await ArticleWriter(index, "tantivy")(delivered([event("r1", 0, "v1")]))
    (write,) = named(exporter, "index write")
    assert write.attributes["error.type"] == kind
    assert not write.status.is_ok
