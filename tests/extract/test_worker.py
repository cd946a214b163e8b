"""Pages are read in other processes: outcomes keep their order, and what hurts a process is refused alone."""

import os
import time
from collections.abc import Sequence
from typing import NoReturn

import pytest
from opentelemetry.context import Context

from bantin.events import ArticleEnriched, ArticleReceived, ArticleRejected
from bantin.handler import Delivery, Emit, Refuse, Retry
from bantin_extract import worker
from bantin_extract.worker import ExtractWorkers, grouped
from tests.extract.received import received

STORY = (
    "Lễ hội mùa xuân trên bản\n"
    + "Sáng nay, bà con trong bản cùng nhau mở hội, múa hát và thi kéo co, không khí rất vui. " * 4
)


def deliveries(*contents: str) -> list[Delivery[ArticleReceived]]:
    return [Delivery(received(content), Context()) for content in contents]


async def test_one_outcome_each_in_order() -> None:
    outcomes = await ExtractWorkers(2, 60)(deliveries(STORY, "", STORY))
    events = [outcome.events[0] for outcome in outcomes if isinstance(outcome, Emit)]
    assert [type(event) for event in events] == [ArticleEnriched, ArticleRejected, ArticleEnriched]


def crash_on_poison(events: Sequence[ArticleReceived]) -> tuple[ArticleReceived, ...]:
    """Stand for a parser that takes its process down."""
    if any(event.content == b"poison" for event in events):
        os._exit(9)
    return tuple(events)


def sleep_for_ever(_: Sequence[ArticleReceived]) -> NoReturn:
    """Stand for a page that never ends."""
    while True:
        time.sleep(1)


async def test_a_page_that_crashes_again_and_again_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "extract_all", crash_on_poison)
    read = ExtractWorkers(1, 60)
    good, bad, other = await read(deliveries(STORY, "poison", STORY))
    assert isinstance(good, Emit)
    assert isinstance(other, Emit)
    assert isinstance(bad, Retry), "the first crash may be the machine's fault"
    again = [(await read(deliveries("poison")))[0] for _ in range(2)]
    assert isinstance(again[0], Retry)
    assert isinstance(again[1], Refuse)
    assert again[1].reason.code == "extract_crashed"


async def test_a_page_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "extract_all", sleep_for_ever)
    (outcome,) = await ExtractWorkers(1, 0.2)(deliveries(STORY))
    assert isinstance(outcome, Refuse)
    assert outcome.reason.code == "extract_timeout"


def test_grouping_keeps_every_page_once() -> None:
    events = [received("x" * size) for size in (10, 300_000, 10, 10, 200_000, 100_000)]
    groups = grouped(events)
    assert [event for _, group in groups for event in group] == events
    assert [first for first, _ in groups] == [0, 1, 2, 5]
