"""A letter's way: listed, looked at, retried until it lives or discarded; receipts and batches are right all along."""

import json
from datetime import UTC, datetime
from typing import Any

import anyio
from opentelemetry.context import Context

from bantin.deadletter import RETRY_OF, Failure, dead_letter
from bantin.envelope import decode, encode, text_headers
from bantin.eventlog.port import Message, Record
from bantin.events import ArticleReceived, DeadLetterAction, Reason, ReceiptRecorded
from bantin.telemetry.tracing import publish_events
from bantin.topics import ACTIONS, ACTIONS_DEAD, RAW, RAW_DEAD, RECEIPTS
from tests.ingest.conftest import Ingest, Start
from tests.ingest.deadletters.reader import Reader, act, letters, reading, until_counts, upload


def received(receipt_id: str, batch_id: str) -> ArticleReceived:
    now = datetime.now(UTC)
    about = {"file_name": "a.txt", "content_type": "text/plain", "sha256": "ab", "content": b"a"}
    ids = {"receipt_id": receipt_id, "batch_id": batch_id, "article_id": "a"}
    return ArticleReceived.model_validate({**ids, **about, "captured_at": now, "received_at": now})


def stages(file: dict[str, Any]) -> list[str]:
    return [entry["stage"] for entry in file["timeline"]]


async def test_a_letter_tells_everything_about_a_death(ingest: Ingest) -> None:
    async with reading(ingest, Reader({"độc": "broken"})):
        batch = await upload(ingest, "độc", "lành")
        await until_counts(ingest, batch["batch_id"], indexed=1, dead_lettered=1)
        found = await letters(ingest)
        (letter,) = found["letters"]
        file = batch["files"][0]
        assert {name: letter[name] for name in ("receipt_id", "article_id", "batch_id", "trace_id")} == {
            "batch_id": batch["batch_id"],
            **{name: file[name] for name in ("receipt_id", "article_id", "trace_id")},
        }
        assert (letter["stage"], letter["reason"]) == ("extract", {"code": "broken", "detail": "It holds độc."})
        assert (letter["attempts"], letter["exception"], letter["origin"]) == (1, "ValueError: boom", f"{RAW.name}/0/0")
        assert (letter["state"], letter["decision"], letter["retry_of"]) == ("open", None, None)
        assert (letter["file_name"], letter["size"]) == ("độc.txt", len("độc".encode()))
        assert found["counts"] == [{"stage": "extract", "reason": "broken", "count": 1}]

        detail = (await ingest.http.get(f"/v1/dead-letters/{letter['letter']}")).json()
        assert detail["preview"] == {"kind": "text", "text": "độc", "truncated": False}
        assert "ValueError: boom" in detail["stack"]
        headers = {header["name"]: header["value"] for header in detail["headers"]}
        assert headers["ce_receiptid"] == file["receipt_id"]
        assert not any(name.startswith("dlq_") for name in headers)


async def test_a_retried_file_is_read_as_it_was_and_ends_indexed(ingest: Ingest) -> None:
    reader = Reader({"độc": "broken"})
    async with reading(ingest, reader):
        batch = await upload(ingest, "độc")
        await until_counts(ingest, batch["batch_id"], dead_lettered=1)
        (letter,) = (await letters(ingest))["letters"]
        reader.deadly.clear()
        answer = await ingest.http.post(f"/v1/dead-letters/{letter['letter']}/retry", json={"note": "mended"})
        assert (answer.status_code, answer.json()) == (202, {"action": "retry", "decided": 1, "unchanged": 0})
        ended = await until_counts(ingest, batch["batch_id"], indexed=1)
    first, again = reader.read
    assert first == again, "the same receipt, the same capture: an older capture stays older"
    assert stages(ended["files"][0]) == ["received", "dead_lettered", "retried", "extracted", "indexed"]
    assert (ended["files"][0]["reason"], ended["files"][0]["trace_id"]) == (None, batch["files"][0]["trace_id"])
    (decided,) = (await letters(ingest, state="retried"))["letters"]
    assert (decided["decision"]["by"], decided["decision"]["note"]) == ("local", "mended")
    assert (await letters(ingest))["total"] == 0


