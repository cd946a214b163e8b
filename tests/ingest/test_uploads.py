"""Every way in over HTTP answers 202 with a receipt for every file, once the files are on the log."""

import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import anyio
import httpx
import pytest

from bantin.envelope import decode
from bantin.eventlog.port import LogUnavailableError
from bantin.events import ArticleReceived, ArticleRejected
from bantin.topics import RAW, RECEIPTS, REJECTED
from tests.ingest.conftest import Ingest, Start

RECEIPT_FIELDS = {
    "receipt_id",
    "article_id",
    "name",
    "bytes",
    "sha256",
    "status",
    "reason",
    "trace_id",
    "timeline",
}


async def received(ingest: Ingest) -> list[ArticleReceived]:
    return [decode(record, ArticleReceived) for record in await ingest.records(RAW)]


def only(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    (receipt,) = answer.json()["files"]
    return receipt


async def test_one_file_is_on_the_log_as_it_was_sent(ingest: Ingest) -> None:
    content = bytes(range(256)) * 10
    answer = await ingest.http.post(
        "/v1/files",
        files={"file": ("Tin mới.html", content, "text/html; charset=viscii")},
        data={"source_url": "http://a.vn/1", "source": "Báo A", "captured_at": "2026-03-01T08:30:00+07:00"},
    )
    receipt = only(answer)
    batch = answer.json()
    assert set(batch) == {"batch_id", "total", "done", "counts", "files"}
    assert (batch["total"], batch["done"]) == (1, 0)
    assert batch["counts"] == {"accepted": 1, "indexed": 0, "duplicate": 0, "rejected": 0, "dead_lettered": 0}
    assert set(receipt) == RECEIPT_FIELDS
    assert (receipt["name"], receipt["bytes"], receipt["status"]) == ("Tin mới.html", 2_560, "accepted")
    assert receipt["sha256"] == hashlib.sha256(content).hexdigest()
    assert [entry["stage"] for entry in receipt["timeline"]] == ["received"]
    (event,) = await received(ingest)
    assert event.content == content
    assert event.receipt_id == receipt["receipt_id"]
    assert event.content_type == "text/html; charset=viscii"
    assert (event.source_url, event.source_name) == ("http://a.vn/1", "Báo A")
    assert event.captured_at == datetime(2026, 3, 1, 1, 30, tzinfo=UTC)


async def test_put_takes_a_body_as_it_is(ingest: Ingest) -> None:
    answer = await ingest.http.put(
        "/v1/files/thu%20m%E1%BB%A5c/b%C3%A0i.pdf?captured_at=2026-03-01T08:30:00+07:00&source=A", content=b"%PDF"
    )
    receipt = only(answer)
    assert receipt["name"] == "bài.pdf"
    (event,) = await received(ingest)
    assert (event.content, event.content_type, event.source_name) == (b"%PDF", "application/pdf", "A")
    assert event.captured_at == datetime(2026, 3, 1, 1, 30, tzinfo=UTC)


async def test_a_pushed_article_is_kept_in_its_canonical_form(ingest: Ingest) -> None:
    article = {"title": "Tựa", "text": "Thân bài", "source_url": "https://a.vn/1", "published_at": "2026-03-01"}
    pushed = only(await ingest.http.post("/v1/articles", json=article))
    (event,) = await received(ingest)
    assert json.loads(event.content) == {"title": "Tựa", "text": "Thân bài", "published_at": "2026-03-01"}
    assert event.content_type == "application/vnd.bantin.article+json"
    uploaded = only(await ingest.http.put("/v1/files/1.html?source_url=http://A.vn/1", content=b"x"))
    assert pushed["article_id"] == uploaded["article_id"], "one address, one article"


async def test_each_file_of_several_speaks_for_itself(start: Start) -> None:
    async with start(max_upload=100_000) as ingest:
        sent = [b"a" * 10, b"b" * 100_001, b"", b"c" * 100_000]
        files = [("file", (f"{position}.txt", content)) for position, content in enumerate(sent)]
        answer = await ingest.http.post("/v1/files", files=files)
        assert answer.status_code == 202
        batch = answer.json()
        outcome = [(file["status"], (file["reason"] or {}).get("code"), file["bytes"]) for file in batch["files"]]
        assert outcome == [
            ("accepted", None, 10),
            ("rejected", "too_large", 100_001),
            ("rejected", "empty", 0),
            ("accepted", None, 100_000),
        ]
        assert (batch["total"], batch["done"]) == (4, 2)
        assert [event.content for event in await received(ingest)] == [sent[0], sent[3]]
        rejected = [decode(record, ArticleRejected) for record in await ingest.records(REJECTED)]
        assert [event.reason.code for event in rejected] == ["too_large", "empty"]
        assert batch["files"][1]["sha256"] == hashlib.sha256(sent[1]).hexdigest()
        assert await ingest.batch(batch["batch_id"]) == batch


async def test_a_single_file_over_the_limit_is_a_413(start: Start) -> None:
    async with start(max_upload=1_000) as ingest:
        for answer in (
            await ingest.http.post("/v1/files", files={"file": ("a.txt", b"a" * 1_001)}),
            await ingest.http.put("/v1/files/a.txt", content=b"a" * 1_001),
            await ingest.http.post("/v1/articles", json={"text": "a" * 1_001}),
        ):
            assert answer.status_code == 413
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["type"] == "urn:bantin:problem:too_large"
        assert only(await ingest.http.put("/v1/files/a.txt", content=b"a" * 1_000))["bytes"] == 1_000
        assert len(await ingest.records(RAW)) == 1


async def test_a_lying_length_gains_nothing_and_reading_stops_early(start: Start) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1024 * 1024 * 1024:
            sent += 65_536
            yield b"a" * 65_536

    async with start(max_upload=1_000_000, max_request=2_000_000) as ingest:
        answer = await ingest.http.put("/v1/files/a.txt", content=endless(), headers={"content-length": "5"})
        assert answer.status_code == 413
        assert sent < 10_000_000
        sent = 0
        form = {"content-type": "multipart/form-data; boundary=x", "content-length": "5"}

        async def form_body() -> AsyncIterator[bytes]:
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
            async for chunk in endless():
                yield chunk

        answer = await ingest.http.post("/v1/files", content=form_body(), headers=form)
        assert answer.status_code == 413
        assert sent < 10_000_000
        assert await ingest.records(RECEIPTS) == []


async def test_an_empty_file_is_a_receipt_not_an_error(ingest: Ingest) -> None:
    for answer in (
        await ingest.http.post("/v1/files", files={"file": ("a.txt", b"")}),
        await ingest.http.put("/v1/files/a.txt", content=b""),
    ):
        receipt = only(answer)
        assert (receipt["status"], receipt["reason"]["code"]) == ("rejected", "empty")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"captured_at": "yesterday"}, "invalid_captured_at"),
        ({"captured_at": "1700000000"}, "invalid_captured_at"),
        ({"captured_at": "2026-03-01"}, "invalid_captured_at"),
        ({"captured_at": "2026-03-01T08:00:00"}, "invalid_captured_at"),
        ({"captured_at": "2026-02-30T08:00:00Z"}, "invalid_captured_at"),
        ({"captured_at": "1969-12-31T23:59:59Z"}, "invalid_captured_at"),
        ({"source_url": "a.vn"}, "invalid_source_url"),
        ({"source_url": "file:///etc/passwd"}, "invalid_source_url"),
        ({"source": "x" * 501}, "invalid_source"),
        ({"source": "a\0"}, "invalid_source"),
    ],
)
async def test_wrong_fields_are_refused_in_every_call(ingest: Ingest, data: dict[str, str], code: str) -> None:
    for answer in (
        await ingest.http.post("/v1/files", files={"file": ("a.txt", b"a")}, data=data),
        await ingest.http.put("/v1/files/a.txt", content=b"a", params=data),
        await ingest.http.post("/v1/articles", json={"text": "a", **data}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (422, f"urn:bantin:problem:{code}")
    assert await ingest.records(RAW) == []


async def test_empty_fields_count_as_absent(ingest: Ingest) -> None:
    data = {"source_url": "", "source": " ", "captured_at": ""}
    only(await ingest.http.post("/v1/files", files={"file": ("a.txt", b"a")}, data=data))


async def test_a_capture_from_the_future_counts_from_its_receipt(ingest: Ingest) -> None:
    only(await ingest.http.put("/v1/files/a?captured_at=2999-01-01T00:00:00Z", content=b"a"))
    (event,) = await received(ingest)
    assert event.captured_at == event.received_at


async def test_an_address_for_several_files_is_refused(ingest: Ingest) -> None:
    files = [("file", ("1.txt", b"a")), ("file", ("2.txt", b"b"))]
    answer = await ingest.http.post("/v1/files", files=files, data={"source_url": "https://a.vn"})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:bantin:problem:source_url_for_several")
    assert await ingest.records(RAW) == []


@pytest.mark.parametrize("path", ["/v1/files/", "/v1/files//", "/v1/files/%20"])
async def test_a_body_needs_a_name(ingest: Ingest, path: str) -> None:
    answer = await ingest.http.put(path, content=b"a")
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:bantin:problem:name_missing")


async def test_while_the_log_is_away_nothing_is_accepted(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_: object) -> None:
        raise LogUnavailableError("no broker")

    monkeypatch.setattr(ingest.log, "publish", away)
    answer = await ingest.http.put("/v1/files/a.txt", content=b"a")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:bantin:problem:log_unavailable")
    assert int(answer.headers["retry-after"]) > 0


async def test_a_silent_sender_is_given_up(start: Start) -> None:
    async def stalls() -> AsyncIterator[bytes]:
        yield b"a"
        await anyio.sleep(30)

    async with start(body_timeout=0.05) as ingest:
        answer = await ingest.http.put("/v1/files/a.txt", content=stalls())
        assert answer.status_code == 408


async def test_openapi_tells_of_the_bodies(ingest: Ingest) -> None:
    paths = (await ingest.http.get("/openapi.json")).json()["paths"]
    form = paths["/v1/files"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert set(form["properties"]) == {"file", "source_url", "source", "captured_at"}
    assert {item["name"] for item in paths["/v1/files/{name}"]["put"]["parameters"]} >= {"name", "source_url"}
    assert "text" in paths["/v1/articles"]["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]
