"""A stage binds a handler to the log: consume, decode, handle, publish, commit; written once, at the edge.

The promise: a record's offset is committed only after everything it led to is acknowledged. One bad record
becomes a dead letter and never blocks or drops its neighbours; one that must wait is tried again, with back-off,
while the group's membership stays alive. Effects are idempotent, so a record that comes twice does no harm.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, TypeVar, cast

import anyio
import structlog

from bantin.breaker import Breaker, BreakerOpenError
from bantin.deadletter import stack_of
from bantin.eventlog.port import EventLog, Record, Subscription
from bantin.events import Reason
from bantin.faults import RefusedError, UnavailableError
from bantin.hand import Hand
from bantin.handler import Delivery, Emit, Handler, Outcome, Refuse, Retry
from bantin.job import Job
from bantin.progress import Progress
from bantin.telemetry import metrics
from bantin.telemetry.tracing import publish_events
from bantin.topics import Topic

T = TypeVar("T")

Decoder = Callable[[Record], T]
"""Turns a record into what the handler takes; raises UndecodableRecordError where it can't."""

POLL_SECONDS = 0.5
KEEP_ALIVE_SECONDS = 5.0
FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 30.0
NO_PROGRESS_SECONDS = 60.0
LAG_SECONDS = 15.0

logger = structlog.get_logger(__name__)


