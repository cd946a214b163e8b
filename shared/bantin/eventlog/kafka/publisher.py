"""Durable publishing: idempotent, acknowledged by all in-sync replicas, headers of any bytes."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from bantin.eventlog.kafka.address import KafkaAddress
from bantin.eventlog.kafka.administration import LARGEST_MESSAGE
from bantin.eventlog.kafka.clients import Producer
from bantin.eventlog.kafka.door import knock
from bantin.eventlog.kafka.errors import REFUSALS, translated
from bantin.eventlog.port import LogUnavailableError, Message

PUBLISH_SECONDS = 30.0
STOP_SECONDS = 5.0
UNACKNOWLEDGED_BYTES = LARGEST_MESSAGE
"""Of all messages on their way; a request, which takes a batch of each partition, stays within a broker's 100 MiB."""

BATCH_BYTES = 1024 * 1024
"""Of what waits for one partition while a request is under way; the default, 16 KiB, holds one article."""

logger = structlog.get_logger(__name__)


class Flight:
    """One producer and the bytes that it has not had acknowledged."""

    def __init__(self, producer: Producer) -> None:
        self.producer = producer
        self._free = UNACKNOWLEDGED_BYTES
        self._landed = asyncio.Event()
        self._turn = asyncio.Lock()

    async def send(self, message: Message) -> "asyncio.Future[Any]":
        """Hand a message to the producer as soon as there is room, in the order of the calls."""
        share = min(len(message.value or b"") + len(message.key or b""), UNACKNOWLEDGED_BYTES)
        async with self._turn:
            while self._free < share:
                self._landed.clear()
                await self._landed.wait()
            future = await self._hand_over(message)
            self._free -= share

        def landed(done: "asyncio.Future[Any]") -> None:
            self._free += share
            self._landed.set()
            if not done.cancelled():
                done.exception()  # retrieved, though its publish may have given up waiting

        future.add_done_callback(landed)
        return future

    async def _hand_over(self, message: Message) -> "asyncio.Future[Any]":
        headers = list(message.headers)
        if message.key is not None or message.value is not None:
            return await self.producer.send(message.topic, message.value, message.key, headers=headers)
        batch = self.producer.create_batch()  # `send` takes no message without key and value, the protocol does
        batch.append(key=None, value=None, timestamp=None, headers=headers)
        batch.close()
        partition = random.choice(sorted(await self.producer.partitions_for(message.topic)))  # noqa: S311
        return await self.producer.send_batch(batch, message.topic, partition=partition)

    async def stop(self) -> None:
        """Deliver what waits; give up after a few seconds, as the producer itself would try for ever."""
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.producer.stop()
        except (TimeoutError, KafkaError) as error:
            logger.warning("gave up unacknowledged messages", error=repr(error))
            with suppress(KafkaError):
                await self.producer._sender.close()  # pyright: ignore[reportPrivateUsage]
            await self.producer.client.close()


class KafkaPublisher:
    """Publishes by one producer, which it makes at the first publish and anew after one that can't go on."""

    def __init__(self, address: KafkaAddress, connection: Mapping[str, Any]) -> None:
        self._address = address
        self._connection = connection
        self._flight: Flight | None = None
        self._starting = asyncio.Lock()
        self._endings: set[asyncio.Task[None]] = set()

    async def publish(self, messages: Sequence[Message]) -> None:
        """Publish all and return when every one is acknowledged.

        A message that is not acknowledged in time is still on its way, and arrives when the brokers are back.
        """
        with translated("publishing"):
            try:
                async with asyncio.timeout(PUBLISH_SECONDS):
                    await self._publish(messages)
            except TimeoutError as error:
                why = f"no acknowledgement from Kafka within {PUBLISH_SECONDS:.0f} s"
                raise LogUnavailableError(why) from error

    async def close(self) -> None:
        """Deliver what waits, for a few seconds at most."""
        if self._flight is not None:
            self._replace(self._flight)
        await asyncio.gather(*self._endings)

    async def _publish(self, messages: Sequence[Message]) -> None:
        flight = await self._started()
        try:
            for topic in {message.topic for message in messages}:
                await flight.producer.partitions_for(topic)  # an unknown topic holds up only its own publish
            futures = [await flight.send(message) for message in messages]
            if futures:
                await asyncio.wait(futures)
            for future in futures:
                future.result()
        except REFUSALS:
            raise
        except KafkaError:
            self._replace(flight)
            raise

    async def _started(self) -> Flight:
        async with self._starting:
            if self._flight is None:
                await knock(self._address)
                make: Callable[..., Producer] = AIOKafkaProducer
                producer = make(
                    acks="all",
                    enable_idempotence=True,
                    compression_type="zstd",
                    max_request_size=LARGEST_MESSAGE,
                    max_batch_size=BATCH_BYTES,
                    **self._connection,
                )
                flight = Flight(producer)
                try:
                    await producer.start()
                except BaseException:
                    await flight.stop()
                    raise
                self._flight = flight
            return self._flight

    def _replace(self, flight: Flight) -> None:
        if self._flight is flight:
            self._flight = None
            ending = asyncio.create_task(flight.stop())
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)
