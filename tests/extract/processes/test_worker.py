"""Pages are read in other processes: outcomes keep their order, and what hurts a process is rejected alone."""

import sys
from pathlib import Path

import anyio
import pytest
from opentelemetry.context import Context

from bantin.events import ArticleEnriched, ArticleReceived, ArticleRejected
from bantin.faults import UnavailableError
from bantin.handler import Delivery, Emit, Outcome, Retry
from bantin_extract.handler import extract
from bantin_extract.processes import worker
from bantin_extract.processes.probe import known_good
from bantin_extract.processes.worker import ExtractWorkers, grouped
from tests.extract.received import received

STORY = (
    "Lễ hội mùa xuân trên bản\n"
    + "Sáng nay, bà con trong bản cùng nhau mở hội, múa hát và thi kéo co, không khí rất vui. " * 4
)
MISBEHAVING = (sys.executable, str(Path(__file__).with_name("misbehaving_reader.py")))
MEMORY = 512


def deliveries(*contents: str) -> list[Delivery[ArticleReceived]]:
    return [Delivery(received(content).model_copy(update={"receipt_id": content}), Context()) for content in contents]


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


@pytest.mark.parametrize("bad", ["crash", "%PDF-1.7 crash"])
async def test_a_page_that_crashes_again_and_again_is_rejected_alone(misbehaving: ExtractWorkers, bad: str) -> None:
    good, first, other = await misbehaving(deliveries(STORY, bad, STORY))
    assert rejection(good).reason.code == "seen"
    assert rejection(other).reason.code == "seen"
    assert isinstance(first, Retry), "the first crash may be the machine's fault"
    assert isinstance(await only(misbehaving, bad), Retry)
    assert rejection(await only(misbehaving, bad)).reason.code == "extract_crashed"


@pytest.mark.parametrize("bad", ["hang", "burn", "%PDF-1.7 hang"])
async def test_a_page_without_end_is_rejected_alone(bad: str) -> None:
    workers = ExtractWorkers(1, 1, MEMORY, MISBEHAVING)
    good, late, other = await workers(deliveries(STORY, bad, STORY))
    assert [rejection(outcome).reason.code for outcome in (good, late, other)] == ["seen", "extract_timeout", "seen"]


async def test_a_slow_page_is_read_again_beside_the_others_with_all_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "QUICK_SECONDS", 0.3)
    workers = ExtractWorkers(1, 60, MEMORY, MISBEHAVING)
    good, late, other = await workers(deliveries(STORY, "slow", STORY))
    assert [rejection(outcome).reason.code for outcome in (good, other)] == ["seen", "seen"]
    assert isinstance(late, Retry)
    assert late.why == "The page was not read within 0.3 seconds. It is read again, with 60 seconds."

    done: list[str] = []

    async def read(content: str) -> None:
        outcome = await only(workers, content)
        assert rejection(outcome).reason.code == "seen"
        done.append(content)

    async with anyio.create_task_group() as group:
        group.start_soon(read, "slow")
        await anyio.sleep(0.05)
        group.start_soon(read, "quick")
    assert done == ["quick", "slow"], "nobody waits for it"
    assert isinstance(await only(workers, "slow"), Retry), "what is settled is forgotten"


@pytest.mark.parametrize("failure", ["crash", "hang"])
async def test_no_page_is_to_blame_while_a_good_one_fails_as_well(
    monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    workers = ExtractWorkers(1, 1, MEMORY, MISBEHAVING)
    sick = received(f"sick: {failure}").model_copy(update={"receipt_id": "probe"})
    monkeypatch.setattr(worker, "known_good", lambda: sick)
    outcomes = [await only(workers, failure) for _ in range(3)]
    assert all(isinstance(outcome, Retry) for outcome in outcomes)
    assert isinstance(outcomes[-1], Retry)
    assert "known to be good" in outcomes[-1].why
    monkeypatch.setattr(worker, "known_good", lambda: received(STORY))
    assert (
        rejection(await only(workers, failure)).reason.code
        == f"extract_{'crashed' if failure == 'crash' else 'timeout'}"
    )


@pytest.mark.parametrize("command", [(sys.executable, "-c", "import nothing_that_exists"), ("/nowhere/python",)])
async def test_a_program_that_does_not_start_is_no_pages_fault(command: tuple[str, ...]) -> None:
    workers = ExtractWorkers(1, 1, MEMORY, command)
    with pytest.raises(UnavailableError, match="start"):
        await workers(deliveries(STORY, STORY))


def test_the_page_known_to_be_good_is_an_article() -> None:
    outcome = extract(known_good())
    assert isinstance(outcome, ArticleEnriched)
    assert outcome.article.people
    assert outcome.article.documents
    assert outcome.article.published_at


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


def test_pages_that_are_set_apart_are_groups_of_their_own() -> None:
    events = [received("x").model_copy(update={"receipt_id": f"r{number}"}) for number in range(5)]
    assert [(first, len(group)) for first, group in grouped(events, {"r1", "r4"})] == [(0, 1), (1, 1), (2, 2), (4, 1)]
