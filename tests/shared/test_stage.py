"""A stage settles every record once it can, and commits nothing before: proven on a real SQLite log."""

from collections.abc import Sequence
from functools import partial

import anyio
import httpx
import pytest

from bantin import stage as stage_module
from bantin.breaker import Breaker
from bantin.deadletter import read_dead_letter
from bantin.envelope import decode, encode
from bantin.eventlog.port import EventLog, LogUnavailableError, Message
from bantin.events import ArticleRejected, Reason
from bantin.faults import RefusedError, UnavailableError
from bantin.handler import Emit, Outcome, Refuse, Retry
from bantin.http import create_app
from bantin.service import Service
from bantin.stage import Stage
from bantin.topics import REJECTED
from tests.shared.staging import (
    DEAD,
    GROUP,
    SOURCE,
    Deliveries,
    emit_nothing,
    event,
    lag,
    publish,
    records,
    run_until,
    settled,
)


async def test_every_record_is_handled_in_order_and_committed(log: EventLog) -> None:
    names = [f"a{number}" for number in range(200)]
    await publish(log, *names)
    seen: list[str] = []

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        seen.extend(delivery.event.article_id for delivery in deliveries)
        return await emit_nothing(deliveries)

    await run_until(log, handle, partial(settled, log))
    assert seen == names


async def test_what_a_record_leads_to_is_published_in_its_trace(log: EventLog) -> None:
    await publish(log, "a")

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        return [
            Emit((event("b").model_copy(update={"article_id": delivery.event.article_id}),)) for delivery in deliveries
        ]

    stage_log = _Redirected(log)
    await run_until(stage_log, handle, partial(settled, log))
    assert [message.key for message in stage_log.published] == [b"a"]


async def test_a_bad_record_becomes_a_dead_letter_and_its_neighbours_live(log: EventLog) -> None:
    await publish(log, "before")
    await log.publish([Message(SOURCE.name, b"k", b"\xff not an event", (("ce_receiptid", b"r9"), ("x", b"\xfe")))])
    await publish(log, "after")
    seen: list[str] = []

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        seen.extend(delivery.event.article_id for delivery in deliveries)
        return await emit_nothing(deliveries)

    await run_until(log, handle, partial(settled, log))
    assert seen == ["before", "after"]
    (dead,) = await records(log, DEAD)
    assert dead.value == b"\xff not an event"
    assert read_dead_letter(dead).failure.reason.code == "undecodable_record"
    assert read_dead_letter(dead).receipt_id == "r9"


async def test_the_culprit_of_a_failing_batch_is_found_and_buried_alone(log: EventLog) -> None:
    await publish(log, "good", "culprit", "fine")
    lived: list[str] = []

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        if any(delivery.event.article_id == "culprit" for delivery in deliveries):
            raise ZeroDivisionError("boom")
        lived.extend(delivery.event.article_id for delivery in deliveries)
        return await emit_nothing(deliveries)

    await run_until(log, handle, partial(settled, log))
    assert lived == ["good", "fine"]
    (dead,) = await records(log, DEAD)
    letter = read_dead_letter(dead)
    assert (letter.receipt_id, letter.failure.reason.code) == ("culprit", "handler_failed")
    assert "ZeroDivisionError: boom" in letter.failure.stack


async def test_a_refused_delivery_is_buried_with_the_handlers_reason(log: EventLog) -> None:
    await publish(log, "a")

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        return [Refuse(Reason(code="index_refused", detail="why")) for _ in deliveries]

    await run_until(log, handle, partial(settled, log))
    (dead,) = await records(log, DEAD)
    assert read_dead_letter(dead).failure.reason == Reason(code="index_refused", detail="why")


@pytest.mark.parametrize("wait", ["outcome", "error"])
async def test_what_must_wait_is_tried_again_until_it_goes(log: EventLog, wait: str) -> None:
    await publish(log, "a", "b")
    attempts: list[list[str]] = []

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        attempts.append([delivery.event.article_id for delivery in deliveries])
        if len(attempts) > 2:
            return await emit_nothing(deliveries)
        if wait == "error":
            raise UnavailableError("down")
        return [Retry("busy") if delivery.event.article_id == "b" else Emit() for delivery in deliveries]

    await run_until(log, handle, partial(settled, log))
    assert attempts == [["a", "b"], ["a", "b"], ["a", "b"]] if wait == "error" else [["a", "b"], ["b"], ["b"]]
    assert not await records(log, DEAD)


async def test_nothing_is_committed_past_a_record_that_still_waits(log: EventLog) -> None:
    await publish(log, "a", "b", "c")
    tried: list[str] = []

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        tried.extend(delivery.event.article_id for delivery in deliveries)
        return [Retry("busy") if delivery.event.article_id == "b" else Emit() for delivery in deliveries]

    async def tried_twice() -> bool:
        return tried.count("b") >= 2

    await run_until(log, handle, tried_twice)
    assert await lag(log) == 2, "a is committed; b and c come again, though c was done"


