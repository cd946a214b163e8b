"""A trace as a tree that a person can read: who called whom, and how long it took."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opentelemetry.sdk.trace import ReadableSpan


@dataclass(frozen=True, slots=True)
class SpanNode:
    """A span with its children in order of their start. `milliseconds` is its duration."""

    name: str
    kind: str
    milliseconds: float
    children: tuple["SpanNode", ...]


def span_tree(spans: Iterable[ReadableSpan]) -> tuple[SpanNode, ...]:
    """Return the roots of one trace's spans; a span whose parent is not among them counts as a root."""
    known = sorted(spans, key=lambda span: span.start_time or 0)
    ids = {span.context.span_id for span in known if span.context}
    children: dict[int | None, list[ReadableSpan]] = defaultdict(list)
    for span in known:
        parent = span.parent.span_id if span.parent and span.parent.span_id in ids else None
        children[parent].append(span)

    def nodes(parent: int | None) -> tuple[SpanNode, ...]:
        return tuple(_node(span, nodes(span.context.span_id)) for span in children[parent] if span.context)

    return nodes(None)


def _node(span: ReadableSpan, children: tuple[SpanNode, ...]) -> SpanNode:
    nanoseconds = (span.end_time or 0) - (span.start_time or 0)
    return SpanNode(span.name, span.kind.name.lower(), nanoseconds / 1e6, children)


def tree_lines(nodes: Sequence[SpanNode], indent: str = "") -> Iterator[str]:
    """Yield the tree as text, a line a span: name, kind and milliseconds."""
    for position, node in enumerate(nodes):
        last = position == len(nodes) - 1
        yield f"{indent}{'└─ ' if last else '├─ '}{node.name}  ({node.kind}, {node.milliseconds:.1f} ms)"
        yield from tree_lines(node.children, indent + ("   " if last else "│  "))
