"""SIGKILL while files are being taken from the drop folder loses none and publishes none twice."""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import anyio

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.topics import ALL_TOPICS, RAW

FILES = 150
COMMAND = str(Path(sys.executable).with_name("bantin-ingest"))


async def on_the_log(url: str) -> Counter[bytes]:
    async with open_log(url) as log:
        end = (await log.end_offsets(RAW.name))[0]
        found: Counter[bytes] = Counter()
        async with log.read(RAW.name, {}) as reader:
            while found.total() < end:
                found.update(record.value or b"" for record in await reader.poll(max_records=1_000, timeout=1))
        return found


async def test_killed_in_the_middle(tmp_path: Path) -> None:
    inbox, url = tmp_path / "inbox", f"sqlite:///{tmp_path / 'log.db'}"
    environment = {
        **os.environ,
        "BANTIN_DATA": str(tmp_path / "data"),
        "BANTIN_LOG_URL": url,
        "BANTIN_PORT": "0",
        "BANTIN_INBOX": str(inbox),
        "BANTIN_INBOX_SETTLE": "0.1",
    }
    await anyio.Path(inbox).mkdir()
    for number in range(FILES):
        await anyio.Path(inbox / f"{number}.txt").write_bytes(b"%d" % number)
    async with open_log(url) as log:
        await log.create_topics(ALL_TOPICS)
    expected = Counter(b"%d" % number for number in range(FILES))
    found: Counter[bytes] = Counter()
    killed_in_the_middle = False
    with anyio.fail_after(120):
        while found != expected:
            with (tmp_path / "output.log").open("ab") as output:
                process = await asyncio.create_subprocess_exec(COMMAND, env=environment, stdout=output, stderr=output)
            try:
                async with open_log(url) as log:
                    await progress(log, found.total())
            finally:
                process.send_signal(signal.SIGKILL)
                await process.wait()
            found = await on_the_log(url)
            assert not found - expected, "published twice"
            killed_in_the_middle |= 0 < found.total() < FILES
    assert killed_in_the_middle, "the files went in at one blow: let there be more of them"


async def progress(log: EventLog, before: int) -> None:
    """Return once more is on the log than before."""
    while (await log.end_offsets(RAW.name))[0] <= before:
        await asyncio.sleep(0.005)