async def test_a_refusal_stops_the_stage_and_it_says_so(log: EventLog) -> None:
    await publish(log, "a")
    called = anyio.Event()

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        called.set()
        raise RefusedError("403: wrong key")

    async def was_called() -> bool:
        return called.is_set()

    stage = await run_until(log, handle, was_called)
    with pytest.raises(UnavailableError, match="403: wrong key"):
        await stage.check()
    assert await lag(log) == 1
    assert not await records(log, DEAD)


async def test_a_bad_deploy_does_not_drain_the_log_into_the_dead_letters(log: EventLog) -> None:
    await publish(log, *(f"a{number}" for number in range(300)))
    stage: Stage[ArticleRejected] | None = None

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        raise AttributeError("a bug of ours")

    stage = Stage("test", GROUP, {SOURCE: partial(decode, event_type=ArticleRejected)}, handle, log)
    with anyio.fail_after(20):
        await stage.run(anyio.Event())
    assert len(await records(log, DEAD)) < 64
    assert await lag(log) > 200
    with pytest.raises(UnavailableError, match="fix the cause and restart"):
        await stage.check()


async def test_a_stage_that_stopped_itself_says_how_to_go_on(log: EventLog) -> None:
    await publish(log, *(f"a{number}" for number in range(30)))

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        return [Refuse(Reason(code="poison", detail="why")) for _ in deliveries]

    stage = Stage("breaking", GROUP, {SOURCE: partial(decode, event_type=ArticleRejected)}, handle, log)
    with anyio.fail_after(20):
        await stage.run(anyio.Event())
    app = create_app([Service("service", checks={"stage": stage.check})])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as http:
        answer = await http.get("/readyz")
        assert answer.status_code == 503
        assert "restart with BANTIN_BREAKER_SHARE=1" in answer.json()["checks"]["service.stage"]
        assert 'bantin_stage_stopped{stage="breaking"} 1.0' in (await http.get("/metrics")).text

        stage = Stage("breaking", GROUP, {SOURCE: partial(decode, event_type=ArticleRejected)}, handle, log)
        stage.breaker = Breaker(share=1)
        stop = anyio.Event()
        with anyio.fail_after(20):
            async with anyio.create_task_group() as group:
                group.start_soon(stage.run, stop)
                while await lag(log):
                    await anyio.sleep(0.01)
                stop.set()
        assert 'bantin_stage_stopped{stage="breaking"} 0.0' in (await http.get("/metrics")).text
    assert len(await records(log, DEAD)) == 30, "each record became one dead letter, the first batch, too"
    await stage.check()


async def test_one_record_whose_death_can_not_be_published_is_one_death(
    log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_module, "LONGEST_DELAY_SECONDS", 0.001)
    await publish(log, "poison")
    flaky = _Flaky(log, failures=40)

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        return [Refuse(Reason(code="poison", detail="why")) for _ in deliveries]

    stage = await run_until(flaky, handle, partial(settled, log))
    await stage.check()
    (dead,) = await records(log, DEAD)
    assert read_dead_letter(dead).failure.attempts == 41


async def test_a_dead_letter_tells_how_often_it_was_tried_and_in_which_trace(
    log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_module, "LONGEST_DELAY_SECONDS", 0.001)
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    carrier = {"traceparent": f"00-{trace_id}-00f067aa0ba902b7-01"}
    await log.publish([encode(event("a"), source="/test", carrier=carrier)])
    tries = 0

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        nonlocal tries
        tries += 1
        if tries < 3:
            return [Retry("busy") for _ in deliveries]
        raise ZeroDivisionError("boom")

    await run_until(log, handle, partial(settled, log))
    (dead,) = await records(log, DEAD)
    failure = read_dead_letter(dead).failure
    assert (failure.attempts, failure.trace_id, failure.stage) == (3, trace_id, "test")
    assert "ZeroDivisionError: boom" in failure.stack


async def test_messages_that_are_ready_are_published_as_they_are(log: EventLog) -> None:
    await publish(log, "a")
    again = Message(REJECTED.name, b"\xff", None, (("x", b"\xfe"), ("x", None)))

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        return [Emit(messages=(again,)) for _ in deliveries]

    async def handled() -> bool:
        return bool(await records(log, DEAD))  # what comes back to this stage's own topic is no event

    await run_until(log, handle, handled)
    found = (await records(log, SOURCE.name))[1]
    assert (found.key, found.value, found.headers) == (again.key, again.value, again.headers)


class _Flaky:
    """A log on which the first publishes fail."""

    system = "sqlite"

    def __init__(self, log: EventLog, failures: int) -> None:
        self._log = log
        self._failures = failures

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)

    async def publish(self, messages: Sequence[Message]) -> None:
        if self._failures:
            self._failures -= 1
            raise LogUnavailableError("no broker")
        await self._log.publish(messages)


class _Redirected:
    """A log that notes what is published instead of publishing it."""

    system = "sqlite"

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.published: list[Message] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)

    async def publish(self, messages: Sequence[Message]) -> None:
        self.published.extend(messages)
