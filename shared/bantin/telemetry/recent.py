"""The traces of the last files, kept in memory, so that a laptop without a trace store can show one."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import format_trace_id


class RecentTraces(SpanExporter):
    """Keeps the spans of the last `limit` traces; older traces are forgotten whole."""

    def __init__(self, limit: int = 500) -> None:
        self._limit = limit
        self._traces: OrderedDict[str, list[ReadableSpan]] = OrderedDict()
        self._lock = threading.Lock()

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Keep these spans under their traces."""
        with self._lock:
            for span in spans:
                if span.context is None:
                    continue
                self._traces.setdefault(format_trace_id(span.context.trace_id), []).append(span)
            while len(self._traces) > self._limit:
                self._traces.popitem(last=False)
        return SpanExportResult.SUCCESS

    def spans(self, trace_id: str) -> tuple[ReadableSpan, ...]:
        """Return the spans of a trace that have ended so far, in no particular order."""
        with self._lock:
            return tuple(self._traces.get(trace_id, ()))
