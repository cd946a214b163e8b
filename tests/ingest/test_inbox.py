"""Files put into the drop folder go onto the log once, and end in `done` or `failed` with the reason beside them."""

import json
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

from bantin.envelope import decode
from bantin.eventlog.port import LogUnavailableError
from bantin.events import ArticleIndexed, ArticleReceived, ArticleRejected, Reason
from bantin.topics import RAW
from bantin_ingest.inbox import folder, sweep, watcher
from bantin_ingest.inbox.claims import Claim, Claims
from bantin_ingest.inbox.settling import Sighting
from bantin_ingest.settings import IngestSettings
from tests.ingest.conftest import Ingest, Start

QUICK = {"inbox_settle": 0.05, "inbox_rescan": 0.2, "max_upload": 1_000}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
async def dropping(start: Start, inbox: Path) -> AsyncIterator[Ingest]:
    async with start(inbox=inbox, **QUICK) as ingest:
        yield ingest


async def until(condition: Callable[[], bool]) -> None:
    with anyio.fail_after(30):
        while not condition():
            await anyio.sleep(0.02)


async def received(ingest: Ingest, count: int) -> list[ArticleReceived]:
    """Return what is on the log once there are `count` files (and a moment later still as many)."""
    with anyio.fail_after(30):
        while len(records := await ingest.records(RAW)) < count:
            await anyio.sleep(0.02)
    return [decode(record, ArticleReceived) for record in records]


async def index(ingest: Ingest, event: ArticleReceived, outcome: Any = "indexed", code: str | None = None) -> None:
    await ingest.publish(
        ArticleIndexed(
            receipt_id=event.receipt_id,
            batch_id=event.batch_id,
            article_id=event.article_id,
            outcome=outcome,
            reason=Reason(code=code, detail="Why.") if code else None,
            version="v",
            extracted_at=event.received_at,
            indexed_at=event.received_at,
        )
    )


async def reject(ingest: Ingest, event: ArticleReceived) -> None:
    reason = Reason(code="no_article", detail="There is no article in it.")
    await ingest.publish(
        ArticleRejected(
            receipt_id=event.receipt_id,
            batch_id=event.batch_id,
            article_id=event.article_id,
            reason=reason,
            rejected_at=event.received_at,
        )
    )


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


async def test_files_end_where_their_outcome_says(dropping: Ingest, inbox: Path) -> None:
    put(inbox / "a.html", b"a")
    put(inbox / "tỉnh" / "xã" / "b.html", b"b")
    put(inbox / "tỉnh" / "c.html", b"c")
    events = {event.file_name: event for event in await received(dropping, 3)}
    assert {event.content for event in events.values()} == {b"a", b"b", b"c"}
    assert (inbox / "a.html").exists(), "it stays until its outcome is known"
    await index(dropping, events["a.html"])
    await reject(dropping, events["b.html"])
    await index(dropping, events["c.html"], "duplicate", "older_capture")
    await until(lambda: not (inbox / "a.html").exists() and not list((inbox / "tỉnh").rglob("*.html")))
    assert (inbox / "done" / "a.html").read_bytes() == b"a"
    assert not (inbox / "done" / "a.html.reason.json").exists()
    assert (inbox / "failed" / "tỉnh" / "xã" / "b.html").read_bytes() == b"b"
    beside = json.loads((inbox / "failed" / "tỉnh" / "xã" / "b.html.reason.json").read_text())
    assert beside["reason"] == {"code": "no_article", "detail": "There is no article in it."}
    assert beside["receipt_id"] == events["b.html"].receipt_id
    assert (inbox / "done" / "tỉnh" / "c.html").read_bytes() == b"c"
    assert json.loads((inbox / "done" / "tỉnh" / "c.html.reason.json").read_text())["status"] == "duplicate"
    assert len(await dropping.records(RAW)) == 3


