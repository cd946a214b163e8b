"""A stage settles every record once it can, and commits nothing before: proven on a real SQLite log."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import anyio
import httpx
import pytest
from structlog.testing import capture_logs

from bantin import stage as stage_module
from bantin.breaker import Breaker
from bantin.deadletter import read_dead_letter
from bantin.envelope import decode, encode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog, LogUnavailableError, Message, Record
from bantin.events import ArticleRejected, Reason
from bantin.faults import RefusedError, UnavailableError
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin.http import create_app
from bantin.service import Service
from bantin.stage import Stage
from bantin.topics import ALL_TOPICS, REJECTED

Deliveries = Sequence[Delivery[ArticleRejected]]
Handle = Callable[[Deliveries], Awaitable[Sequence[Outcome]]]

SOURCE = REJECTED
GROUP = "receipts"
DEAD = f"{SOURCE.name}.{GROUP}.dlq"


@pytest.fixture
async def log(tmp_path: Path) -> AsyncGenerator[EventLog]:
    async with open_log(f"sqlite:///{tmp_path / 'log.db'}") as opened:
        await opened.create_topics(ALL_TOPICS)
        yield opened


def event(name: str) -> ArticleRejected:
    now = datetime.now(UTC)
    reason = Reason(code="empty", detail=name)
    return ArticleRejected(receipt_id=name, batch_id="b", article_id=name, reason=reason, rejected_at=now)


async def publish(log: EventLog, *names: str) -> None:
    await log.publish([encode(event(name), source="/test") for name in names])


async def run_until(log: EventLog, handle: Handle, done: Callable[[], Awaitable[bool]]) -> Stage[ArticleRejected]:
    stage = Stage("test", GROUP, {SOURCE: partial(decode, event_type=ArticleRejected)}, handle, log)
    stop = anyio.Event()
    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            group.start_soon(stage.run, stop)
            while not await done():
                await anyio.sleep(0.01)
            stop.set()
    return stage


async def lag(log: EventLog) -> int:
    return sum((await log.lag(GROUP, [SOURCE.name])).values())


async def settled(log: EventLog) -> bool:
    return await lag(log) == 0


async def records(log: EventLog, topic: str) -> list[Record]:
    async with log.read(topic, {}) as reader:
        return await reader.poll(max_records=1_000, timeout=0.05)


async def emit_nothing(deliveries: Deliveries) -> Sequence[Outcome]:
    return [Emit() for _ in deliveries]


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


async def probed(stage: Stage[ArticleRejected], log: EventLog, probe: Callable[[], Awaitable[None]]) -> None:
    """Run a stage, and then `probe` beside it."""
    stop = anyio.Event()
    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            group.start_soon(stage.run, stop)
            await probe()
            stop.set()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    while not await true():
        await anyio.sleep(0.01)


def stage_for(log: EventLog, handle: Handle) -> Stage[ArticleRejected]:
    return Stage("test", GROUP, {SOURCE: partial(decode, event_type=ArticleRejected)}, handle, log)


@pytest.mark.parametrize("hindrance", ["retry", "hang"])
async def test_records_that_wait_for_long_are_no_progress_though_polling_goes_on(
    log: EventLog, monkeypatch: pytest.MonkeyPatch, hindrance: str
) -> None:
    monkeypatch.setattr(stage_module, "KEEP_ALIVE_SECONDS", 0.02)
    monkeypatch.setattr(stage_module, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(stage_module, "LONGEST_DELAY_SECONDS", 0.02)
    await publish(log, "a")
    mended = anyio.Event()

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        if hindrance == "hang":
            await mended.wait()
        return [Emit() if mended.is_set() else Retry("the index is read-only") for _ in deliveries]

    stage = stage_for(log, handle)
    stage.patience = 0.5

    async def probe() -> None:
        await anyio.sleep(0.2)
        await stage.check()  # as a slow batch, it is no failure yet
        await anyio.sleep(0.5)
        why = ": the index is read-only" if hindrance == "retry" else ""
        with pytest.raises(UnavailableError, match=f"stage test has made no progress for 1 s{why}$"):
            await stage.check()
        mended.set()
        await until(partial(settled, log))
        await stage.check()
        await anyio.sleep(0.7)
        await stage.check()  # nothing to do is progress

    await probed(stage, log, probe)


async def test_what_keeps_records_waiting_is_logged(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_module, "LONGEST_DELAY_SECONDS", 0.001)
    await publish(log, "a", "b", "c")
    tries = 0

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        nonlocal tries
        tries += 1
        return [Emit() if tries > 5 else Retry("busy") for _ in deliveries]

    with capture_logs() as told:
        await run_until(log, handle, partial(settled, log))
    waits = [line for line in told if line["event"] == "records_wait"]
    assert [(line["stage"], line["why"], line["records"]) for line in waits] == [("test", "busy", 3)]


async def test_what_is_behind_a_slow_record_goes_on_and_is_committed_after_it(log: EventLog) -> None:
    await publish(log, "a", "slow", *(f"b{number}" for number in range(20)))
    finished: set[str] = set()
    slow = anyio.Event()

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        names = [delivery.event.article_id for delivery in deliveries]
        if "slow" in names and not slow.is_set():
            if len(names) > 1:
                return [Retry("slow") if name == "slow" else Emit() for name in names]
            await slow.wait()
        finished.update(names)
        return await emit_nothing(deliveries)

    async def all_but_one() -> bool:
        return len(finished & {f"b{number}" for number in range(2, 20)}) == 18

    stage = stage_for(log, handle)
    stage.max_records, stage.max_in_hand = 3, 8

    async def probe() -> None:
        await until(all_but_one)
        assert await lag(log) == 21, "a is committed, and nothing past the slow one"
        slow.set()
        await until(partial(settled, log))

    await probed(stage, log, probe)


async def test_slow_records_of_one_batch_do_not_wait_for_each_other(log: EventLog) -> None:
    await publish(log, "fast", "slow", "slower")
    never = anyio.Event()
    seen: list[list[str]] = []

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        names = [delivery.event.article_id for delivery in deliveries]
        seen.append(names)
        if len(names) > 1:
            return [Emit() if name == "fast" else Retry("slow") for name in names]
        if names == ["slower"]:
            await never.wait()
        return await emit_nothing(deliveries)

    stage = stage_for(log, handle)
    stage.max_in_hand = 64

    async def two_settled() -> bool:
        return await lag(log) == 1

    async def probe() -> None:
        await until(two_settled)
        never.set()

    await probed(stage, log, probe)
    assert sorted(seen) == [["fast", "slow", "slower"], ["slow"], ["slower"]]


async def test_a_stage_with_slow_records_takes_no_more_than_its_hand_holds(log: EventLog) -> None:
    await publish(log, *(f"a{number}" for number in range(50)))
    taken: list[str] = []
    go_on = anyio.Event()

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        taken.extend(delivery.event.article_id for delivery in deliveries)
        await go_on.wait()
        return await emit_nothing(deliveries)

    stage = stage_for(log, handle)
    stage.max_records, stage.max_in_hand = 4, 8

    async def probe() -> None:
        await anyio.sleep(0.5)
        assert len(taken) == 8
        go_on.set()
        await until(partial(settled, log))

    await probed(stage, log, probe)


@pytest.mark.parametrize("error", [RefusedError("403: wrong key"), None], ids=["refused", "breaker"])
async def test_one_batch_of_several_can_stop_the_stage(log: EventLog, error: Exception | None) -> None:
    await publish(log, *(f"a{number}" for number in range(30)))

    async def handle(deliveries: Deliveries) -> Sequence[Outcome]:
        if any(delivery.event.article_id == "a0" for delivery in deliveries):
            await anyio.sleep_forever()
        if error:
            raise error
        return [Refuse(Reason(code="poison", detail="why")) for _ in deliveries]

    stage = stage_for(log, handle)
    stage.max_records, stage.max_in_hand = 2, 100
    with anyio.fail_after(20):
        await stage.run(anyio.Event())
    with pytest.raises(UnavailableError, match="403: wrong key" if error else "fix the cause and restart"):
        await stage.check()
    assert await lag(log) == 30


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
