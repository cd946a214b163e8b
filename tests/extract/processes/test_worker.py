"""Pages are read in other processes: outcomes keep their order, and what hurts a process is refused alone."""

import sys
from pathlib import Path

import pytest
from opentelemetry.context import Context

from bantin.events import ArticleEnriched, ArticleReceived, ArticleRejected
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin_extract.processes.worker import ExtractWorkers, grouped
from tests.extract.received import received

STORY = (
    "Lễ hội mùa xuân trên bản\n"
    + "Sáng nay, bà con trong bản cùng nhau mở hội, múa hát và thi kéo co, không khí rất vui. " * 4
)
MISBEHAVING = (sys.executable, str(Path(__file__).with_name("misbehaving_reader.py")))
MEMORY = 512


def deliveries(*contents: str) -> list[Delivery[ArticleReceived]]:
    return [Delivery(received(content), Context()) for content in contents]


async def only(workers: ExtractWorkers, content: str) -> Outcome:
    (outcome,) = await workers(deliveries(content))
    return outcome


def rejection(outcome: Outcome) -> ArticleRejected:
    assert isinstance(outcome, Emit), outcome
    (event,) = outcome.events
    assert isinstance(event, ArticleRejected)
    return event


@pytest.fixture
def misbehaving() -> ExtractWorkers:
    return ExtractWorkers(1, 60, MEMORY, MISBEHAVING)


async def test_one_outcome_each_in_order() -> None:
    outcomes = await ExtractWorkers(2, 60, MEMORY)(deliveries(STORY, "", STORY))
    events = [outcome.events[0] for outcome in outcomes if isinstance(outcome, Emit)]
    assert [type(event) for event in events] == [ArticleEnriched, ArticleRejected, ArticleEnriched]


async def test_a_page_that_crashes_again_and_again_is_refused_alone(misbehaving: ExtractWorkers) -> None:
    good, bad, other = await misbehaving(deliveries(STORY, "crash", STORY))
    assert isinstance(good, Emit)
    assert isinstance(other, Emit)
    assert isinstance(bad, Retry), "the first crash may be the machine's fault"
    again = [await only(misbehaving, "crash") for _ in range(2)]
    assert isinstance(again[0], Retry)
    assert isinstance(again[1], Refuse)
    assert again[1].reason.code == "extract_crashed"


async def test_a_page_without_end_is_refused() -> None:
    for order in ("hang", "burn"):
        outcome = await only(ExtractWorkers(1, 1, MEMORY, MISBEHAVING), order)
        assert isinstance(outcome, Refuse)
        assert outcome.reason.code == "extract_timeout"


async def test_documents_made_to_hurt_are_rejected_and_stop_no_stage(misbehaving: ExtractWorkers) -> None:
    outcomes = [await only(misbehaving, "%PDF-1.7 crash") for _ in range(3)]
    assert [type(outcome) for outcome in outcomes] == [Retry, Retry, Emit]
    assert rejection(outcomes[-1]).reason.code == "extract_crashed"
    late = await only(ExtractWorkers(1, 1, MEMORY, MISBEHAVING), "%PDF-1.7 hang")
    assert rejection(late).reason.code == "extract_timeout"


async def test_memory_is_limited_and_the_process_lives_on(misbehaving: ExtractWorkers) -> None:
    reason = rejection(await only(misbehaving, "eat")).reason
    assert reason.code == "too_large"
    assert "512 MiB" in reason.detail
    assert rejection(await only(misbehaving, "go on")).reason.code == "seen"


@pytest.mark.skipif(sys.platform != "linux", reason="reads its environment from /proc")
async def test_a_process_sees_no_secret_of_ours(misbehaving: ExtractWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BANTIN_LOG_URL", "AWS_SECRET_ACCESS_KEY", "KAFKA_PASSWORD"):
        monkeypatch.setenv(name, "hidden-value")
    seen = rejection(await only(misbehaving, "environment")).reason.detail
    assert "PATH=" in seen
    assert "hidden-value" not in seen
    assert "BANTIN" not in seen


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
async def test_a_process_writes_no_file(misbehaving: ExtractWorkers, tmp_path: Path) -> None:
    target = tmp_path / "planted"
    assert rejection(await only(misbehaving, f"write {target}")).reason.detail.startswith("refused")
    assert target.read_bytes() == b""


async def test_an_answer_for_another_page_is_not_believed(misbehaving: ExtractWorkers) -> None:
    assert isinstance(await only(misbehaving, "lie"), Retry)


def test_grouping_keeps_every_page_once() -> None:
    events = [received("x" * size) for size in (10, 300_000, 10, 10, 200_000, 100_000)]
    groups = grouped(events)
    assert [event for _, group in groups for event in group] == events
    assert [first for first, _ in groups] == [0, 1, 2, 5]