async def test_a_folder_that_is_moved_in_is_seen_whole(dropping: Ingest, inbox: Path, tmp_path: Path) -> None:
    for number in range(20):
        put(tmp_path / "prepared" / str(number % 3) / f"{number}.txt", b"%d" % number)
    await anyio.Path(inbox).mkdir(exist_ok=True)
    (tmp_path / "prepared").rename(inbox / "moved")
    events = await received(dropping, 20)
    assert {event.content for event in events} == {b"%d" % number for number in range(20)}


async def test_what_can_not_be_taken_fails_with_the_reason(dropping: Ingest, inbox: Path) -> None:
    put(inbox / "large.txt", b"x" * 1_001)
    put(inbox / "empty.txt", b"")
    await until(lambda: not (inbox / "large.txt").exists() and not (inbox / "empty.txt").exists())
    for name, code in (("large.txt", "too_large"), ("empty.txt", "empty")):
        assert (inbox / "failed" / name).exists()
        assert json.loads((inbox / "failed" / f"{name}.reason.json").read_text())["reason"]["code"] == code
    assert await dropping.records(RAW) == []


async def test_unfinished_and_foreign_files_are_left_until_they_are_named(
    dropping: Ingest, inbox: Path, tmp_path: Path
) -> None:
    secret = put(tmp_path / "secret.txt", b"secret")
    for name in (".hidden", "a.html.part", "b.tmp", "c.crdownload", ".git/x", "done/old.html", "failed/old.html"):
        put(inbox / name, b"no")
    (inbox / "link.txt").symlink_to(secret)
    (inbox / "linked").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(inbox / "pipe")
    put(inbox / "last.txt", b"yes")
    assert [event.content for event in await received(dropping, 1)] == [b"yes"]
    (inbox / "a.html.part").rename(inbox / "a.html")
    assert {event.content for event in await received(dropping, 2)} == {b"yes", b"no"}
    await anyio.sleep(0.3)
    assert len(await dropping.records(RAW)) == 2


async def test_only_so_many_files_are_on_their_way_at_once(
    dropping: Ingest, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "IN_FLIGHT", 4)
    for number in range(10):
        put(inbox / f"{number}.txt", b"%d" % number)
    first = await received(dropping, 4)
    await anyio.sleep(0.3)
    assert len(await dropping.records(RAW)) == 4
    for event in first:
        await index(dropping, event)
    assert len(await received(dropping, 8)) == 8


async def test_nothing_filed_away_is_overwritten(dropping: Ingest, inbox: Path) -> None:
    for number in range(3):
        put(inbox / "a.html", b"%d" % number)
        event = (await received(dropping, number + 1))[-1]
        await index(dropping, event)
        await until(lambda: not (inbox / "a.html").exists())
    filed = {path.name: path.read_bytes() for path in (inbox / "done").iterdir()}
    assert filed == {"a.html": b"0", "a-2.html": b"1", "a-3.html": b"2"}


async def test_a_restart_waits_for_the_outcome_and_publishes_nothing_twice(start: Start, inbox: Path) -> None:
    async with start(inbox=inbox, **QUICK) as ingest:
        put(inbox / "a.html", b"a")
        (event,) = await received(ingest, 1)
    async with start(inbox=inbox, **QUICK) as ingest:
        await anyio.sleep(0.4)
        assert len(await ingest.records(RAW)) == 1
        await index(ingest, event)
        await until((inbox / "done" / "a.html").exists)


async def test_a_claim_that_never_reached_the_log_is_taken_anew(start: Start, inbox: Path) -> None:
    async with start(inbox=inbox, **QUICK) as ingest:
        data = ingest.settings.data
    path = put(inbox / "a.html", b"a")
    status = path.stat()
    claims = Claims(data / "inbox.db")
    claims.add([Claim(Sighting("a.html", status.st_size, status.st_mtime_ns), "never-published")])
    async with start(inbox=inbox, **QUICK) as ingest:
        (event,) = await received(ingest, 1)
        await index(ingest, event)
        await until((inbox / "done" / "a.html").exists)
        await until(lambda: claims.all() == [])


