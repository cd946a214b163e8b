"""Spans of index writes: one for each article, in its file's own trace, linked with the bulk that carried it.

Names and attributes follow the OpenTelemetry semantic conventions for database clients (1.4x).
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, SpanKind

from bantin.events import ArticleEnriched, ArticleIndexed
from bantin.handler import Delivery, Emit, Outcome, Refuse
from bantin.telemetry.tracing import fail

tracer = trace.get_tracer("bantin.index")

COLLECTION = "articles"


class WriteSpans:
    """The `index write` spans of some deliveries, and the `bulk write` span of what is written for them."""

    def __init__(self, system: str, deliveries: Sequence[Delivery[ArticleEnriched]]) -> None:
        self._attributes = {"db.system.name": system, "db.collection.name": COLLECTION}
        attributes = {**self._attributes, "db.operation.name": "index"}
        self._spans = [
            tracer.start_span(
                "index write",
                delivery.context,
                SpanKind.CLIENT,
                {**attributes, "bantin.article_id": delivery.event.article_id},
            )
            for delivery in deliveries
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, stack: TracebackType | None
    ) -> None:
        for span in self._spans:
            if error is not None:
                fail(span, type(error).__qualname__, str(error))
            span.end()

    @contextmanager
    def bulk(self, places: Sequence[int]) -> Generator[None]:
        """Hold the bulk's span current; it and the spans of the deliveries at `places` link to each other.

        A bulk of one is a child of the one, so that the engine's own spans lie in the file's trace; a bulk of
        several is nobody's child.
        """
        spans = [self._spans[place] for place in places]
        parent = trace.set_span_in_context(spans[0], Context()) if len(spans) == 1 else Context()
        attributes: dict[str, str | int] = {**self._attributes, "db.operation.name": "bulk"}
        if len(spans) > 1:
            attributes["db.operation.batch.size"] = len(spans)
        links = [Link(span.get_span_context()) for span in spans]
        with tracer.start_as_current_span("bulk write", parent, SpanKind.CLIENT, attributes, links) as bulk:
            for span in spans:
                span.add_link(bulk.get_span_context())
            yield

    def tell(self, outcomes: Sequence[Outcome]) -> None:
        """Note on each span what became of its delivery."""
        for span, outcome in zip(self._spans, outcomes, strict=True):
            if isinstance(outcome, Emit):
                decided = [event for event in outcome.events if isinstance(event, ArticleIndexed)]
                span.set_attribute("bantin.outcome", decided[0].outcome)
            elif isinstance(outcome, Refuse):
                fail(span, outcome.reason.code, outcome.reason.detail)
            else:
                fail(span, "retry", outcome.why)