async def test_a_record_is_published_again_with_its_own_key_and_headers(ingest: Ingest) -> None:
    async with reading(ingest, Reader({"độc": "broken"})):
        batch = await upload(ingest, "độc")
        await until_counts(ingest, batch["batch_id"], dead_lettered=1)
        (letter,) = (await letters(ingest))["letters"]
        await act(ingest, "retry", all=True)
        with anyio.fail_after(20):
            while len(records := await ingest.records(RAW)) < 2:
                await anyio.sleep(0.02)
    old, new = records
    assert (new.key, new.value) == (old.key, old.value)
    mine, theirs = (text_headers(record.headers) for record in (old, new))
    assert theirs.pop(RETRY_OF) == letter["letter"]
    for headers in (mine, theirs):
        headers.pop("traceparent", None)
    assert mine == theirs


async def test_a_letter_that_dies_again_is_a_new_letter_and_its_receipt_dead_again(ingest: Ingest) -> None:
    reader = Reader({"độc": "broken"})
    async with reading(ingest, reader):
        batch = await upload(ingest, "độc")
        before = None
        for number in range(3):
            await until_counts(ingest, batch["batch_id"], dead_lettered=1)
            with anyio.fail_after(20):
                while (found := await letters(ingest))["total"] != 1 or len(reader.read) != number + 1:
                    await anyio.sleep(0.02)
            (letter,) = found["letters"]
            assert letter["retry_of"] == before
            before = letter["letter"]
            await act(ingest, "retry", letters=[before])
            with anyio.fail_after(20):
                while len(reader.read) < number + 2:
                    await anyio.sleep(0.02)
        ended = await until_counts(ingest, batch["batch_id"], dead_lettered=1)
        with anyio.fail_after(20):
            while len(stages(ended["files"][0])) < 8:
                ended = await ingest.batch(batch["batch_id"])
    assert stages(ended["files"][0]) == ["received", *["dead_lettered", "retried"] * 3, "dead_lettered"]


async def test_a_discarded_letter_stays_the_end_and_its_receipt_says_so(ingest: Ingest) -> None:
    reader = Reader({"độc": "broken"})
    async with reading(ingest, reader):
        batch = await upload(ingest, "độc")
        await until_counts(ingest, batch["batch_id"], dead_lettered=1)
        (letter,) = (await letters(ingest))["letters"]
        answer = await ingest.http.post(f"/v1/dead-letters/{letter['letter']}/discard")
        assert answer.json() == {"action": "discard", "decided": 1, "unchanged": 0}
        with anyio.fail_after(20):
            while "discarded" not in stages(file := (await ingest.batch(batch["batch_id"]))["files"][0]):
                await anyio.sleep(0.02)
        assert (file["status"], file["reason"]["code"]) == ("dead_lettered", "broken")
        assert file["reason"]["detail"].endswith("(An operator has discarded it.)")
        assert await act(ingest, "discard", letters=[letter["letter"]]) == {
            "action": "discard",
            "decided": 0,
            "unchanged": 1,
        }
        reader.deadly.clear()
        await act(ingest, "retry", letters=[letter["letter"]])  # somebody thinks better of it
        await until_counts(ingest, batch["batch_id"], indexed=1)
        answer = await ingest.http.post(f"/v1/dead-letters/{letter['letter']}/discard")
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:bantin:problem:already_retried")


async def test_a_group_is_retried_by_its_reason_and_the_others_stay(ingest: Ingest) -> None:
    reader = Reader({"độc": "broken", "lạ": "strange"})
    async with reading(ingest, reader):
        batch = await upload(ingest, *(f"độc {n}" for n in range(7)), *(f"lạ {n}" for n in range(3)), "lành")
        await until_counts(ingest, batch["batch_id"], dead_lettered=10, indexed=1)
        found = await letters(ingest, reason="strange", size=2)
        assert (found["total"], len(found["letters"])) == (3, 2)
        assert [(count["reason"], count["count"]) for count in found["counts"]] == [("broken", 7), ("strange", 3)]
        reader.deadly.pop("độc")
        assert (await act(ingest, "retry", reason="broken", stage="extract"))["decided"] == 7
        await until_counts(ingest, batch["batch_id"], dead_lettered=3, indexed=8)
        assert (await act(ingest, "retry", reason="broken"))["decided"] == 0
        assert (await act(ingest, "discard", all=True))["decided"] == 3
        assert (await letters(ingest, state="discarded"))["total"] == 3


