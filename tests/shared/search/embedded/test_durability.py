"""The embedded index survives SIGKILL at any moment, has one writer, and is readable from other processes."""

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bantin.search.embedded.engine import TantivyEngine
from bantin.search.port import SearchUnavailableError
from tests.contracts.search.corpus import fill, found, stored

WRITE_ON = """
import asyncio, sys
from pathlib import Path
from bantin.search.embedded.engine import TantivyEngine
from tests.contracts.search.corpus import stored

async def main():
    engine = TantivyEngine(Path(sys.argv[1]))
    await engine.prepare()
    for number in range(10_000):
        await engine.write([stored(f"a{number}"), stored("same", f"phiên bản {number}", later=number)])
        print(number, flush=True)

asyncio.run(main())
"""

REBUILD_ON = """
import asyncio, sys
from pathlib import Path
from bantin.search.embedded.engine import TantivyEngine
from tests.contracts.search.corpus import stored

async def main():
    engine = TantivyEngine(Path(sys.argv[1]))
    await engine.prepare()
    await engine.write([stored("live")])
    async with engine.rebuild() as fresh:
        for number in range(10_000):
            await fresh.write([stored(f"fresh{number}")])
            print(number, flush=True)

asyncio.run(main())
"""


def run_until(program: str, folder: Path, line: int) -> int:
    """Run a program, kill it when it has printed a number or more, and return the last that it printed."""
    with subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        last = -1
        for printed in process.stdout:
            last = int(printed)
            if last >= line:
                process.kill()
    return last


async def test_what_was_acknowledged_survives_sigkill(tmp_path: Path):
    last = run_until(WRITE_ON, tmp_path, 5)
    assert last >= 5
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    ids = [f"a{number}" for number in range(last + 1)]
    assert set(await engine.get([*ids, "same"])) == {*ids, "same"}
    assert (await engine.get(["same"]))["same"].article.title in {f"phiên bản {n}" for n in (last, last + 1)}
    await fill(engine, [stored("more")])
    assert await found(engine, filters={}) >= {*ids, "same", "more"}
    await engine.close()


async def test_a_rebuild_that_is_killed_changes_nothing_and_leaves_nothing(tmp_path: Path):
    assert run_until(REBUILD_ON, tmp_path, 3) >= 3
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    assert await found(engine) == {"live"}
    assert len(list((tmp_path / "generations").iterdir())) == 1, "the half-filled index is gone at the next start"
    async with engine.rebuild() as fresh:
        await fill(fresh, [stored("new")])
    assert await found(engine) == {"new"}
    assert len(list((tmp_path / "generations").iterdir())) == 1
    await engine.close()


async def test_a_second_writer_is_told_to_wait(tmp_path: Path):
    first, second = TantivyEngine(tmp_path), TantivyEngine(tmp_path)
    await first.prepare()
    await fill(first, [stored("a")])
    with pytest.raises(SearchUnavailableError, match="another process is writing"):
        await second.write([stored("b")])
    with pytest.raises(SearchUnavailableError, match="another process is writing"):
        async with second.rebuild():
            pass
    assert await found(second) == {"a"}
    await first.close()
    await fill(second, [stored("b")])
    assert await found(second) == {"a", "b"}
    await second.close()


async def test_an_index_that_is_not_there_is_said_to_be_missing(tmp_path: Path):
    engine = TantivyEngine(tmp_path / "nowhere")
    with pytest.raises(SearchUnavailableError, match="no search index"):
        await engine.ready()
    await engine.close()


async def test_an_index_of_another_schema_must_be_rebuilt(tmp_path: Path):
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    pointer = tmp_path / "current.json"
    pointer.write_text(json.dumps({**json.loads(pointer.read_text(encoding="utf-8")), "schema": 0}), encoding="utf-8")
    layout = await engine.layout()
    assert layout.live == 0 != layout.ours
    for call in (engine.ready(), engine.write([stored("a")])):
        with pytest.raises(SearchUnavailableError, match="has to be rebuilt"):
            await call
    async with engine.rebuild() as fresh:
        await fill(fresh, [stored("new")])
    assert await found(engine) == {"new"}
    await engine.close()


async def test_an_index_that_cannot_be_opened_is_mended_by_a_rebuild(tmp_path: Path):
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    (folder,) = (tmp_path / "generations").iterdir()
    (folder / "meta.json").write_text("{")
    with pytest.raises(SearchUnavailableError, match="can't be opened"):
        await engine.ready()
    async with engine.rebuild() as fresh:
        await fill(fresh, [stored("new")])
    assert await found(engine) == {"new"}
    await engine.close()


async def test_an_article_that_cannot_be_stored_is_refused_alone(tmp_path: Path):
    engine = TantivyEngine(tmp_path)
    await engine.prepare()
    results = await engine.write([stored("a"), stored("bad", "\ud800"), stored("c")])
    assert [result.status for result in results] == ["written", "refused", "written"]
    assert await found(engine) == {"a", "c"}
    await engine.close()


@contextmanager
def no_space() -> Iterator[None]:
    """No file of this process takes another byte while the block runs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_what_could_not_be_written_is_written_by_the_next_try(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path / "index")
    await engine.prepare()
    await fill(engine, [stored("before")])
    failures = []
    gc.disable()
    try:
        for _ in range(2):
            with no_space(), pytest.raises(SearchUnavailableError, match="could not be written") as failure:
                await engine.write([stored("after")])
            failures.append(failure.value)
        await fill(engine, [stored("after")])
    finally:
        gc.enable()
    assert await found(engine) == {"before", "after"}
    await engine.close()
