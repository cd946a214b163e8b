"""`bantin reindex`: by the platform that runs, or by itself; broken off or killed, it leaves the old index."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from bantin_standalone import reindexing
from bantin_standalone.settings import PlatformSettings
from tests.pipeline.pages import page
from tests.pipeline.processes import Process

COMMANDS = Path(sys.executable).parent
PAGES = 6


def command(*words: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [COMMANDS / words[0], *words[1:]],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    output, _ = process.communicate(timeout=60)
    return process.returncode, output


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A platform with some pages in it."""
    process = Process(("bantin", "up"), {}, tmp_path_factory.mktemp("reindex") / "data")
    process.start()
    files = [("file", (f"{number}.txt", page("hội", number))) for number in range(PAGES)]
    batch = httpx.post(f"{process.url}/v1/files", files=files, timeout=60).json()["batch_id"]
    while (told := httpx.get(f"{process.url}/v1/batches/{batch}").json())["done"] < told["total"]:
        time.sleep(0.1)
    yield process
    process.kill()


def settings_of(platform: Process) -> dict[str, str]:
    return {"BANTIN_DATA": str(platform.folder), "BANTIN_PORT": str(platform.port)}


def total(platform: Process) -> int:
    return httpx.get(f"{platform.url}/v1/search", params={"collapse": "false"}).json()["total"]


def generation(folder: Path) -> str:
    return json.loads((folder / "index" / "current.json").read_text())["generation"]


def test_the_platform_that_runs_is_asked_then_the_command_does_it_itself(platform: Process) -> None:
    before = generation(platform.folder)
    status, output = ended(command("bantin", "reindex", **settings_of(platform)))
    assert status == 0, output
    assert f"The new index is live: {PAGES} records read" in output
    assert (between := generation(platform.folder)) != before
    assert total(platform) == PAGES

    elsewhere = {**settings_of(platform), "BANTIN_PORT": "1"}
    status, output = ended(command("bantin", "reindex", **elsewhere))
    assert status == 1
    assert "another process is writing" in output
    assert "name it with --at" in output

    platform.kill()
    # What a rebuild that was killed leaves behind is gone after the next one.
    (platform.folder / "index" / "generations" / "half-filled").mkdir()
    status, output = ended(command("bantin-index", "reindex", **settings_of(platform)))
    assert status == 0, output
    assert generation(platform.folder) != between
    assert len(list((platform.folder / "index" / "generations").iterdir())) == 1
    platform.start()
    assert total(platform) == PAGES


async def test_ctrl_c_tells_the_platform_to_break_off(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    watched = asyncio.Event()

    class Endless:
        async def reindex(self, method: str) -> dict[str, object]:
            asked.append(method)
            if method == "GET":
                watched.set()
            return {"state": "running", "read": 1, "total": 2, "seconds": 1.0}

    @asynccontextmanager
    async def connected(*_: object) -> AsyncGenerator[Endless]:
        yield Endless()

    monkeypatch.setattr(reindexing, "connected", connected)
    task = asyncio.create_task(reindexing.reindex(PlatformSettings(), "http://platform", "", Console(quiet=True)))
    await watched.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asked == ["POST", *["GET"] * (len(asked) - 2), "DELETE"]


async def test_ctrl_c_in_the_middle_of_a_rebuild_here_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = PlatformSettings(data=tmp_path / "data", port=1)
    settings.data.mkdir()
    begun = asyncio.Event()

    async def wait(*_: object) -> None:
        begun.set()
        await asyncio.sleep(60)

    monkeypatch.setattr("bantin_index.reindex._catch_up", wait)
    task = asyncio.create_task(reindexing.reindex(settings, "", "", Console(quiet=True)))
    await begun.wait()
    assert len(list((settings.data / "index" / "generations").iterdir())) == 2
    before = generation(settings.data)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert generation(settings.data) == before
    assert len(list((settings.data / "index" / "generations").iterdir())) == 1
    monkeypatch.undo()
    assert await reindexing.reindex(settings, "", "", Console(quiet=True))
    assert generation(settings.data) != before