async def test_pages_neither_skip_nor_repeat(ingest: Ingest) -> None:
    async with reading(ingest, Reader({"độc": "broken"})):
        batch = await upload(ingest, *(f"độc {n}" for n in range(11)))
        await until_counts(ingest, batch["batch_id"], dead_lettered=11)
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = await letters(ingest, size=4, **cursor)
            seen += [letter["file_name"] for letter in page["letters"]]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
    assert sorted(seen) == sorted(f"độc {n}.txt" for n in range(11))


async def test_a_stream_of_a_batch_goes_on_after_a_retry(ingest: Ingest) -> None:
    reader = Reader({"độc": "broken"})
    batch = await upload(ingest, "độc", "sau")
    seen: list[tuple[int, int]] = []

    async def watch() -> None:
        answer = await ingest.http.get(f"/v1/batches/{batch['batch_id']}/events")
        lines = [line.removeprefix("data:") for line in answer.text.splitlines() if line.startswith("data:")]
        counts = [json.loads(line)["counts"] for line in lines]
        seen.extend((count["dead_lettered"], count["indexed"]) for count in counts)

    async with reading(ingest, reader):
        await until_counts(ingest, batch["batch_id"], dead_lettered=1, indexed=1)
    # While nobody reads, a retried file is on its way: a stream opened now has something to wait for.
    reader.deadly.clear()
    await act(ingest, "retry", all=True)
    await until_counts(ingest, batch["batch_id"], accepted=1, indexed=1)
    with anyio.fail_after(20):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch)
            await anyio.sleep(0.2)
            async with reading(ingest, reader):
                await until_counts(ingest, batch["batch_id"], indexed=2)
    assert seen == [(0, 1), (0, 2)]


async def test_any_instance_answers_for_any_letter_and_carries_out_any_decision(start: Start) -> None:
    reader = Reader({"độc": "broken"})
    async with start() as one, start(data=one.settings.data / "two") as two, reading(one, reader):
        batch = await upload(one, "độc 1", "độc 2")
        await until_counts(two, batch["batch_id"], dead_lettered=2)
        assert await letters(one) == await letters(two)
        first, second = [letter["letter"] for letter in (await letters(two))["letters"]]
        await act(two, "discard", letters=[second])
        assert (await letters(one))["total"] == 1
        reader.deadly.clear()
        await act(one, "retry", letters=[first])
        for instance in (one, two):
            await until_counts(instance, batch["batch_id"], dead_lettered=1, indexed=1)


async def test_the_same_decision_of_two_operators_publishes_a_record_once(ingest: Ingest) -> None:
    reader = Reader({"độc": "broken"})
    async with reading(ingest, reader):
        batch = await upload(ingest, "độc")
        await until_counts(ingest, batch["batch_id"], dead_lettered=1)
        (letter,) = (await letters(ingest))["letters"]
        decision = DeadLetterAction.model_validate(
            {
                **{name: letter[name] for name in ("letter", "receipt_id", "batch_id", "article_id")},
                **{"action": "retry", "by": "somebody", "at": "2026-03-01T01:00:00Z"},
            }
        )
        await publish_events(ingest.log, [(decision, Context())] * 3, source="/test")
        with anyio.fail_after(20):
            while sum((await ingest.log.lag("deadletters", [ACTIONS.name])).values()):
                await anyio.sleep(0.02)
    assert len(await ingest.records(RAW)) == 2


