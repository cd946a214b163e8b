"""One dropped file is one trace, through HTTP, the log, extract, index and the search engine's write."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import anyio
import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan

from bantin.hosting import running
from bantin.http import create_app
from bantin.telemetry.provider import tracing
from bantin.telemetry.recent import RecentTraces
from bantin.telemetry.tree import SpanNode, span_tree
from bantin_standalone.platform import open_platform
from bantin_standalone.settings import PlatformSettings
from tests.pipeline.pages import page

ENGINE: dict[str, object] = {}
"""Whatever the engine's own client says of its calls; the embedded engine makes none."""

WHOLE_TREE = {
    "POST /v1/files": {
        "send receipts.v1": {},
        "send articles.raw.v1": {
            "process articles.raw.v1": {
                "send articles.enriched.v1": {
                    "process articles.enriched.v1": {
                        "index write": {"bulk write": ENGINE},
                        "send articles.indexed.v1": {"process articles.indexed.v1": {"send receipts.v1": {}}},
                    }
                }
            }
        },
    }
}


@pytest.fixture(scope="module")
def traces() -> Iterator[RecentTraces]:
    with tracing("bantin-test") as recent:
        yield recent


@pytest.fixture(params=["embedded", pytest.param("distributed", marks=[pytest.mark.kafka, pytest.mark.elasticsearch])])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> PlatformSettings:
    if request.param == "embedded":
        return PlatformSettings(data=tmp_path)
    return PlatformSettings(
        data=tmp_path,
        log_url=request.getfixturevalue("kafka_url"),
        search_url=f"{request.getfixturevalue('elasticsearch_url')}/pipeline-{uuid4().hex[:8]}",
    )


@asynccontextmanager
async def client(settings: PlatformSettings) -> AsyncGenerator[httpx.AsyncClient]:
    """Run the platform in this process and give a client of it."""

    def crash() -> None:
        raise AssertionError("a task of the platform failed")

    async with open_platform(settings) as (_, services), running(services, crash):
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://platform", timeout=30) as http:
            yield http


async def ended(http: httpx.AsyncClient, batch_id: str) -> list[dict[str, str]]:
    with anyio.fail_after(60):
        while True:
            batch = (await http.get(f"/v1/batches/{batch_id}")).json()
            if batch["done"] == batch["total"]:
                return batch["files"]
            await anyio.sleep(0.05)


async def whole_trace(traces: RecentTraces, trace_id: str) -> tuple[ReadableSpan, ...]:
    with anyio.fail_after(20):
        while True:
            spans = traces.spans(trace_id)
            if {"process articles.indexed.v1", "process articles.raw.v1"} <= {span.name for span in spans}:
                return spans
            await anyio.sleep(0.05)


def shape(nodes: tuple[SpanNode, ...]) -> dict[str, object]:
    return {node.name: ENGINE if node.name == "bulk write" else shape(node.children) for node in nodes}


async def test_one_file_continues_the_callers_trace_to_the_very_end(
    settings: PlatformSettings, traces: RecentTraces
) -> None:
    trace_id, parent_id = uuid4().hex, uuid4().hex[:16]
    async with client(settings) as http:
        answer = await http.post(
            "/v1/files",
            files=[("file", ("trang.txt", page("zzonetrace", 7).encode()))],
            headers={"traceparent": f"00-{trace_id}-{parent_id}-01"},
        )
        (receipt,) = await ended(http, answer.json()["batch_id"])
        assert (receipt["status"], receipt["trace_id"]) == ("indexed", trace_id)
        spans = await whole_trace(traces, trace_id)
    assert shape(span_tree(spans)) == WHOLE_TREE
    by_name = {span.name: span for span in spans}
    sent = by_name["send articles.raw.v1"].attributes or {}
    processed = by_name["process articles.raw.v1"].attributes or {}
    assert sent["messaging.operation.type"] == "send"
    assert sent["messaging.destination.name"] == "articles.raw.v1"
    assert processed["messaging.consumer.group.name"] == "extract"
    assert processed["messaging.message.id"] == sent["messaging.message.id"]
    assert by_name["index write"].links, "the file's own write is linked to the bulk that carried it"
    request = by_name["POST /v1/files"].attributes or {}
    assert (request["http.request.method"], request["http.response.status_code"]) == ("POST", 202)


async def test_several_files_get_a_trace_each_linked_to_their_request(
    settings: PlatformSettings, traces: RecentTraces
) -> None:
    files = [("file", (f"trang-{number}.txt", page("zzmanytraces", number).encode())) for number in range(3)]
    async with client(settings) as http:
        receipts = await ended(http, (await http.post("/v1/files", files=files)).json()["batch_id"])
        trace_ids = {receipt["trace_id"] for receipt in receipts}
        assert len(trace_ids) == 3
        for trace_id in trace_ids:
            (root,) = span_tree(await whole_trace(traces, trace_id))
            (root_span,) = [span for span in traces.spans(trace_id) if span.parent is None]
            assert root.name == root_span.name
            (link,) = root_span.links
            request_spans = traces.spans(format(link.context.trace_id, "032x"))
            assert [span.name for span in request_spans if span.parent is None] == ["POST /v1/files"]
