"""A process rebuilds its index when it must or is told to, one rebuild at a time, and says how it stands."""

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import httpx
import pytest

from bantin.envelope import encode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.faults import UnavailableError
from bantin.http import create_app
from bantin.search.connect import open_engine
from bantin.search.port import (
    Layout,
    RebuildRunningError,
    SearchEngine,
    SearchRefusedError,
    SearchUnavailableError,
)
from bantin.search.query import Query
from bantin.service import Service
from bantin.topics import ENRICHED, INDEXED
from bantin_index import rebuilds as rebuilds_module
from bantin_index.rebuilds import Rebuilds
from bantin_index.routes import operations_router


@pytest.fixture
async def log(tmp_path: Path, event) -> AsyncGenerator[EventLog]:
    async with open_log(f"sqlite:///{tmp_path / 'log.db'}") as opened:
        await opened.create_topics((ENRICHED, INDEXED))
        await opened.publish(
            [encode(event(f"r{n}", 0, f"bài {n}", article_id=f"a{n}"), source="/test") for n in range(5)]
        )
        yield opened


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncGenerator[SearchEngine]:
    async with open_engine(f"tantivy:///{tmp_path / 'index'}") as opened:
        yield opened


@pytest.fixture
def rebuilds(log, engine) -> Rebuilds:
    return Rebuilds(log, engine, "tantivy")


@asynccontextmanager
async def at_work(rebuilds: Rebuilds) -> AsyncGenerator[None]:
    stop = anyio.Event()
    async with anyio.create_task_group() as group:
        group.start_soon(rebuilds.work, stop)
        yield
        stop.set()


async def until(rebuilds: Rebuilds, state: str) -> None:
    with anyio.fail_after(30):
        while rebuilds.report().state != state:
            await anyio.sleep(0.01)


def say_schema(folder: Path, version: Callable[[int], int]) -> None:
    """Make the live index look as if another version of the code had made it."""
    pointer = folder / "index" / "current.json"
    said = json.loads(pointer.read_text())
    pointer.write_text(json.dumps({**said, "schema": version(said["schema"])}))


async def test_an_index_of_an_older_version_is_rebuilt_at_the_start(rebuilds, engine, tmp_path) -> None:
    await engine.prepare()
    say_schema(tmp_path, lambda ours: ours - 1)
    with pytest.raises(UnavailableError, match="it is being rebuilt from the log"):
        await rebuilds.check()
    assert await rebuilds.make_usable(anyio.Event())
    await rebuilds.check()
    assert (await engine.search(Query())).total == 5


