"""What the adapter uses of aiokafka and FastStream, typed: their own annotations are partial."""

# ruff: noqa: D102  these are the libraries' methods, which they document

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from aiokafka import TopicPartition


class FetchedRecord(Protocol):
    """A record as aiokafka delivers it."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]


class Consumer(Protocol):
    """An AIOKafkaConsumer."""

    async def getmany(self, *, timeout_ms: int, max_records: int) -> dict[TopicPartition, list[FetchedRecord]]: ...

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None: ...

    def assignment(self) -> set[TopicPartition]: ...

    def pause(self, *partitions: TopicPartition) -> None: ...

    def paused(self) -> set[TopicPartition]: ...

    def resume(self, *partitions: TopicPartition) -> None: ...

    def seek(self, partition: TopicPartition, offset: int) -> None: ...


class Subscriber(Protocol):
    """A FastStream subscriber without handlers: it makes, starts and stops its consumer."""

    consumer: Consumer | None

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Producer(Protocol):
    """An AIOKafkaProducer."""

    client: Any
    _sender: Any

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def partitions_for(self, topic: str) -> set[int]: ...

    async def send(
        self,
        topic: str,
        value: bytes | None = None,
        key: bytes | None = None,
        *,
        headers: Sequence[tuple[str, bytes | None]],
    ) -> "asyncio.Future[Any]": ...

    def create_batch(self) -> Any: ...

    async def send_batch(self, batch: Any, topic: str, *, partition: int) -> "asyncio.Future[Any]": ...
