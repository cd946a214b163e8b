"""A stage of the receipts group on a log, and what tests ask of both."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import anyio

from bantin.envelope import decode, encode
from bantin.eventlog.port import EventLog, Record
from bantin.events import ArticleRejected, Reason
from bantin.handler import Delivery, Emit, Outcome
from bantin.stage import Stage
from bantin.topics import REJECTED

Deliveries = Sequence[Delivery[ArticleRejected]]
Handle = Callable[[Deliveries], Awaitable[Sequence[Outcome]]]

SOURCE = REJECTED
GROUP = "receipts"
DEAD = f"{SOURCE.name}.{GROUP}.dlq"


def event(name: str) -> ArticleRejected:
    now = datetime.now(UTC)
    reason = Reason(code="empty", detail=name)
    return ArticleRejected(receipt_id=name, batch_id="b", article_id=name, reason=reason, rejected_at=now)


async def publish(log: EventLog, *names: str) -> None:
    await log.publish([encode(event(name), source="/test") for name in names])


async def run_until(log: EventLog, handle: Handle, done: Callable[[], Awaitable[bool]]) -> Stage[ArticleRejected]:
    stage = stage_for(log, handle)
    await probed(stage, partial(until, done))
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


async def probed(stage: Stage[ArticleRejected], probe: Callable[[], Awaitable[None]]) -> None:
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
