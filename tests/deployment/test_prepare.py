"""The step that prepares a deployment creates every topic and the index, waits for engines, and may run again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import LogRefusedError, LogUnavailableError
from bantin.prepare import patiently, prepare
from bantin.search.connect import open_engine
from bantin.search.query import Query
from bantin.settings import Settings
from bantin.topics import ALL_TOPICS


async def everything_is_there(settings: Settings) -> None:
    """Fail unless every topic has its partitions and the index answers a search."""
    async with open_log(settings.log_url) as log:
        for topic in ALL_TOPICS:
            partitions = 1 if log.system == "sqlite" else topic.partitions
            assert set(await log.end_offsets(topic.name)) == set(range(partitions)), topic.name
    async with open_engine(settings.search_url) as engine:
        await engine.ready()
        assert (await engine.search(Query())).total == 0


async def test_embedded_engines_are_prepared_and_may_be_prepared_again(tmp_path: Path):
    settings = Settings(data=tmp_path)
    await prepare(settings)
    await prepare(settings)
    await everything_is_there(settings)


@pytest.mark.kafka
@pytest.mark.elasticsearch
@pytest.mark.timeout(600)
async def test_real_engines_are_prepared_and_may_be_prepared_again(kafka_url: str, elasticsearch_url: str):
    settings = Settings(log_url=kafka_url, search_url=f"{elasticsearch_url}/prepared")
    await prepare(settings)
    await prepare(settings)
    await everything_is_there(settings)


class Step:
    """A step that fails with each of `errors` in turn, then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    async def __call__(self, url: str) -> None:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)


@pytest.fixture(autouse=True)
async def no_pause(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr("bantin.prepare.PAUSE_SECONDS", 0)
    yield


async def test_an_engine_that_is_not_there_yet_is_waited_for():
    step = Step(LogUnavailableError("starting"), LogUnavailableError("starting"))
    await patiently(step, "kafka://log")
    assert step.calls == 3


async def test_patience_ends():
    step = Step(LogUnavailableError("gone"))
    with pytest.raises(LogUnavailableError, match="gone"):
        await patiently(step, "kafka://log", seconds=0)


async def test_a_refusal_is_not_waited_for():
    step = Step(LogRefusedError("no rights"))
    with pytest.raises(LogRefusedError):
        await patiently(step, "kafka://log")
    assert step.calls == 1
