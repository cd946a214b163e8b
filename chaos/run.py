"""One run: drop files all the time, let the faults strike by plan, measure each recovery, judge at the end."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import anyio
import httpx
import structlog

from chaos.dropping import Dropper
from chaos.ledger import Ledger
from chaos.plan import Step, rounds
from chaos.shapes import Target, distributed, embedded
from chaos.verdict import Verdict, judge

RECOVERY_SECONDS = 120
SHAPES: Mapping[str, Callable[[int], AbstractAsyncContextManager[Target]]] = {
    "embedded": embedded,
    "distributed": distributed,
}

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Outcome:
    """What a run did and found. `recoveries` are seconds from a fault's end to a new file's, by fault."""

    shape: str
    seed: int
    ledger: Ledger
    verdict: Verdict = field(default_factory=Verdict)
    recoveries: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict[str, list[float]](list))
    missing: tuple[str, ...] = ()


async def run(shape: str, seed: int, seconds: float = 0, kinds: int | None = None) -> Outcome:
    """Run rounds of faults for so many seconds, one round at least; each of `kinds` of them, drawn from the seed."""
    outcome = Outcome(shape, seed, Ledger())
    async with SHAPES[shape](seed) as target:
        outcome.missing = target.missing
        dropper = Dropper(target.ingest_url, seed, outcome.ledger)
        stop = anyio.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(dropper.run, stop)
            await _strike(target, outcome, dropper, time.monotonic() + seconds, kinds)
            stop.set()
        outcome.verdict = await judge(target, outcome.ledger)
    return outcome


async def _strike(target: Target, outcome: Outcome, dropper: Dropper, until: float, kinds: int | None) -> None:
    for steps in rounds(outcome.seed, list(target.faults)):
        for step in steps[:kinds]:
            await _one(target, step)
            outcome.recoveries[step.fault].append(await _recovery(target, dropper))
            logger.info("struck", fault=step.fault, recovery=round(outcome.recoveries[step.fault][-1], 1))
        if time.monotonic() > until:
            return


async def _one(target: Target, step: Step) -> None:
    await anyio.sleep(step.calm)
    async with target.faults[step.fault]():
        await anyio.sleep(step.lasts)


async def _recovery(target: Target, dropper: Dropper) -> float:
    """Return the seconds until a file that is dropped now has ended."""
    started = time.monotonic()
    async with httpx.AsyncClient(base_url=target.ingest_url, timeout=30) as http:
        batch_id = await dropper.probe(http)
        with anyio.fail_after(RECOVERY_SECONDS):
            while True:
                batch = (await http.get(f"/v1/batches/{batch_id}")).json()
                if batch.get("done") == batch.get("total"):
                    return time.monotonic() - started
                await anyio.sleep(0.1)