async def test_a_foreign_record_and_one_without_a_file_are_letters_too(ingest: Ingest) -> None:
    foreign = Message(RAW_DEAD.name, None, b"\x00\xff" * 300, (("x", b"\x1b[31m\xfe"), ("y", None)))
    await ingest.log.publish([foreign, Message(RAW.name, b"k", None, (("ce_type", b"\xff"),))])
    reader = Reader()
    async with reading(ingest, reader):
        with anyio.fail_after(20):
            while (found := await letters(ingest))["total"] != 3:
                await anyio.sleep(0.02)
        by_place = {(letter["stage"], letter["reason"]["code"]): letter for letter in found["letters"]}
        assert by_place.keys() == {
            ("extract", "not_a_dead_letter"),
            ("extract", "undecodable_record"),
            ("receipts", "undecodable_record"),  # the foreign one again: no receipt can be told of it
        }
        strange, undecodable = (by_place["extract", code] for code in ("not_a_dead_letter", "undecodable_record"))
        assert (strange["receipt_id"], strange["size"], undecodable["size"]) == (None, 600, 0)
        assert "UndecodableRecordError" in undecodable["exception"]
        detail = (await ingest.http.get(f"/v1/dead-letters/{strange['letter']}")).json()
        assert (detail["preview"]["kind"], detail["preview"]["truncated"]) == ("binary", True)
        assert detail["headers"] == [{"name": "x", "value": "\\x1b[31m\\xfe"}, {"name": "y", "value": None}]
        names = {letter["letter"] for letter in (strange, undecodable)}
        assert (await act(ingest, "retry", letters=sorted(names)))["decided"] == 2
        with anyio.fail_after(20):  # neither has become any better
            while {letter["retry_of"] for letter in (await letters(ingest, stage="extract"))["letters"]} != names:
                await anyio.sleep(0.02)
    again = (await ingest.records(RAW))[1:]
    assert sorted((record.key, record.value) for record in again if record.value) == [(None, foreign.value)]


async def test_a_letter_of_the_receipts_group_is_a_letter_again_where_it_was(ingest: Ingest) -> None:
    raw = encode(received("r", "b"), source="/test")
    record = Record(raw.topic, 0, 41, 0, raw.key, raw.value, raw.headers)
    death = dead_letter(record, "extract", Failure(Reason(code="broken", detail="why"), "extract"))
    unread = Record(death.topic, 0, 0, 0, death.key, death.value, death.headers)
    failure = Failure(Reason(code="handler_failed", detail="ours"), "receipts")
    await ingest.log.publish([dead_letter(unread, "receipts", failure)])
    (letter,) = (await letters(ingest, stage="receipts"))["letters"]
    assert (letter["receipt_id"], letter["origin"]) == ("r", f"{RAW_DEAD.name}/0/0")
    assert (await act(ingest, "retry", letters=[letter["letter"]]))["decided"] == 1
    with anyio.fail_after(20):
        while not (again := (await letters(ingest))["letters"]):
            await anyio.sleep(0.02)
    assert (again[0]["letter"], again[0]["reason"]["code"]) == (f"{RAW_DEAD.name}-0-41", "broken")
    told = [decode(record, ReceiptRecorded) for record in await ingest.records(RECEIPTS)]
    assert {(receipt.stage, receipt.letter) for receipt in told} <= {("dead_lettered", f"{RAW_DEAD.name}-0-41")}


async def test_a_decision_about_an_unknown_letter_is_a_letter_itself(ingest: Ingest) -> None:
    lost = {"letter": "articles.raw.v1.extract.dlq-0-999", "receipt_id": "", "batch_id": "", "article_id": ""}
    action = DeadLetterAction.model_validate({**lost, "action": "retry", "by": "x", "at": "2026-03-01T01:00:00Z"})
    await publish_events(ingest.log, [(action, Context())], source="/test")
    with anyio.fail_after(20):
        while not (found := (await letters(ingest))["letters"]):
            await anyio.sleep(0.02)
    assert (found[0]["topic"], found[0]["reason"]["code"]) == (ACTIONS_DEAD.name, "unknown_dead_letter")
