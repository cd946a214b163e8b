"""When a key was last used is kept beside the keys, by any number of processes, and the keys file stays untouched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest
from structlog.testing import capture_logs

from bantin.access.command import add_key, table
from bantin.access.keyring import Keyring
from bantin.access.keys import KeyRefusedError
from bantin.access.keys_file import read_keys
from bantin.access.last_used import LastUsed, beside, read_last_used

MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)
NOON = MORNING + timedelta(hours=4)


async def ended(used: LastUsed) -> None:
    """Let it write as it does when its process ends."""
    stop = anyio.Event()
    async with anyio.create_task_group() as group:
        group.start_soon(used.run, stop)
        stop.set()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


async def test_a_use_is_kept_and_listed_and_refusals_are_not(path: Path) -> None:
    made, unused = (add_key(path, name, ["search"]) for name in ("a portal", "unused"))
    before = path.read_bytes()  # noqa: ASYNC240
    keyring = Keyring(path, lambda: NOON)
    keyring.authenticate(made.presented)
    with pytest.raises(KeyRefusedError):
        keyring.authenticate(unused.presented[:-1] + "x")
    keyring.authenticate(keyring.issue("this process", ["search"]))
    assert not beside(path).exists()  # no request waits for a disk
    await ended(keyring.last_used)
    assert read_last_used(beside(path)) == {made.stored.id: NOON}
    assert path.read_bytes() == before  # noqa: ASYNC240
    listed = table(read_keys(path), NOON, read_last_used(beside(path))).splitlines()
    assert "2026-11-22T12:00:00+00:00" in listed[1]
    assert listed[2].split()[-2:] == ["never", "unused"]


async def test_processes_share_the_file_and_the_latest_use_stays(path: Path) -> None:
    processes = [LastUsed(beside(path)) for _ in range(3)]
    for process, at in zip(processes, (MORNING, NOON, MORNING), strict=True):
        process.note("0badcafe", at)
        process.note(f"0000000{at.hour % 10}", at)
    async with anyio.create_task_group() as group:
        for process in processes:
            group.start_soon(ended, process)
    assert read_last_used(beside(path)) == {"0badcafe": NOON, "00000008": MORNING, "00000002": NOON}


async def test_a_place_that_can_not_be_written_is_told_once_and_nothing_is_lost(path: Path) -> None:
    folder = path.parent / "later"
    folder.write_text("no folder yet")
    used = LastUsed(folder / "used")
    with capture_logs() as logged:
        for _ in range(2):
            used.note("0badcafe", NOON)
            await ended(used)
    assert [line["event"] for line in logged] == ["last_used_not_kept"]
    folder.unlink()
    folder.mkdir()
    await ended(used)
    assert read_last_used(folder / "used") == {"0badcafe": NOON}


async def test_a_damaged_file_is_written_anew(path: Path) -> None:
    beside(path).write_text("{damaged")
    used = LastUsed(beside(path))
    used.note("0badcafe", NOON)
    await ended(used)
    assert read_last_used(beside(path)) == {"0badcafe": NOON}
