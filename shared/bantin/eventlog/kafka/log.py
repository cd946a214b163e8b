"""The distributed adapter of the log port: connects and hands out subscriptions and readers."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self, cast

from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka import TopicPartition as FastStreamPartition
from faststream.kafka.security import parse_security

from bantin.eventlog.kafka.address import KafkaAddress
from bantin.eventlog.kafka.administration import KafkaAdministration
from bantin.eventlog.kafka.clients import Consumer, Subscriber
from bantin.eventlog.kafka.door import knock
from bantin.eventlog.kafka.errors import translated
from bantin.eventlog.kafka.publisher import KafkaPublisher
from bantin.eventlog.kafka.subscription import MAX_BYTES, KafkaReader, KafkaSubscription, Rebalances
from bantin.eventlog.port import Message, Reader, Subscription, TopicPartition
from bantin.topics import Topic

CLIENT = "bantin"
METADATA_SECONDS = 30
RETRY_MILLISECONDS = 300
"""Three times the default, which logs 20 errors a second for each consumer while a broker is away."""

CONSUMING: dict[str, Any] = {
    "batch": True,
    "ack_policy": AckPolicy.MANUAL,
    "auto_offset_reset": "earliest",
    "fetch_max_bytes": MAX_BYTES,
    "persistent": False,
    "include_in_schema": False,
}
"""MANUAL keeps the client from committing by itself. A record larger than the fetch limits still comes, alone."""


class KafkaLog:
    """Implements `bantin.eventlog.port.EventLog`; make it with `open`. It connects when it is first used."""

    system = "kafka"

    def __init__(self, address: KafkaAddress) -> None:
        settings: dict[str, Any] = {
            "bootstrap_servers": list(address.servers),
            "client_id": CLIENT,
            "metadata_max_age_ms": METADATA_SECONDS * 1000,
            "retry_backoff_ms": RETRY_MILLISECONDS,
        }
        self._address = address
        self._administration = KafkaAdministration(address)
        self._publisher = KafkaPublisher(address, settings | parse_security(address.security))
        self._broker = KafkaBroker(**settings, security=address.security, consumer_only=True, logger=None)
        self._subscriber: Callable[..., Subscriber] = cast(Any, self._broker).subscriber

    @classmethod
    async def open(cls, url: str) -> Self:
        """Return the log of a URL; raise ValueError if it is none of ours."""
        return cls(KafkaAddress.parse(url))

    async def create_topics(self, topics: Sequence[Topic]) -> None:
        """Create the topics that do not exist yet: kept for ever, compacted where the topic says so."""
        await self._administration.create_topics(topics)

    async def publish(self, messages: Sequence[Message]) -> None:
        """Publish all and return when all in-sync replicas have every one."""
        await self._publisher.publish(messages)

    @asynccontextmanager
    async def subscribe(self, group: str, topics: Sequence[str]) -> AsyncGenerator[Subscription]:
        """Join `group`; it shares the partitions out among its members."""
        rebalances = Rebalances(group)
        subscriber = self._subscriber(*topics, group_id=group, listener=rebalances, **CONSUMING)
        try:
            consumer = await self._started(subscriber, f"group {group}")
            reader = KafkaReader(consumer)
            rebalances.watch(reader)
            yield KafkaSubscription(group, consumer, reader)
        finally:
            await subscriber.stop()

    @asynccontextmanager
    async def read(self, topic: str, start: Mapping[int, int]) -> AsyncGenerator[Reader]:
        """Read every partition that the topic has now, from the offsets in `start`."""
        numbers = await self._administration.partitions(topic)
        partitions = [FastStreamPartition(topic, number) for number in numbers]
        subscriber = self._subscriber(partitions=partitions, **CONSUMING)
        try:
            consumer = await self._started(subscriber, f"reading {topic}")
            for place in consumer.assignment():
                consumer.seek(place, start.get(place.partition, 0))
            yield KafkaReader(consumer)
        finally:
            await subscriber.stop()

    async def end_offsets(self, topic: str) -> dict[int, int]:
        """Return the offset that the next record of each partition will get."""
        return await self._administration.end_offsets(topic)

    async def lag(self, group: str, topics: Sequence[str]) -> dict[TopicPartition, int]:
        """Return how many records of each partition the group has not committed."""
        found = await self._administration.lag(group, topics)
        return {TopicPartition(*place): count for place, count in found.items()}

    async def has_members(self, group: str, topics: Sequence[str]) -> bool:
        """Return whether the group has members, as the brokers know it; they are asked about the group as a whole."""
        del topics
        return await self._administration.has_members(group)

    async def ready(self) -> None:
        """Return if a broker answers."""
        await self._administration.ready()

    async def close(self) -> None:
        """Deliver what waits and close the connections."""
        await self._publisher.close()
        await self._administration.close()
        await self._broker.stop()

    async def _started(self, subscriber: Subscriber, doing: str) -> Consumer:
        """Start a subscriber that has no handlers and return the consumer that it runs: we poll that ourselves."""
        with translated(doing):
            await knock(self._address)
            await self._broker.connect()
            await subscriber.start()
            # aiokafka 0.14 awaits a task of its own when it stops, and is cancelled itself if that never began.
            await asyncio.sleep(0)
        return cast(Consumer, subscriber.consumer)
