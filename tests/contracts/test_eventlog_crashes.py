"""No acknowledged record and no unfinished work is lost when a process is killed, on every log adapter."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import Message
from bantin.topics import Topic
from tests.engines.process import stop


@contextmanager
def running(role: str, url: str, topic: str, done: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that writes down what it has done; kill it at the end."""
    command = [sys.executable, "-m", "tests.contracts.eventlog_process", role, url, topic, str(done)]
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        stop(process, signal.SIGKILL)


def numbers(done: Path) -> list[int]:
    """Return what is written down whole."""
    if not done.exists():
        return []
    return [int(line) for line in done.read_text().splitlines(keepends=True) if line.endswith("\n")]


async def reach(done: Path, enough: Callable[[list[int]], bool], process: subprocess.Popen[bytes]) -> list[int]:
    """Wait until the process has written down enough."""
    async with asyncio.timeout(90):
        while not enough(numbers(done)):
            assert process.poll() is None, "the process ended by itself"
            await asyncio.sleep(0.05)
    return numbers(done)


async def test_a_killed_consumer_resumes_and_loses_nothing(
    log_url: str, unique: Callable[[str], str], tmp_path: Path
) -> None:
    topic, done = unique("work"), tmp_path / "processed"
    everything = set(range(400))
    async with open_log(log_url) as log:
        await log.create_topics([Topic(topic, None, partitions=3)])
        await log.publish([Message(topic, b"%d" % (number % 7), b"%d" % number) for number in everything])
    with running("consume", log_url, topic, done) as process:
        before = await reach(done, lambda seen: len(seen) >= 50, process)
    assert len(before) < len(everything), "killed too late to prove anything"
    before = numbers(done)
    with running("consume", log_url, topic, done) as process:
        after = await reach(done, lambda seen: set(seen) == everything, process)
    again = len(after) - len(everything)
    assert again <= 1, "only the record in hand may come twice, as each was committed"


async def test_all_that_a_killed_publisher_had_acknowledged_is_there(
    log_url: str, unique: Callable[[str], str], tmp_path: Path
) -> None:
    topic, done = unique("work"), tmp_path / "acknowledged"
    async with open_log(log_url) as log:
        await log.create_topics([Topic(topic, None, partitions=3)])
        with running("publish", log_url, topic, done) as process:
            await reach(done, lambda seen: len(seen) >= 100, process)
        acknowledged = numbers(done)
        total = sum((await log.end_offsets(topic)).values())
        found: list[int] = []
        async with log.read(topic, {}) as reader:
            while len(found) < total:
                found += [int(record.value or b"") for record in await reader.poll(max_records=500, timeout=1)]
    assert set(acknowledged) <= set(found)
    assert len(found) - len(acknowledged) <= 1, "at most the one in flight was not acknowledged"
