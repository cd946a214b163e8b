"""Receipts follow the log: any instance answers for any file, restarts forget nothing, watchers see every change."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest
from opentelemetry.context import Context

from bantin.deadletter import Failure, dead_letter
from bantin.eventlog.port import LogUnavailableError, Message
from bantin.events import ArticleIndexed, ArticleRejected, Reason, ReceiptRecorded
from bantin.handler import Delivery, Emit
from bantin.topics import EXTRACT_GROUP, RAW, RECEIPTS
from bantin_ingest.receipts import tail as tail_module
from bantin_ingest.receipts.projector import record_ends
from bantin_ingest.receipts.store import ReceiptStore
from tests.ingest.conftest import Ingest, Start

EXTRACTED = datetime(2026, 3, 1, 1, 0, 1, tzinfo=UTC)
INDEXED = datetime(2026, 3, 1, 1, 0, 2, tzinfo=UTC)


async def upload(ingest: Ingest, *contents: bytes) -> dict[str, Any]:
    files = [("file", (f"{position}.txt", content)) for position, content in enumerate(contents)]
    answer = await ingest.http.post("/v1/files", files=files)
    assert answer.status_code == 202, answer.text
    return answer.json()


def indexed(batch: dict[str, Any], position: int, **changes: Any) -> ArticleIndexed:
    file = batch["files"][position]
    return ArticleIndexed(
        **{
            "receipt_id": file["receipt_id"],
            "batch_id": batch["batch_id"],
            "article_id": file["article_id"],
            "outcome": "indexed",
            "version": "v",
            "extracted_at": EXTRACTED,
            "indexed_at": INDEXED,
            **changes,
        }
    )


def rejected(batch: dict[str, Any], position: int, code: str) -> ArticleRejected:
    file = batch["files"][position]
    return ArticleRejected(
        receipt_id=file["receipt_id"],
        batch_id=batch["batch_id"],
        article_id=file["article_id"],
        reason=Reason(code=code, detail="Why."),
        rejected_at=INDEXED,
    )


async def bury_raw(ingest: Ingest, position: int) -> None:
    record = (await ingest.records(RAW))[position]
    failure = Failure(Reason(code="broken", detail="It broke."), "extract")
    await ingest.log.publish([dead_letter(record, EXTRACT_GROUP, failure)])


async def test_every_end_reaches_its_receipt(ingest: Ingest) -> None:
    batch = await upload(ingest, b"1", b"2", b"3", b"4")
    older = Reason(code="older_capture", detail="A newer capture is there.")
    await ingest.publish(
        indexed(batch, 0), indexed(batch, 1, outcome="duplicate", reason=older), rejected(batch, 2, "no_article")
    )
    await bury_raw(ingest, 3)
    ended = await ingest.until(batch["batch_id"], 4)
    outcomes = [(file["status"], (file["reason"] or {}).get("code")) for file in ended["files"]]
    assert outcomes == [
        ("indexed", None),
        ("duplicate", "older_capture"),
        ("rejected", "no_article"),
        ("dead_lettered", "broken"),
    ]
    assert ended["counts"] == {"accepted": 0, "indexed": 1, "duplicate": 1, "rejected": 1, "dead_lettered": 1}
    receipt = (await ingest.http.get(f"/v1/receipts/{ended['files'][0]['receipt_id']}")).json()
    assert receipt == ended["files"][0]
    assert [entry["stage"] for entry in receipt["timeline"]] == ["received", "extracted", "indexed"]
    assert [entry["at"] for entry in receipt["timeline"]][1:] == ["2026-03-01T01:00:01Z", "2026-03-01T01:00:02Z"]


async def test_the_same_end_twice_changes_nothing(ingest: Ingest) -> None:
    batch = await upload(ingest, b"1")
    await ingest.publish(indexed(batch, 0))
    ended = await ingest.until(batch["batch_id"], 1)
    await ingest.publish(indexed(batch, 0), indexed(batch, 0))
    with anyio.fail_after(20):
        while len(await ingest.records(RECEIPTS)) < 7:
            await anyio.sleep(0.02)
    assert await ingest.batch(batch["batch_id"]) == ended


async def test_a_dead_letter_of_nobody_is_no_receipt(ingest: Ingest) -> None:
    await ingest.log.publish([Message(RAW.name, None, b"noise")])
    await bury_raw(ingest, 0)
    batch = await upload(ingest, b"1")
    await ingest.publish(indexed(batch, 0))
    await ingest.until(batch["batch_id"], 1)


async def test_what_is_unknown_is_a_404_after_reading_to_the_end(ingest: Ingest) -> None:
    for path in ("/v1/batches/x", "/v1/batches/x/events", "/v1/receipts/x", "/v1/receipts/%00"):
        answer = await ingest.http.get(path)
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"


async def test_two_instances_answer_for_each_other_at_once(start: Start, tmp_path: Path) -> None:
    async with start(data=tmp_path / "one") as one, start(data=tmp_path / "two") as two:
        for taker, asked in ((one, two), (two, one)):
            batch = await upload(taker, b"1", b"2")
            assert await asked.batch(batch["batch_id"]) == batch
            receipt = batch["files"][1]
            assert (await asked.http.get(f"/v1/receipts/{receipt['receipt_id']}")).json() == receipt
        await one.publish(indexed(batch, 0), rejected(batch, 1, "no_article"))
        ended = [await instance.until(batch["batch_id"], 2) for instance in (one, two)]
        assert ended[0] == ended[1]


async def test_a_restart_forgets_nothing(start: Start) -> None:
    async with start() as ingest:
        batch = await upload(ingest, b"1", b"2")
        await ingest.publish(indexed(batch, 0))
        before = await ingest.until(batch["batch_id"], 1)
    async with start() as ingest:
        assert await ingest.batch(batch["batch_id"]) == before
    async with start(data=ingest.settings.data / "elsewhere") as ingest:
        assert await ingest.batch(batch["batch_id"]) == before, "a new instance reads it all from the log"


async def test_another_log_brings_other_receipts(start: Start, tmp_path: Path) -> None:
    async with start() as ingest:
        batch = await upload(ingest, b"1", b"2")
        assert await ingest.batch(batch["batch_id"])
    async with start(log_url=f"sqlite:///{tmp_path / 'new.db'}") as ingest:
        assert (await ingest.http.get(f"/v1/batches/{batch['batch_id']}")).status_code == 404
        batch = await upload(ingest, b"1")
        assert await ingest.batch(batch["batch_id"]) == batch


async def test_an_undecodable_record_stops_nobody(ingest: Ingest) -> None:
    await ingest.log.publish([Message(RECEIPTS.name, b"k", b"\xff"), Message(RECEIPTS.name, None, None)])
    batch = await upload(ingest, b"1")
    assert await ingest.batch(batch["batch_id"]) == batch


async def test_without_the_log_unknown_is_a_503_not_a_404(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_: str) -> dict[int, int]:
        raise LogUnavailableError("no broker")

    monkeypatch.setattr(ingest.log, "end_offsets", away)
    answer = await ingest.http.get("/v1/receipts/x")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


async def test_a_tail_that_lags_is_a_503_not_a_404(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    async def far(_: str) -> dict[int, int]:
        return {0: 1_000}

    monkeypatch.setattr(ingest.log, "end_offsets", far)
    monkeypatch.setattr(tail_module, "CATCH_UP_SECONDS", 0.05)
    assert (await ingest.http.get("/v1/batches/x")).status_code == 503


async def events(ingest: Ingest, batch_id: str) -> AsyncIterator[dict[str, Any]]:
    """Give the events as a browser would see them; the transport hands them over when the stream has ended."""
    answer = await ingest.http.get(f"/v1/batches/{batch_id}/events", timeout=30)
    assert answer.headers["content-type"].startswith("text/event-stream")
    for line in answer.text.splitlines():
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))


async def test_progress_ends_when_every_file_has(ingest: Ingest) -> None:
    batch = await upload(ingest, b"1", b"2")
    seen: list[dict[str, Any]] = []

    async def watch() -> None:
        seen.extend([event async for event in events(ingest, batch["batch_id"])])

    with anyio.fail_after(20):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch)
            await anyio.sleep(0.1)
            await ingest.publish(indexed(batch, 0))
            await ingest.until(batch["batch_id"], 1)
            await anyio.sleep(0.3)
            await ingest.publish(rejected(batch, 1, "no_article"))
    assert [event["done"] for event in seen] == [0, 1, 2]
    assert seen[0] == batch
    assert seen[-1] == await ingest.batch(batch["batch_id"])


async def test_progress_of_an_ended_batch_is_one_event(ingest: Ingest) -> None:
    batch = await upload(ingest, b"")
    assert [event async for event in events(ingest, batch["batch_id"])] == [batch]


async def test_progress_ends_with_the_process(ingest: Ingest) -> None:
    batch = await upload(ingest, b"1")
    with anyio.fail_after(10):
        async with anyio.create_task_group() as tasks:

            async def watch() -> None:
                assert [event async for event in events(ingest, batch["batch_id"])] == [batch]

            tasks.start_soon(watch)
            await anyio.sleep(0.1)
            ingest.stop.set()


async def test_readiness_tells_of_the_receipts(ingest: Ingest) -> None:
    answer = await ingest.http.get("/readyz")
    assert answer.status_code == 200, answer.text
    assert {"ingest.log", "ingest.receipts", "ingest.receipts_stage"} <= set(answer.json()["checks"])


async def test_the_handler_answers_each_delivery() -> None:
    batch = {"batch_id": "b", "files": [{"receipt_id": "r", "article_id": "a"}]}
    ends = [indexed(batch, 0), rejected(batch, 0, "no_article")]
    outcomes = await record_ends([Delivery(end, Context()) for end in ends])
    stages = [
        [event.stage for event in outcome.events if isinstance(event, ReceiptRecorded)]
        for outcome in outcomes
        if isinstance(outcome, Emit)
    ]
    assert stages == [["extracted", "indexed"], ["rejected"]]


def test_the_store_keeps_positions_with_their_records(tmp_path: Path) -> None:
    store = ReceiptStore(tmp_path / "receipts.db")
    record = ReceiptRecorded(
        receipt_id="r", batch_id="b", article_id="a", stage="indexed", status="indexed", at=INDEXED
    )
    store.apply([record], {0: 1, 3: 7})
    store.close()
    again = ReceiptStore(tmp_path / "receipts.db")
    assert again.positions() == {0: 1, 3: 7}
    assert again.of_receipt("r") == again.of_batch("b") == [record]
    again.clear()
    assert (again.positions(), again.of_receipt("r")) == ({}, [])
    again.close()


def test_a_broken_store_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "receipts.db").write_bytes(b"no database" * 1_000)
    store = ReceiptStore(tmp_path / "receipts.db")
    assert store.positions() == {}
    store.close()


async def test_a_later_record_of_a_stage_holds_whichever_came_last(tmp_path: Path) -> None:
    store = ReceiptStore(tmp_path / "receipts.db")
    late = ReceiptRecorded(
        receipt_id="r", batch_id="b", article_id="a", stage="dead_lettered", status="dead_lettered", at=INDEXED
    )
    early = late.model_copy(update={"at": EXTRACTED})
    for order in ([early, late], [late, early]):
        store.apply(order, {})
        assert store.of_receipt("r") == [late]
        store.clear()
    store.close()
