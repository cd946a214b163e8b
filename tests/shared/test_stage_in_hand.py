"""A slow record holds up nobody, and a stage that does not get on says so: proven on a real SQLite log."""

from collections.abc import Sequence
from functools import partial

import anyio
import pytest
from structlog.testing import capture_logs

from bantin import stage as stage_module
from bantin.eventlog.port import EventLog
from bantin.events import Reason
from bantin.faults import RefusedError, UnavailableError
from bantin.handler import Emit, Outcome, Refuse, Retry
from tests.shared.staging import Deliveries, emit_nothing, lag, probed, publish, run_until, settled, stage_for, until


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

    await probed(stage, probe)


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

    await probed(stage, probe)


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

    await probed(stage, probe)
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

    await probed(stage, probe)


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
