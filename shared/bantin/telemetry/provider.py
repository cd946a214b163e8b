"""Starts tracing: spans go where the standard `OTEL_*` variables say, and the last ones stay at hand.

Sampler, resource, limits and batching are read from their `OTEL_*` variables by the SDK itself; this module reads
those that choose an exporter (OpenTelemetry specification, "Environment Variable Specification").
"""

import os
from collections.abc import Generator
from contextlib import contextmanager

from opentelemetry import trace

from bantin.telemetry.recent import RecentTraces

EXPORTERS = ("otlp", "console", "none")
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@contextmanager
def tracing(service: str) -> Generator[RecentTraces]:
    """Trace the process as `service` (unless OTEL_SERVICE_NAME names it) and flush what is left at the end.

    Spans are exported by OTLP over HTTP where an endpoint is set or OTEL_TRACES_EXPORTER asks for it. Raise
    ValueError for an exporter or protocol that does not exist here.
    """
    try:
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise ImportError('tracing needs an extra: pip install "bantin[otel]"') from error
    resource = Resource.create() if os.environ.get("OTEL_SERVICE_NAME") else Resource.create({SERVICE_NAME: service})
    provider = TracerProvider(resource=resource)
    recent = RecentTraces()
    provider.add_span_processor(SimpleSpanProcessor(recent))
    for name in _exporters():
        if name == "console":
            from opentelemetry.sdk.trace.export import ConsoleSpanExporter  # noqa: PLC0415

            provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter()))
        elif name == "otlp":
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

            provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    try:
        yield recent
    finally:
        provider.shutdown()


def _exporters() -> list[str]:
    default = "otlp" if any(os.environ.get(name) for name in ENDPOINTS) else "none"
    names = [name.strip() for name in os.environ.get("OTEL_TRACES_EXPORTER", default).split(",")]
    if unknown := [name for name in names if name not in EXPORTERS]:
        raise ValueError(f"OTEL_TRACES_EXPORTER: no exporter {unknown[0]!r}; there are {', '.join(EXPORTERS)}")
    protocol = os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
    if "otlp" in names and protocol != "http/protobuf":
        raise ValueError(f"OTEL_EXPORTER_OTLP_PROTOCOL: {protocol!r} is not built in; set http/protobuf (port 4318)")
    return [name for name in names if name != "none"]
