"""An Elasticsearch that hangs, is overloaded or gone costs its callers little time, and is found again."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from elasticsearch import ConnectionError

from bantin.search.connect import open_engine
from bantin.search.elastic import circuit, client
from bantin.search.elastic.circuit import FAILURES, OPEN_SECONDS, Circuit, CircuitOpenError
from bantin.search.port import SearchEngine, SearchRefusedError, SearchUnavailableError
from bantin.search.query import Query
from tests.shared.search.elastic.stub import Stub, error, stub

NO_HITS = {
    "hits": {"total": {"value": 0}, "hits": []},
    "aggregations": {},
    "timed_out": False,
    "id": "p",
    "pit_id": "p",
}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def fail(broken: Circuit) -> None:
    with pytest.raises(ConnectionError), broken.request():
        raise ConnectionError("no answer")


def test_a_dead_engine_is_not_asked_until_some_time_has_passed_then_by_one():
    clock = Clock()
    broken = Circuit(clock)
    for _ in range(FAILURES):
        fail(broken)
    with pytest.raises(CircuitOpenError, match="without an answer"), broken.request():
        raise AssertionError("asked")
    clock.now += OPEN_SECONDS
    with broken.request(), pytest.raises(CircuitOpenError), broken.request():
        raise AssertionError("two probes at once")
    with broken.request():
        pass


def test_a_failed_probe_keeps_it_open():
    clock = Clock()
    broken = Circuit(clock)
    for _ in range(FAILURES):
        fail(broken)
    clock.now += OPEN_SECONDS
    fail(broken)
    with pytest.raises(CircuitOpenError), broken.request():
        raise AssertionError("asked")


def test_an_answer_between_failures_keeps_it_closed():
    broken = Circuit(Clock())
    for _ in range(3 * FAILURES):
        fail(broken)
        with broken.request():
            pass


def test_a_request_that_its_caller_gave_up_counts_neither_way():
    clock = Clock()
    broken = Circuit(clock)
    for _ in range(FAILURES):
        fail(broken)
    clock.now += OPEN_SECONDS
    with pytest.raises(asyncio.CancelledError), broken.request():
        raise asyncio.CancelledError
    with broken.request():
        pass


def test_too_many_at_once_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(circuit, "MOST_AT_ONCE", 1)
    busy = Circuit()
    with busy.request(), pytest.raises(CircuitOpenError, match="under way"), busy.request():
        raise AssertionError("two at once")
    with busy.request():
        pass


@pytest.fixture
async def node() -> AsyncGenerator[Stub]:
    async with stub() as made:
        made.body = NO_HITS
        yield made


@pytest.fixture
async def engine(node: Stub, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[SearchEngine]:
    monkeypatch.setattr(client, "SEARCH_SECONDS", 0.2)
    monkeypatch.setattr(circuit, "OPEN_SECONDS", 1_000)
    async with open_engine(node.url) as opened:
        yield opened


async def test_a_node_that_hangs_is_given_up_then_left_alone_then_found_again(
    engine: SearchEngine, node: Stub, monkeypatch
):
    node.stalled = True
    for _ in range(FAILURES):
        with pytest.raises(SearchUnavailableError, match="can't be reached"):
            await engine.get(["a"])
    asked = len(node.requests)
    for call in (engine.get(["a"]), engine.search(Query()), engine.ready(), engine.suggest("a", 1)):
        with pytest.raises(SearchUnavailableError, match="without an answer"):
            await call
    assert len(node.requests) == asked
    node.stalled, node.body = False, {"docs": []}
    monkeypatch.setattr(circuit, "OPEN_SECONDS", 0)
    for _ in range(2):
        assert await engine.get(["a"]) == {}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (429, "circuit_breaking_exception"),
        (429, "es_rejected_execution_exception"),
        (503, "search_phase_execution_exception"),
        (504, "gateway_timeout"),
    ],
)
async def test_an_overloaded_engine_is_unavailable_and_asked_again(engine, node, status: int, kind: str):
    node.status, node.body = status, error(kind)
    for _ in range(2 * FAILURES):
        with pytest.raises(SearchUnavailableError, match=kind):
            await engine.search(Query())
    assert len(node.requests) == 2 * FAILURES


async def test_a_partial_answer_is_no_answer(engine, node):
    node.body = {**NO_HITS, "timed_out": True}
    with pytest.raises(SearchUnavailableError, match="took too long"):
        await engine.facet_values(Query(), "province", "", 5)
    (asked,) = (request for request in node.requests if "_search" in request)
    assert "allow_partial_search_results=false" in asked


async def test_refused_credentials_are_no_reason_to_come_again(engine, node):
    node.status, node.body = 401, error("security_exception")
    for call in (engine.search(Query()), engine.ready(), engine.prepare(), engine.layout()):
        with pytest.raises(SearchRefusedError, match="credentials"):
            await call


async def test_an_engine_that_is_gone_is_unavailable():
    async with open_engine("http://127.0.0.1:1") as opened:
        for _ in range(2 * FAILURES):
            with pytest.raises(SearchUnavailableError, match="can't be reached"):
                await opened.ready()
