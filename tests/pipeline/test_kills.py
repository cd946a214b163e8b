"""Whatever is killed in the middle, every file that was accepted ends exactly once."""

import time
from typing import Any

import httpx
import pytest

from tests.pipeline.following import settled
from tests.pipeline.pages import page
from tests.pipeline.processes import Platform
from tests.standalone.burying import Page, bury

FILES = 120


def push(platform: Platform, marker: str, count: int) -> str:
    files = [("file", (f"{marker}-{number}.txt", page(marker, number).encode())) for number in range(count)]
    response = httpx.post(f"{platform.ingest_url}/v1/files", files=files, timeout=60)
    assert response.status_code == 202
    return response.json()["batch_id"]


def found(platform: Platform, marker: str) -> list[str]:
    """Return the ids of all articles that hold the marker, over every page of hits."""
    ids: list[str] = []
    parameters: dict[str, Any] = {"q": marker, "size": 100, "sort": "newest", "collapse": "false"}
    while True:
        answer = httpx.get(f"{platform.api_url}/v1/search", params=parameters, timeout=30).json()
        ids += [hit["article_id"] for hit in answer["hits"]]
        if not answer["next_cursor"]:
            assert answer["total"] == len(ids)
            return ids
        parameters["cursor"] = answer["next_cursor"]


@pytest.mark.parametrize("victim", ["extract", "index", "ingest"])
def test_a_consumer_killed_in_the_middle_loses_and_doubles_nothing(platform: Platform, victim: str) -> None:
    marker = f"zz{victim}marker"
    batch_id = push(platform, marker, FILES)
    time.sleep(0.3)
    platform.processes[victim].kill()
    platform.processes[victim].start()
    batch = settled(platform, batch_id)
    assert batch["counts"] == {"accepted": 0, "indexed": FILES, "duplicate": 0, "rejected": 0, "dead_lettered": 0}
    ids = found(platform, marker)
    assert sorted(ids) == sorted({receipt["article_id"] for receipt in batch["files"]})


def test_a_consumer_that_was_down_takes_up_what_came_meanwhile(platform: Platform) -> None:
    extract = platform.processes["extract"]
    if extract is platform.processes["ingest"]:
        pytest.skip("the embedded shape has no ingest without extract")
    extract.kill()
    batch_id = push(platform, "zzdownmarker", 10)
    assert httpx.get(f"{platform.ingest_url}/v1/batches/{batch_id}").json()["done"] == 0
    extract.start()
    assert settled(platform, batch_id)["counts"]["indexed"] == 10


def test_receipts_survive_the_loss_of_the_instance_that_wrote_them(platform: Platform) -> None:
    batch_id = push(platform, "zzreceiptmarker", 3)
    before = settled(platform, batch_id)
    platform.processes["ingest"].kill()
    platform.processes["ingest"].start()
    assert httpx.get(f"{platform.ingest_url}/v1/batches/{batch_id}").json() == before


def test_a_retry_that_was_decided_before_a_kill_is_carried_out_after_it(platform: Platform) -> None:
    ingest = platform.processes["ingest"]
    pages = [Page(f"{number}.txt", page("zzburiedmarker", number)) for number in range(5)]
    batches = bury(ingest.log_url, pages, code="zzburied", first=1_000_000)
    for batch_id in batches:
        assert settled(platform, batch_id)["counts"]["dead_lettered"] == 1
    decision = {"action": "retry", "reason": "zzburied"}
    answer = httpx.post(f"{platform.ingest_url}/v1/dead-letters/actions", json=decision, timeout=60)
    assert (answer.status_code, answer.json()["decided"]) == (202, 5)
    ingest.kill()
    ingest.start()
    deadline = time.monotonic() + 90
    while [settled(platform, batch_id)["counts"]["indexed"] for batch_id in batches] != [1] * 5:
        assert time.monotonic() < deadline, ingest.output()[-3000:]
        time.sleep(0.1)
    assert len(found(platform, "zzburiedmarker")) == 5


def test_a_polite_end_is_quick_and_keeps_everything(platform: Platform) -> None:
    batch_id = push(platform, "zzpolitemarker", 30)
    for process in platform.consumers():
        started = time.monotonic()
        assert process.stop() == 0, process.output()[-2000:]
        assert time.monotonic() - started < 10
        process.start()
    assert settled(platform, batch_id)["counts"]["indexed"] == 30