async def test_an_index_of_a_newer_version_is_left_alone(rebuilds, engine, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(rebuilds_module, "PAUSE_SECONDS", 0.01)
    await engine.prepare()
    say_schema(tmp_path, lambda ours: ours + 1)
    before = (tmp_path / "index" / "current.json").read_bytes()
    stop = anyio.Event()
    async with anyio.create_task_group() as group:
        group.start_soon(rebuilds.make_usable, stop)
        with anyio.fail_after(10):
            while not await is_newer(rebuilds):
                await anyio.sleep(0.01)
        stop.set()
    assert (tmp_path / "index" / "current.json").read_bytes() == before
    report = await rebuilds.run()
    assert report.state == "done", "asked to, it rebuilds"
    await rebuilds.check()


async def is_newer(rebuilds: Rebuilds) -> bool:
    try:
        await rebuilds.check()
    except UnavailableError as error:
        return "a newer version made the index" in str(error)
    return False


async def test_an_engine_that_is_not_up_yet_is_waited_for(log, monkeypatch) -> None:
    monkeypatch.setattr(rebuilds_module, "PAUSE_SECONDS", 0)
    answers = [SearchUnavailableError("starting"), SearchUnavailableError("starting"), None]

    class SlowStart:
        async def prepare(self) -> None:
            if error := answers.pop(0):
                raise error

        async def layout(self) -> Layout:
            return Layout(1, 1)

    assert await Rebuilds(log, SlowStart(), "test").make_usable(anyio.Event())
    assert answers == []


async def test_the_wait_for_an_engine_ends_when_the_service_must_stop(log) -> None:
    stop = anyio.Event()

    class Down:
        async def prepare(self) -> None:
            stop.set()
            raise SearchUnavailableError("down")

    with anyio.fail_after(10):
        assert not await Rebuilds(log, Down(), "test").make_usable(stop)


async def test_an_engine_that_refuses_us_is_told_of_and_not_asked_again(log) -> None:
    class Refusing:
        async def prepare(self) -> None:
            raise SearchRefusedError("check the API key")

    rebuilds = Rebuilds(log, Refusing(), "test")
    assert not await rebuilds.make_usable(anyio.Event())
    with pytest.raises(UnavailableError, match="check the API key"):
        await rebuilds.check()


async def test_who_has_no_right_to_rebuild_says_so_and_goes_on_once_somebody_else_has(log, monkeypatch) -> None:
    monkeypatch.setattr(rebuilds_module, "PAUSE_SECONDS", 0.01)
    attempts: list[str] = []

    class Guarded:
        live = 1

        async def prepare(self) -> None: ...

        async def layout(self) -> Layout:
            return Layout(self.live, 2)

        @asynccontextmanager
        async def rebuild(self) -> AsyncGenerator[None]:
            attempts.append("rebuild")
            raise SearchRefusedError("this key may not")
            yield

    guarded = Guarded()
    rebuilds = Rebuilds(log, guarded, "test")

    async def somebody_else() -> None:
        while rebuilds.report().state != "failed":
            await anyio.sleep(0.01)
        with pytest.raises(UnavailableError, match=r"run `reindex` \(this key may not\)"):
            await rebuilds.check()
        await anyio.sleep(0.1)
        guarded.live = 2

    with anyio.fail_after(10):
        async with anyio.create_task_group() as group:
            group.start_soon(somebody_else)
            assert await rebuilds.make_usable(anyio.Event())
    await rebuilds.check()
    assert attempts == ["rebuild"], "asked once"


async def test_a_rebuild_over_http_is_told_of_and_only_one_runs(rebuilds, engine, tmp_path) -> None:
    await engine.prepare()
    app = create_app([Service("index", routers=(operations_router(rebuilds, tmp_path),))])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        assert (await http.get("/v1/reindex")).json()["state"] == "none"
        first, second = await http.post("/v1/reindex"), await http.post("/v1/reindex")
        assert (first.status_code, first.json()["state"]) == (202, "running")
        assert (second.status_code, second.json()["type"]) == (409, "urn:bantin:problem:reindex_running")
        with pytest.raises(RebuildRunningError):
            await rebuilds.run()
        async with at_work(rebuilds):
            await until(rebuilds, "done")
        told = (await http.get("/v1/reindex")).json()
    assert (told["read"], told["total"], told["indexed"], told["error"]) == (5, 5, 5, None)
    assert (await engine.search(Query())).total == 5
    acts = [json.loads(line) for line in (tmp_path / "audit.log").read_text().splitlines()]
    assert [(act["act"], act["actor"]) for act in acts] == [("reindex", "local")] * 2


async def test_a_rebuild_that_is_broken_off_leaves_the_old_index(rebuilds, engine, monkeypatch) -> None:
    await engine.prepare()
    begun = anyio.Event()

    async def wait(*_: object) -> None:
        begun.set()
        await anyio.sleep_forever()

    monkeypatch.setattr("bantin_index.reindex._catch_up", wait)
    async with at_work(rebuilds):
        rebuilds.ask()
        await begun.wait()
        rebuilds.cancel()
        await until(rebuilds, "cancelled")
        assert (await engine.search(Query())).total == 0
        monkeypatch.undo()
        rebuilds.ask()
        await until(rebuilds, "done")
    assert (await engine.search(Query())).total == 5


async def test_a_rebuild_that_fails_says_why(rebuilds, engine, monkeypatch) -> None:
    await engine.prepare()

    async def fail(*_: object) -> None:
        raise SearchUnavailableError("disk full")

    monkeypatch.setattr("bantin_index.reindex._catch_up", fail)
    report = await rebuilds.run()
    assert (report.state, report.error) == ("failed", "disk full")