async def test_while_the_log_is_away_files_wait(dropping: Ingest, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish = dropping.log.publish
    down = True

    async def sometimes(messages: Any) -> None:
        await publish(messages)
        if down:
            raise LogUnavailableError("the answer was lost")

    monkeypatch.setattr(dropping.log, "publish", sometimes)
    put(inbox / "a.html", b"a")
    (event,) = await received(dropping, 1)
    down = False
    await index(dropping, event)
    await until((inbox / "done" / "a.html").exists)
    assert len(await dropping.records(RAW)) == 1, "it had been published, though nobody said so"


async def test_a_file_that_changes_after_it_was_taken_is_taken_again(dropping: Ingest, inbox: Path) -> None:
    put(inbox / "a.html", b"old")
    (old,) = await received(dropping, 1)
    put(inbox / "a.html", b"newer")
    _, new = await received(dropping, 2)
    await index(dropping, old)
    await index(dropping, new)
    await until(lambda: not (inbox / "a.html").exists())
    assert [path.read_bytes() for path in (inbox / "done").iterdir()] == [b"newer"]


async def test_files_are_found_where_nothing_announces_them(
    start: Start, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more_watches(*_: object, **__: object) -> None:
        raise OSError(28, "no more watches")

    monkeypatch.setattr(watcher, "awatch", no_more_watches)
    async with start(inbox=inbox, **QUICK) as ingest:
        await anyio.sleep(0.1)
        put(inbox / "a.html", b"a")
        assert len(await received(ingest, 1)) == 1


async def test_readiness_tells_of_a_folder_that_can_not_be_read(start: Start, inbox: Path) -> None:
    put(inbox, b"a file, no folder")
    async with start(inbox=inbox, **QUICK) as ingest:
        with anyio.fail_after(20):
            while (answer := await ingest.http.get("/readyz")).status_code == 200:
                await anyio.sleep(0.02)
        assert str(inbox) in answer.json()["checks"]["ingest.inbox"]


def test_a_name_at_its_longest_keeps_its_ending(tmp_path: Path) -> None:
    name = "đ" * 125 + ".html"
    put(tmp_path / name, b"a")
    put(tmp_path / "failed" / name, b"before")
    (sighting,) = folder.scan(tmp_path)
    moved = folder.move_away(tmp_path, sighting, "failed", b"{}")
    assert moved is not None
    assert moved.suffix == ".html"
    assert moved.read_bytes() == b"a"
    assert (tmp_path / "failed" / name).read_bytes() == b"before"
    assert len([path for path in (tmp_path / "failed").iterdir() if path.name.endswith(".reason.json")]) == 1


def test_names_of_any_bytes_can_be_filed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"b\xe0o.txt")).write_bytes(b"a")
    (sighting,) = folder.scan(tmp_path)
    assert folder.read(tmp_path, sighting) == b"a"
    claims = Claims(tmp_path / "inbox.db")
    claims.add([Claim(sighting, "r")])
    assert claims.all() == [Claim(sighting, "r")]
    moved = folder.move_away(tmp_path, sighting, "done", None)
    assert moved is not None
    assert os.fsencode(moved.name) == b"b\xe0o.txt"


def test_a_file_that_changed_is_not_read_as_what_it_was(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", b"a")
    (sighting,) = folder.scan(tmp_path)
    path.write_bytes(b"bb")
    with pytest.raises(folder.ChangedFileError):
        folder.read(tmp_path, sighting)
    assert folder.move_away(tmp_path, sighting, "done", None) is None
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(OSError, match=r".+"):
        folder.read(tmp_path, sighting)


def test_no_folder_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_INBOX", "")
    assert IngestSettings().inbox is None
    monkeypatch.setenv("BANTIN_INBOX", "tha-vao-day")
    assert IngestSettings().inbox == Path("tha-vao-day").resolve()
