"""A group's member, and a reader outside any group, on consumers that FastStream runs."""

import asyncio
from collections import deque
from collections.abc import Collection, Mapping
from contextlib import suppress

import structlog
from aiokafka import ConsumerRebalanceListener
from aiokafka import TopicPartition as KafkaPartition
from aiokafka.errors import CommitFailedError, IllegalStateError

from bantin.eventlog.kafka.clients import Consumer, FetchedRecord
from bantin.eventlog.kafka.errors import translated
from bantin.eventlog.port import LogUnavailableError, Record, TopicPartition

MAX_BYTES = 16 * 1024 * 1024
"""Of one batch; a single larger record comes alone."""

REBALANCE_SECONDS = 1.0
"""How much longer than asked a poll may take when the group is being reshuffled."""

COMMIT_SECONDS = 30.0

logger = structlog.get_logger(__name__)


class KafkaReader:
    """Implements `bantin.eventlog.port.Reader`; cuts what a consumer has fetched into batches of few bytes."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self._fetched: deque[Record] = deque()

    async def poll(self, *, max_records: int, timeout: float) -> list[Record]:  # noqa: ASYNC109  the port's
        """Return the next records, in order within each partition."""
        if not self._fetched:
            await self._fetch(max_records, timeout)
        batch: list[Record] = []
        left = MAX_BYTES
        while self._fetched and len(batch) < max_records:
            left -= len(self._fetched[0].value or b"")
            if batch and left < 0:
                break
            batch.append(self._fetched.popleft())
        return batch

    async def keep_polling(self, seconds: float) -> None:
        """Let the consumer work for a while; what comes waits for the next poll."""
        await self._fetch(1, seconds)

    def forget(self) -> None:
        """Drop what is fetched and not delivered: the partitions have another owner, or are read again."""
        self._fetched.clear()

    async def _fetch(self, max_records: int, seconds: float) -> None:
        with translated("reading"), suppress(TimeoutError):
            async with asyncio.timeout(seconds + REBALANCE_SECONDS):
                found = await self._consumer.getmany(timeout_ms=int(seconds * 1000), max_records=max_records)
                self._fetched.extend(_record(raw) for records in found.values() for raw in records)


class KafkaSubscription:
    """Implements `bantin.eventlog.port.Subscription`."""

    def __init__(self, group: str, consumer: Consumer, reader: KafkaReader) -> None:
        self._group = group
        self._consumer = consumer
        self._reader = reader
        self._paused = False

    async def poll(self, *, max_records: int, timeout: float) -> list[Record]:  # noqa: ASYNC109  the port's
        """Return the next records of the partitions that this member is given."""
        if not self._paused:
            return await self._reader.poll(max_records=max_records, timeout=timeout)
        await self._keep_membership(timeout)
        return []

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Commit where this member still owns the partition; leave the others to their new owners."""
        owned = self._consumer.assignment()
        mine = {KafkaPartition(*place): offset for place, offset in offsets.items() if place in owned}
        try:
            with translated("committing"):
                async with asyncio.timeout(COMMIT_SECONDS):
                    await self._commit(mine)
        except TimeoutError as error:
            raise LogUnavailableError(f"Kafka took no commit within {COMMIT_SECONDS:.0f} s") from error
        if len(mine) < len(offsets):
            logger.info("commit left out partitions that moved to another member", group=self._group)

    def pause(self) -> None:
        """Deliver nothing until `resume`, but go on fetching nothing so that the group keeps this member."""
        self._paused = True

    def resume(self) -> None:
        """Deliver again."""
        self._paused = False
        self._consumer.resume(*self._consumer.paused())

    async def _commit(self, offsets: Mapping[KafkaPartition, int]) -> None:
        if not offsets:
            return
        try:
            await self._consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError) as error:
            why = "the group was reshuffled: the new owners read these records again"
            logger.info("commit left out", group=self._group, why=why, error=repr(error))

    async def _keep_membership(self, seconds: float) -> None:
        """Poll with every partition paused; what a rebalance brings meanwhile waits for `resume`."""
        self._consumer.pause(*self._consumer.assignment())
        await self._reader.keep_polling(seconds)


class Rebalances(ConsumerRebalanceListener):
    """Forgets what was fetched from partitions that the group has taken away."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._reader: KafkaReader | None = None

    def watch(self, reader: KafkaReader) -> None:
        """Keep this reader right."""
        self._reader = reader

    async def on_partitions_revoked(  # pyright: ignore[reportIncompatibleMethodOverride]  may be async, says its text
        self, revoked: Collection[KafkaPartition]
    ) -> None:
        """Called before the group is reshuffled: then all partitions are given anew."""
        if self._reader is not None:
            self._reader.forget()

    async def on_partitions_assigned(  # pyright: ignore[reportIncompatibleMethodOverride]  may be async, says its text
        self, assigned: Collection[KafkaPartition]
    ) -> None:
        """Called when this member has its partitions, which it reads from their committed offsets."""
        logger.info("partitions assigned", group=self._group, partitions=len(assigned))


def _record(raw: FetchedRecord) -> Record:
    return Record(raw.topic, raw.partition, raw.offset, raw.timestamp, raw.key, raw.value, tuple(raw.headers))
