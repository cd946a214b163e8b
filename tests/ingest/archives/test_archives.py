"""Each member of an archive is a file of its own: bytes, name, address and time as the archive has them."""

import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import anyio
import httpx
import pytest

from bantin.envelope import decode
from bantin.events import ArticleIndexed, ArticleReceived
from bantin.topics import RAW, RECEIPTS
from bantin_ingest.identity import article_id_of_url
from bantin_ingest.intake import SHARE_FILES
from tests.ingest.archives.made import named, tarred, warc, zipped
from tests.ingest.conftest import Ingest, Start

FILES = {"tỉnh/bài 1.html": b"<p>m\xe1\xbb\x99t</p>", "2.txt": b"hai", "sâu/hơn/3.pdf": b"%PDF-1.7"}


async def received(ingest: Ingest) -> list[ArticleReceived]:
    return [decode(record, ArticleReceived) for record in await ingest.records(RAW)]


def batch_of(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    return answer.json()


PACKED = {
    "a.zip": zipped(FILES),
    "a.tar": tarred(FILES),
    "a.tar.gz": tarred(FILES, "gz"),
    "a.tar.bz2": tarred(FILES, "bz2"),
    "a.tar.xz": tarred(FILES, "xz"),
    "named like nothing": tarred(FILES, "gz"),
}


@pytest.mark.parametrize("name", PACKED)
async def test_each_member_has_its_own_receipt(ingest: Ingest, name: str) -> None:
    batch = batch_of(await ingest.http.put(f"/v1/files/{name}?source=Báo A", content=PACKED[name]))
    assert (batch["total"], batch["counts"]["accepted"]) == (3, 3)
    assert [file["name"] for file in batch["files"]] == list(FILES)
    assert [file["sha256"] for file in batch["files"]] == [hashlib.sha256(one).hexdigest() for one in FILES.values()]
    events = {event.file_name: event for event in await received(ingest)}
    assert {name: event.content for name, event in events.items()} == FILES
    assert events["sâu/hơn/3.pdf"].content_type == "application/pdf"
    assert {event.source_name for event in events.values()} == {"Báo A"}
    assert await ingest.batch(batch["batch_id"]) == batch


async def test_archives_and_files_come_in_one_request(ingest: Ingest) -> None:
    files = [
        ("file", ("first.txt", b"1")),
        ("file", ("two.zip", zipped({"a.txt": b"2", "b.txt": b"3"}))),
        ("file", ("empty.txt", b"")),
        ("file", ("last.txt", b"4")),
    ]
    batch = batch_of(await ingest.http.post("/v1/files", files=files))
    assert [file["name"] for file in batch["files"]] == ["first.txt", "a.txt", "b.txt", "empty.txt", "last.txt"]
    assert [file["status"] for file in batch["files"]].count("rejected") == 1
    assert {event.content for event in await received(ingest)} == {b"1", b"2", b"3", b"4"}


@pytest.mark.parametrize("packed", [False, True])
async def test_pages_of_a_crawl_bring_their_address_and_time(ingest: Ingest, packed: bool) -> None:
    crawl = warc(
        ("https://a.vn/tin/1.html", "text/html; charset=utf-8", b"<p>1</p>"),
        ("https://a.vn/logo.png", "image/png", b"\x89PNG"),
        ("https://a.vn/2.pdf?x=1", "application/pdf", b"%PDF-1.7"),
        packed=packed,
    )
    batch = batch_of(await ingest.http.put("/v1/files/crawl.warc", content=crawl))
    assert [file["name"] for file in batch["files"]] == ["a.vn/tin/1.html", "a.vn/2.pdf?x=1"]
    first, second = sorted(await received(ingest), key=lambda event: event.file_name, reverse=True)
    assert (first.content, first.content_type) == (b"<p>1</p>", "text/html; charset=utf-8")
    assert (first.source_url, second.source_url) == ("https://a.vn/tin/1.html", "https://a.vn/2.pdf?x=1")
    assert first.article_id == article_id_of_url("http://A.vn/tin/1.html")
    assert first.captured_at == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert second.content_type == "application/pdf"


async def test_a_page_is_unpacked_as_its_server_packed_it(ingest: Ingest) -> None:
    crawl = warc(("https://a.vn/1", "text/html", gzip.compress(b"<p>1</p>")), extra={"Content-Encoding": "gzip"})
    batch_of(await ingest.http.put("/v1/files/crawl.warc", content=crawl))
    assert [event.content for event in await received(ingest)] == [b"<p>1</p>"]


async def test_documents_that_are_packages_stay_whole(ingest: Ingest) -> None:
    packages = [
        zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}),
        b"PK\x03\x04 a package that is broken",
    ]
    for number, package in enumerate(packages):
        batch = batch_of(await ingest.http.put(f"/v1/files/{number}.docx", content=package))
        assert batch["total"] == 1
    assert [event.content for event in await received(ingest)] == packages