class Stage(Generic[T]):
    """One consumer group working through its topics with one handler.

    Before it runs, may be set: `max_records` of one batch; `max_in_hand`, the records that may wait when the next
    batch is taken; `patience`, the seconds without progress that are no failure yet; and `breaker`.

    With a `max_in_hand` of 1 there is one batch at a time, in order. With more, batches are worked on side by side, and
    what must wait is tried alone: what is behind it is published meanwhile, but committed only after it.
    """

    def __init__(
        self, name: str, group: str, sources: Mapping[Topic, Decoder[T]], handle: Handler[T], log: EventLog
    ) -> None:
        self.name = name
        self.group = group
        self.max_records = 64
        self.max_in_hand = 1
        self.patience = NO_PROGRESS_SECONDS
        self.breaker = Breaker()
        self._decoders = {topic.name: decode for topic, decode in sources.items()}
        self._handle = handle
        self._log = log
        self._progress = Progress(name)
        self._stopped: str | None = None

    async def run(self, stop: anyio.Event) -> None:
        """Work until `stop` is set; then settle what is in hand, commit it and return."""
        failures = 0
        metrics.STOPPED.labels(self.name).set(0)
        while not stop.is_set():
            try:
                async with self._log.subscribe(self.group, tuple(self._decoders)) as subscription:
                    await self._consume(subscription, stop)
            except UnavailableError as error:
                failures += 1
                logger.warning("log_unavailable", stage=self.name, error=str(error), failures=failures)
                self._progress.log_failed(str(error))
                await _wait(_delay(failures), stop)
            except (RefusedError, BreakerOpenError) as error:
                self._stopped = str(error)
                metrics.STOPPED.labels(self.name).set(1)
                logger.critical("stage_stopped", stage=self.name, error=str(error))
                return

    async def report_lag(self, stop: anyio.Event) -> None:
        """Tell the metrics how far behind the group is, every LAG_SECONDS until `stop` is set."""
        while not stop.is_set():
            try:
                lag = await self._log.lag(self.group, tuple(self._decoders))
            except UnavailableError as error:
                logger.warning("lag_unknown", stage=self.name, error=str(error))
            else:
                for topic in self._decoders:
                    behind = sum(count for place, count in lag.items() if place.topic == topic)
                    metrics.LAG.labels(self.name, topic).set(behind)
            await _wait(LAG_SECONDS, stop)

    async def check(self) -> None:
        """Return while the stage makes progress; raise UnavailableError if it has stopped or hangs."""
        if self._stopped:
            raise UnavailableError(f"stage {self.name} has stopped: {self._stopped}")
        if lack := self._progress.lack(self.patience):
            raise UnavailableError(lack)

    async def _consume(self, subscription: Subscription, stop: anyio.Event) -> None:
        """Take records and commit what is settled, until `stop` is set and nothing is worked on."""
        hand = Hand(self.max_in_hand)
        working: set[asyncio.Task[None]] = set()

        def end(task: asyncio.Task[None]) -> None:
            working.discard(task)
            hand.wake()

        try:
            async with asyncio.TaskGroup() as group:
                while working or not stop.is_set():
                    if hand.full or stop.is_set():
                        await self._wait_for(hand, subscription)
                    elif jobs := await self._take(hand, subscription):
                        task = group.create_task(self._batch(jobs, hand, stop))
                        working.add(task)
                        task.add_done_callback(end)
                    await self._commit(hand, subscription)
        except ExceptionGroup as errors:
            raise _cause(errors.subgroup((RefusedError, BreakerOpenError)) or errors) from errors

    async def _take(self, hand: Hand, subscription: Subscription) -> list[Job[T]]:
        records = await subscription.poll(max_records=self.max_records, timeout=POLL_SECONDS)
        if hand.empty:
            self._progress.made()
        return [
            Job(self._log, self.group, self.name, record, hand.take(record), self._decoders[record.topic])
            for record in records
        ]

    async def _wait_for(self, hand: Hand, subscription: Subscription) -> None:
        """Wait until something in hand is settled; when that takes long, poll, so that the group keeps us."""
        if await hand.changes(KEEP_ALIVE_SECONDS):
            return
        subscription.pause()
        with suppress(UnavailableError):  # it comes again, and is handled, at the next poll for records
            await subscription.poll(max_records=1, timeout=0)
        subscription.resume()

    async def _commit(self, hand: Hand, subscription: Subscription) -> None:
        if offsets := hand.offsets():
            await subscription.commit(offsets)
            self._progress.made()

    async def _batch(self, jobs: list[Job[T]], hand: Hand, stop: anyio.Event) -> None:
        with metrics.BATCH_SECONDS.labels(self.name).time():
            await self._settle(jobs, hand, stop)

    async def _settle(self, jobs: list[Job[T]], hand: Hand, stop: anyio.Event, failures: int = 0) -> None:
        """Handle and publish until every record is settled, or as many as there are when we must stop."""
        try:
            while jobs:
                if failures:
                    if stop.is_set():
                        break
                    await _wait(_delay(failures), stop)
                await self._attempt(jobs, hand)
                jobs[:] = [job for job in jobs if not job.place.settled]  # whoever has the list lets go of their bytes
                failures += 1
                if len(jobs) > 1 and self.max_in_hand > 1:
                    async with asyncio.TaskGroup() as group:
                        while jobs:
                            group.create_task(self._settle([jobs.pop(0)], hand, stop, failures))
        finally:
            for job in jobs:
                job.close()

    async def _attempt(self, jobs: Sequence[Job[T]], hand: Hand) -> None:
        """Handle these jobs once and publish what came of them; those that must wait stay unsettled."""
        decoded = [job for job in jobs if job.delivery is not None]
        for job, outcome in zip(decoded, await self._outcomes(decoded), strict=True):
            job.take(outcome)
        finished = [job for job in jobs if not isinstance(job.outcome, Retry)]
        for job in finished:
            if not job.judged:
                job.judged = True
                self.breaker.record(died=isinstance(job.outcome, Refuse))
        publications = [publication for job in finished for publication in job.publications()]
        ready = [message for job in finished for message in job.messages()]
        try:
            await publish_events(self._log, publications, source=f"/bantin/{self.name}", ready=ready)
        except UnavailableError as error:
            self._progress.hindered(f"what came of them can't be published: {error}", len(finished))
            return
        for job in finished:
            hand.settle(job.place)
            job.settle()
            self._progress.settled()
            outcome = "emitted" if isinstance(job.outcome, Emit) else "dead"
            metrics.RECORDS.labels(self.name, outcome).inc()
        metrics.RETRIES.labels(self.name).inc(len(jobs) - len(finished))
        self._tell_why([job.outcome for job in jobs])

    def _tell_why(self, outcomes: Sequence[Outcome]) -> None:
        """Tell why records must wait: each reason, and how many it keeps."""
        for why, records in Counter(outcome.why for outcome in outcomes if isinstance(outcome, Retry)).items():
            self._progress.hindered(why, records)

    async def _outcomes(self, jobs: Sequence[Job[T]]) -> Sequence[Outcome]:
        deliveries = [job.delivery for job in jobs if job.delivery is not None]
        if not deliveries:
            return ()
        try:
            return await self._handle(deliveries)
        except UnavailableError as error:
            return [Retry(str(error))] * len(deliveries)
        except RefusedError:
            raise
        except Exception as error:  # noqa: BLE001 - tried one by one below, the culprit's own error is logged and kept
            logger.warning("batch_failed", stage=self.name, size=len(deliveries), error=repr(error))
        return [await self._alone(delivery) for delivery in deliveries]

    async def _alone(self, delivery: Delivery[T]) -> Outcome:
        try:
            (outcome,) = await self._handle([delivery])
        except UnavailableError as error:
            return Retry(str(error))
        except RefusedError:
            raise
        except Exception as error:
            logger.exception("handler_failed", stage=self.name)
            return Refuse(Reason(code="handler_failed", detail=repr(error)[:500]), stack_of(error))
        return outcome


def _cause(errors: ExceptionGroup[Exception]) -> Exception:
    """Return the first error in a group of groups."""
    first = errors.exceptions[0]
    return _cause(cast("ExceptionGroup[Exception]", first)) if isinstance(first, ExceptionGroup) else first


def _delay(failures: int) -> float:
    """Return seconds to wait: exponential with full jitter, capped (AWS Architecture Blog, 2015)."""
    return random.uniform(0, min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** min(failures, 10)))  # noqa: S311


async def _wait(seconds: float, stop: anyio.Event) -> None:
    with anyio.move_on_after(seconds):
        await stop.wait()
