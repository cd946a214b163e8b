"""Unacknowledged bytes are bounded and messages keep their order, whatever the brokers do."""

import asyncio
from typing import Any, cast

from bantin.eventlog.kafka.clients import Producer
from bantin.eventlog.kafka.publisher import UNACKNOWLEDGED_BYTES, Flight
from bantin.eventlog.port import Message


class SlowProducer:
    """Takes messages and acknowledges them when told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, asyncio.Future[None]]] = []

    async def send(self, topic: str, value: bytes, key: bytes, *, headers: Any) -> "asyncio.Future[None]":
        await asyncio.sleep(0)
        future = asyncio.get_running_loop().create_future()
        self.taken.append((value, future))
        return future


async def test_messages_wait_for_room_and_keep_their_order() -> None:
    producer = SlowProducer()
    flight = Flight(cast(Producer, producer))
    third = bytes(UNACKNOWLEDGED_BYTES // 3)
    values = [third, third, third, b"4", b"5" + third, b"6"]
    sending = [asyncio.create_task(flight.send(Message("t", b"", value))) for value in values]
    await asyncio.sleep(0.05)
    assert [value for value, _ in producer.taken] == values[:4]
    producer.taken[0][1].set_result(None)
    await asyncio.sleep(0.05)
    assert len(producer.taken) == 4, "the fifth is larger than the room, and the sixth does not overtake it"
    producer.taken[1][1].set_exception(OSError("gone"))
    await asyncio.sleep(0.05)
    assert [value for value, _ in producer.taken] == values
    await asyncio.gather(*sending)


async def test_a_message_larger_than_the_bound_goes_alone() -> None:
    producer = SlowProducer()
    flight = Flight(cast(Producer, producer))
    huge = Message("t", b"", bytes(UNACKNOWLEDGED_BYTES + 1))
    first = asyncio.create_task(flight.send(huge))
    second = asyncio.create_task(flight.send(Message("t", b"", b"small")))
    await asyncio.sleep(0.05)
    assert len(producer.taken) == 1
    producer.taken[0][1].set_result(None)
    await asyncio.gather(first, second)