async def test_an_address_belongs_to_one_member(ingest: Ingest) -> None:
    two = await ingest.http.put("/v1/files/a.zip?source_url=https://a.vn/1", content=zipped({"1": b"1", "2": b"2"}))
    assert (two.status_code, two.json()["type"]) == (422, "urn:bantin:problem:source_url_for_several")
    assert await ingest.records(RAW) == []
    one = batch_of(await ingest.http.put("/v1/files/a.zip?source_url=https://a.vn/1", content=zipped({"1": b"1"})))
    assert one["files"][0]["article_id"] == article_id_of_url("https://a.vn/1")


async def test_more_members_than_fit_into_a_share(ingest: Ingest) -> None:
    files = {f"{number}.txt": b"%d" % number for number in range(3 * SHARE_FILES + 1)}
    batch = batch_of(await ingest.http.put("/v1/files/a.tar.gz", content=tarred(files, "gz")))
    assert batch["total"] == len(files) == len(await ingest.records(RAW)) == len(await ingest.records(RECEIPTS))


async def test_large_members_wait_on_disk(start: Start) -> None:
    async with start(max_upload=3_000_000) as ingest:
        files = {f"{number}.txt": Random(number).randbytes(50_000) * 50 for number in range(12)}
        batch = batch_of(await ingest.http.put("/v1/files/a.tar.xz", content=tarred(files, "xz")))
        assert batch["counts"]["accepted"] == 12
        assert [event.content for event in await received(ingest)] == list(files.values())


async def until(condition: Callable[[], bool]) -> None:
    with anyio.fail_after(30):
        while not condition():
            await anyio.sleep(0.02)


async def test_an_archive_in_the_drop_folder_ends_with_its_members(start: Start, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.zip").write_bytes(zipped({"1.txt": b"1", "2.txt": b"2", "3.txt": b""}))
    async with start(inbox=inbox, inbox_settle=0.05, inbox_rescan=0.2) as ingest:
        with anyio.fail_after(30):
            while len(events := await received(ingest)) < 2:
                await anyio.sleep(0.02)
        assert (inbox / "a.zip").exists(), "it stays until all its members have ended"
        for event in events:
            await ingest.publish(indexed(event))
        await until(lambda: not (inbox / "a.zip").exists())
        beside = json.loads((inbox / "done" / "a.zip.reason.json").read_text())
        assert beside["counts"]["indexed"] == 2
        assert [file["reason"] and file["reason"]["code"] for file in beside["files"]] == [None, None, "empty"]


async def test_a_dropped_archive_is_neither_lost_nor_doubled_by_a_restart(start: Start, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.zip").write_bytes(zipped({"1.txt": b"1", "2.txt": b"2"}))
    for _ in range(2):
        async with start(inbox=inbox, inbox_settle=0.05, inbox_rescan=0.1) as ingest:
            with anyio.fail_after(30):
                while len(events := await received(ingest)) < 2:
                    await anyio.sleep(0.02)
            await anyio.sleep(0.5)
            assert len(await ingest.records(RAW)) == 2
    async with start(inbox=inbox, inbox_settle=0.05, inbox_rescan=0.1) as ingest:
        for event in events:
            await ingest.publish(indexed(event))
        await until((inbox / "done" / "a.zip").exists)
        assert not (inbox / "done" / "a.zip.reason.json").exists()


def indexed(event: ArticleReceived) -> ArticleIndexed:
    return ArticleIndexed(
        receipt_id=event.receipt_id,
        batch_id=event.batch_id,
        article_id=event.article_id,
        outcome="indexed",
        version="v",
        extracted_at=event.received_at,
        indexed_at=event.received_at,
    )


@pytest.mark.parametrize(
    ("raw", "unicode_path", "name"),
    [
        ("Bài viết.html".encode(), None, "Bài viết.html"),
        ("résumé.html".encode("cp437"), None, "résumé.html"),
        (b"B?i vi?t.html", "Bài viết.html".encode(), "Bài viết.html"),
        (b"B?i vi?t.html", b"\xff", "B?i vi?t.html"),
    ],
    ids=["utf-8", "dos", "field", "broken field"],
)
async def test_names_without_the_flag_of_unicode(
    ingest: Ingest, raw: bytes, unicode_path: bytes | None, name: str
) -> None:
    batch = batch_of(await ingest.http.put("/v1/files/a.zip", content=named(raw, b"x", unicode_path)))
    assert [file["name"] for file in batch["files"]] == [name]


async def test_a_tar_from_before_it_had_a_magic(ingest: Ingest) -> None:
    raw = bytearray(tarred({"1.txt": b"m\xe1\xbb\x99t"}))
    raw[257:265] = bytes(8)
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\0 " % sum(raw[:512])
    batch = batch_of(await ingest.http.put("/v1/files/old.tar", content=bytes(raw)))
    assert [file["name"] for file in batch["files"]] == ["1.txt"]
