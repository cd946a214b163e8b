"""`bantin dlq` against a platform as people run it: what died lives again once, whatever is killed in between."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bantin.envelope import encode
from bantin.events import DeadLetterAction
from bantin_standalone.client import ClientError
from bantin_standalone.dead_letters import command
from tests.pipeline.pages import page
from tests.pipeline.processes import Process
from tests.standalone.burying import Page, bury, log_of, publish

Dlq = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("platform") / "data"


@pytest.fixture(scope="module")
def platform(folder: Path) -> Iterator[Process]:
    process = Process(("bantin", "up"), {}, folder)
    process.start()
    yield process
    process.kill()


@pytest.fixture
def dlq(platform: Process, capsys: pytest.CaptureFixture[str]) -> Dlq:
    """Run the command; return its exit status and what it printed, or the sentence that it fails with."""

    def run(*words: str) -> tuple[int, str]:
        try:
            command([*words, "--at", platform.url])
        except SystemExit as end:
            return int(end.code or 0), capsys.readouterr().out
        except ClientError as error:
            return 1, str(error)
        raise AssertionError("a command ends with a status")

    return run


def ended(platform: Process, batch_id: str, *statuses: str) -> dict[str, Any]:
    """Return the batch's one file once it has one of these statuses."""
    deadline = time.monotonic() + 60
    while True:
        (file,) = httpx.get(f"{platform.url}/v1/batches/{batch_id}", timeout=30).json()["files"]
        if file["status"] in statuses:
            return file
        assert time.monotonic() < deadline, (file, platform.output()[-3000:])
        time.sleep(0.1)


def stages(file: dict[str, Any]) -> list[str]:
    return [entry["stage"] for entry in file["timeline"]]


def test_letters_are_listed_shown_retried_and_discarded(platform: Process, folder: Path, dlq: Dlq) -> None:
    (batch,) = bury(log_of(folder), [Page("một.txt", page("zzlisted", 1))])
    others = bury(log_of(folder), [Page(f"{n}.txt", page("zzother", n)) for n in range(3)], code="odd", first=2_000)
    ended(platform, batch, "dead_lettered")

    status, listed = dlq("list", "--reason", "handler_failed")
    assert (status, listed.splitlines()[0]) == (0, "4 open dead letters: 3 extract/odd, 1 extract/handler_failed")
    (row,) = [line.split() for line in listed.splitlines() if "articles.raw" in line]
    letter = row[0]
    assert (letter, row[-1]) == ("articles.raw.v1.extract.dlq-0-1000", "một.txt")
    _, shown = dlq("show", letter)
    for part in ("ValueError: no way", "ce_filename: một.txt", "Hội nghị zzlisted", "state         open"):
        assert part in shown
    assert json.loads(dlq("show", letter, "--json")[1])["attempts"] == 1

    assert dlq("retry", letter, "--note", "mended") == (0, "1 dead letter to be published again\n")
    file = ended(platform, batch, "indexed")
    assert stages(file) == ["received", "dead_lettered", "retried", "extracted", "indexed"]
    assert "decided       retry by local" in dlq("show", letter)[1]
    assert dlq("retry", letter) == (0, "0 dead letters to be published again, 1 were so before\n")

    status, refused = dlq("discard", "--all")
    assert (status, refused[:73]) == (1, "this would discard all open dead letters, 3 now; add --yes if that is wha")
    assert dlq("discard", "--reason", "odd") == (0, "3 dead letters discarded\n")
    assert ended(platform, others[0], "dead_lettered")["reason"]["code"] == "odd"
    assert dlq("discard", "--all", "--yes") == (1, "0 dead letters discarded\n")
    assert dlq("list", "--state", "discarded")[1].startswith("3 discarded dead letters: 3 extract/odd\n")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["retry"], "which letters?"),
        (["retry", "x-0-1", "--all"], "one of these"),
        (["show", "nothing-0-1"], "404: There is no dead letter 'nothing-0-1'"),
        (["discard", "nothing-0-1"], "404: There is no dead letter 'nothing-0-1'"),
    ],
)
def test_what_can_not_be_done_is_told(dlq: Dlq, words: list[str], why: str) -> None:
    status, told = dlq(*words)
    assert status == 1
    assert why in told


def test_an_older_capture_that_is_retried_does_not_beat_a_newer_one(platform: Process, folder: Path, dlq: Dlq) -> None:
    url = "https://tin.example.vn/bai-1"
    older, newer = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    (batch,) = bury(log_of(folder), [Page("cũ.txt", page("zzolder", 1), url, older)], first=4_000)
    sent = httpx.put(
        f"{platform.url}/v1/files/moi.txt",
        content=page("zznewer", 2).encode(),
        params={"source_url": url, "captured_at": newer.isoformat()},
    ).json()
    article = ended(platform, sent["batch_id"], "indexed")["article_id"]
    ended(platform, batch, "dead_lettered")
    assert dlq("retry", "--all", "--yes")[0] == 0
    file = ended(platform, batch, "indexed", "duplicate")
    assert (file["article_id"], file["status"], file["reason"]["code"]) == (article, "duplicate", "older_capture")
    assert "zznewer" in httpx.get(f"{platform.url}/v1/articles/{article}").json()["title"]


def test_a_platform_killed_while_it_carries_out_a_retry_brings_every_file_to_one_end(
    platform: Process, folder: Path, dlq: Dlq
) -> None:
    batches = bury(log_of(folder), [Page(f"{n}.txt", page("zzkilled", n)) for n in range(12)], first=5_000)
    ended(platform, batches[-1], "dead_lettered")
    assert dlq("retry", "--all", "--yes") == (0, "12 dead letters to be published again\n")
    platform.kill()
    # What was decided while nobody could carry it out is carried out, too.
    (late,) = bury(log_of(folder), [Page("late.txt", page("zzkilled", 99))], first=6_000)
    ids = {"receipt_id": "", "batch_id": "", "article_id": "", "letter": "articles.raw.v1.extract.dlq-0-6000"}
    decision = DeadLetterAction.model_validate({**ids, "action": "retry", "by": "local", "at": datetime.now(UTC)})
    publish(log_of(folder), [encode(decision, source="/bantin/ingest")])
    platform.start()
    for batch in (*batches, late):
        assert stages(ended(platform, batch, "indexed"))[-1] == "indexed"
    found = httpx.get(f"{platform.url}/v1/search", params={"q": "zzkilled", "size": 100, "collapse": "false"}).json()
    assert found["total"] == 13
    assert dlq("list")[1] == "0 open dead letters\n"
