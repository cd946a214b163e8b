"""A trace's spans make one tree, in order of their start, whatever order they ended in."""

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

from bantin.telemetry.recent import RecentTraces
from bantin.telemetry.tree import span_tree, tree_lines


def recorded(limit: int = 10) -> tuple[RecentTraces, TracerProvider]:
    recent = RecentTraces(limit)
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(recent))
    return recent, provider


def test_a_tree_reads_as_the_calls_were_made() -> None:
    recent, provider = recorded()
    tracer = provider.get_tracer("test")
    with tracer.start_as_current_span("request") as request:
        with tracer.start_as_current_span("send"), tracer.start_as_current_span("process"):
            pass
        with tracer.start_as_current_span("answer"):
            pass
    spans = recent.spans(format(request.get_span_context().trace_id, "032x"))
    lines = [line.split("  (")[0] for line in tree_lines(span_tree(spans))]
    assert lines == ["└─ request", "   ├─ send", "   │  └─ process", "   └─ answer"]


def test_a_span_whose_parent_is_elsewhere_is_a_root() -> None:
    recent, provider = recorded()
    tracer = provider.get_tracer("test")
    with tracer.start_as_current_span("remote") as remote, tracer.start_as_current_span("here"):
        pass
    trace_id = format(remote.get_span_context().trace_id, "032x")
    here = [span for span in recent.spans(trace_id) if span.name == "here"]
    assert [node.name for node in span_tree(here)] == ["here"]


def test_old_traces_are_forgotten_whole() -> None:
    recent, provider = recorded(limit=2)
    trace_ids = []
    for _ in range(3):
        with provider.get_tracer("test").start_as_current_span("request") as span:
            trace_ids.append(format(span.get_span_context().trace_id, "032x"))
    assert [len(recent.spans(trace_id)) for trace_id in trace_ids] == [0, 1, 1]
