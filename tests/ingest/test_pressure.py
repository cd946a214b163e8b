"""Ingest takes no more than what is downstream can carry, says so, and takes again when it can."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import anyio
import pytest

from bantin.eventlog.connect import open_log
from bantin.topics import ALL_TOPICS, EXTRACT_GROUP, RAW
from bantin_ingest import pressure
from bantin_ingest.pressure import OverloadedError, Pressure
from tests.ingest.conftest import Ingest, Start

FILE = {"file": ("a.txt", b"Tin m\xe1\xbb\x9bi", "text/plain")}


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pressure, "LOOK_SECONDS", 0.02)


async def until(ingest: Ingest, status: int) -> dict[str, str]:
    """Drop files until the answer has this status; return its headers."""
    with anyio.fail_after(20):
        while (answer := await ingest.http.post("/v1/files", files=FILE)).status_code != status:
            await anyio.sleep(0.02)
    return {**answer.headers, "detail": answer.json().get("detail", "")}


async def test_too_many_waiting_files_are_a_429_until_they_are_settled(start: Start) -> None:
    async with start(most_waiting=3) as ingest:
        said = await until(ingest, 429)
        assert int(said["retry-after"]) > 0
        assert said["content-type"] == "application/problem+json"
        assert "files are waiting already, 3 may" in said["detail"]
        async with ingest.log.subscribe(EXTRACT_GROUP, (RAW.name,)) as subscription:
            records = await subscription.poll(max_records=100, timeout=2)
            await subscription.commit({record.topic_partition: record.offset + 1 for record in records})
            rest = await subscription.poll(max_records=100, timeout=2)
            await subscription.commit({record.topic_partition: record.offset + 1 for record in rest})
        await until(ingest, 202)


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/files"), ("PUT", "/v1/files/a.txt"), ("POST", "/v1/articles")]
)
async def test_every_way_in_is_closed_before_anything_is_read(start: Start, method: str, path: str) -> None:
    async with start(disk_reserve=1 << 60) as ingest:
        await until(ingest, 429)
        answer = await ingest.http.request(method, path, content=b"not even well-formed")
        assert answer.status_code == 429
        assert "MiB left" in answer.json()["detail"]


async def test_a_drop_folder_waits_and_loses_nothing(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = SimpleNamespace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
    async with start(disk_reserve=1, inbox=tmp_path / "inbox", inbox_settle=0.05, inbox_rescan=0.05) as ingest:
        await until(ingest, 429)
        dropped = tmp_path / "inbox" / "tin.txt"
        dropped.write_text("Tin mới", encoding="utf-8")
        await anyio.sleep(0.5)
        assert dropped.exists()
        before = len(await ingest.records(RAW))
        free.free = 1 << 40
        with anyio.fail_after(20):
            while len(await ingest.records(RAW)) == before:
                await anyio.sleep(0.05)


async def test_limits_of_zero_take_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    async with open_log(f"sqlite:///{tmp_path / 'log.db'}") as log:
        await log.create_topics(ALL_TOPICS)
        assert await Pressure(log, tmp_path, most_waiting=0, disk_reserve=0).look() is None


async def test_nothing_is_refused_before_the_first_look(tmp_path: Path) -> None:
    async with open_log(f"sqlite:///{tmp_path / 'log.db'}") as log:
        unlooked = Pressure(log, tmp_path, most_waiting=1, disk_reserve=1 << 60)
        unlooked.admit()
        stop = anyio.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(unlooked.run, stop)
            await anyio.sleep(0.2)
            stop.set()
        with pytest.raises(OverloadedError):
            unlooked.admit()
