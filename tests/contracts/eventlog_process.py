"""A process of its own that publishes or consumes, for tests that kill it."""

import asyncio
import sys
from pathlib import Path

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import Message


async def publish(url: str, topic: str, done: Path) -> None:
    """Publish numbers for ever; write each down once it is acknowledged."""
    async with open_log(url) as log:
        with done.open("a") as acknowledged:
            for number in range(1_000_000):
                await log.publish([Message(topic, str(number % 7).encode(), str(number).encode())])
                print(number, file=acknowledged, flush=True)


async def consume(url: str, topic: str, done: Path) -> None:
    """Consume in small batches for ever, as group "workers"; write each value down, then commit it."""
    async with open_log(url) as log, log.subscribe("workers." + topic, [topic]) as subscription:
        with done.open("a") as processed:
            while True:
                for record in await subscription.poll(max_records=5, timeout=1):
                    assert record.value is not None
                    print(record.value.decode(), file=processed, flush=True)
                    await asyncio.sleep(0.002)
                    await subscription.commit({record.topic_partition: record.offset + 1})


if __name__ == "__main__":
    asyncio.run({"publish": publish, "consume": consume}[sys.argv[1]](sys.argv[2], sys.argv[3], Path(sys.argv[4])))
