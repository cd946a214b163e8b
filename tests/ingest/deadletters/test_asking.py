"""Who may decide what: problems for what can't be, keys of operators only, a line in the audit log a decision."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from bantin.access.command import add_key
from bantin.access.front import front_for
from bantin.access.keyring import Keyring
from bantin.access.settings import AccessSettings
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import Message
from bantin.http import create_app
from bantin.topics import ACTIONS, ALL_TOPICS, RAW_DEAD
from bantin_ingest.app import build_all
from bantin_ingest.deadletters import app
from bantin_ingest.settings import IngestSettings
from tests.ingest.conftest import Ingest, Start
from tests.ingest.deadletters.reader import Reader, act, reading, until_counts, upload


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ({"action": "retry"}, 422, "invalid_request"),
        ({"action": "retry", "all": True, "reason": "x"}, 422, "invalid_request"),
        ({"action": "bury", "all": True}, 422, "invalid_request"),
        ({"action": "retry", "all": True, "extra": 1}, 422, "invalid_request"),
        ({"action": "discard", "reason": ""}, 422, "invalid_request"),
        ({"action": "discard", "stage": ""}, 422, "invalid_request"),
        ({"action": "discard", "letters": []}, 422, "invalid_request"),
        ({"action": "discard", "letters": [""]}, 422, "invalid_request"),
        ({"action": "discard", "letters": [], "all": True}, 422, "invalid_request"),
        ({"action": "retry", "letters": ["nothing-0-1"]}, 404, "unknown_dead_letter"),
    ],
)
async def test_a_decision_that_can_not_be_is_a_problem(ingest: Ingest, what: Any, status: int, code: str) -> None:
    answer = await ingest.http.post("/v1/dead-letters/actions", json=what)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:bantin:problem:{code}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert not await ingest.records(ACTIONS)


@pytest.mark.parametrize("query", ["state=lost", "size=0", "size=101", "cursor=x", "cursor=WzEsMl0", "cursor=%00"])
async def test_a_list_that_can_not_be_is_a_problem(ingest: Ingest, query: str) -> None:
    answer = await ingest.http.get(f"/v1/dead-letters?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_an_unknown_letter_is_a_404_and_another_sites_page_decides_nothing(ingest: Ingest) -> None:
    assert (await ingest.http.get("/v1/dead-letters/articles.raw.v1.extract.dlq-0-9")).status_code == 404
    forged = await ingest.http.post("/v1/dead-letters/x/retry", headers={"Sec-Fetch-Site": "cross-site"})
    assert (forged.status_code, forged.json()["type"]) == (403, "urn:bantin:problem:cross_site")


async def test_a_name_that_no_letter_can_have_is_a_404(ingest: Ingest) -> None:
    for action in ("retry", "discard"):
        answer = await ingest.http.post(f"/v1/dead-letters/{'x' * 501}/{action}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:bantin:problem:unknown_dead_letter")


async def test_every_decision_is_in_the_audit_log(ingest: Ingest) -> None:
    async with reading(ingest, Reader({"độc": "broken"})):
        batch = await upload(ingest, "độc 1", "độc 2")
        await until_counts(ingest, batch["batch_id"], dead_lettered=2)
    await act(ingest, "discard", reason="broken")
    lines = [json.loads(line) for line in (ingest.settings.data / "audit.log").read_text().splitlines()]
    told = [(line["act"], line["actor"], line["target"], line["outcome"], line.get("decided")) for line in lines]
    assert told == [
        ("dlq.discard", "local", "reason=broken", "began", None),
        ("dlq.discard", "local", "reason=broken", "done", 2),
    ]


async def test_what_can_not_be_kept_in_the_audit_log_is_not_decided(ingest: Ingest) -> None:
    await ingest.log.publish([Message(RAW_DEAD.name, None, b"x")])
    (ingest.settings.data / "audit.log").mkdir()
    answer = await ingest.http.post("/v1/dead-letters/actions", json={"action": "retry", "all": True})
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:bantin:problem:audit_unavailable")
    assert not await ingest.records(ACTIONS)


async def test_metrics_count_what_nobody_has_decided_about(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "COUNT_SECONDS", 0.02)

    async def shown(ingest: Ingest) -> bool:
        metrics = (await ingest.http.get("/metrics")).text
        return 'bantin_dead_letters_open{reason="not_a_dead_letter",stage="extract"} 1.0' in metrics

    async with start() as ingest:
        await ingest.log.publish([Message(RAW_DEAD.name, None, b"x")])
        with anyio.fail_after(20):
            while not await shown(ingest):
                await anyio.sleep(0.02)
            await act(ingest, "discard", all=True)
            while await shown(ingest):
                await anyio.sleep(0.02)


async def test_only_a_key_of_operators_opens_dead_letters(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    operator, sender = (add_key(keys, name, [scope]) for name, scope in (("An", "ops"), ("Gửi", "ingest")))
    settings = IngestSettings(data=tmp_path / "data", log_url=f"sqlite:///{tmp_path / 'log.db'}")
    async with open_log(settings.log_url) as log:
        await log.create_topics(ALL_TOPICS)
        await log.publish([Message(RAW_DEAD.name, None, b"x")])
        served = create_app(build_all(settings, log), front_for(AccessSettings(), Keyring(keys)))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://localhost") as http:
            assert (await http.get("/v1/dead-letters")).status_code == 401
            refused = await http.get("/v1/dead-letters", headers={"X-API-Key": sender.presented})
            assert (refused.status_code, refused.json()["type"]) == (403, "urn:bantin:problem:scope_missing")
            http.headers["X-API-Key"] = operator.presented
            assert (await http.get("/v1/receipts/x")).status_code == 403
            assert (await http.post("/v1/dead-letters/actions", json={"action": "retry", "all": True})).json()[
                "decided"
            ]
            (letter,) = (await http.get("/v1/dead-letters?state=retried")).json()["letters"]
    assert letter["decision"]["by"] == f"{operator.stored.id} An"
    kept = (settings.data / "audit.log").read_text()
    assert operator.stored.id in kept
    assert operator.presented not in kept


@pytest.mark.parametrize("path", ["actions", "x/retry", "x/discard"])
async def test_a_body_without_an_end_is_refused_early(ingest: Ingest, path: str) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100_000_000:
            sent += 65_536
            yield b"[" * 65_536

    answer = await ingest.http.post(
        f"/v1/dead-letters/{path}", content=endless(), headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert sent < 2_000_000


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"action": "retry", "letters": ' + b"9" * 100_000 + b"}",
        b'{"action": "retry", "letters": ["\\ud800"]}',
        b'{"action": "retry", "all": true, "note": "\\udfff"}',
        b'{"action": "retry", "all": NaN}',
        b'{"action": "retry", "letters": [' + b'"a",' * 1_001 + b'"a"]}',
        b"\xff\xfe",
    ],
    ids=["deep", "deep objects", "large number", "half a character", "half a note", "no number", "too many", "no text"],
)
async def test_bodies_made_to_hurt_are_refused(ingest: Ingest, body: bytes) -> None:
    answer = await ingest.http.post(
        "/v1/dead-letters/actions", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code in (400, 404, 413, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 2_000
    assert not await ingest.records(ACTIONS)
