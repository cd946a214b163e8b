"""The step that prepares a deployment makes topics, index and first key, waits for engines, and may run again."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bantin.access.command import add_key
from bantin.access.entrance import keyring_for
from bantin.access.keys import PRESENTED, SCOPES
from bantin.access.keys_file import change_keys, read_keys
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import LogRefusedError, LogUnavailableError
from bantin.prepare import patiently, prepare, prepare_keys
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


async def test_the_first_key_is_made_and_shown_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    settings = Settings(data=tmp_path, keys=tmp_path / "keys" / "keys.json")
    assert settings.keys is not None
    await prepare(settings)
    shown = PRESENTED.search(capsys.readouterr().out)
    assert shown
    keyring = keyring_for(settings.keys, "0.0.0.0")
    assert keyring is not None
    assert keyring.authenticate(shown[0]).scopes == SCOPES
    before = settings.keys.read_bytes()
    await prepare(settings)
    again = capsys.readouterr()
    assert not PRESENTED.search(again.out + again.err)
    assert settings.keys.read_bytes() == before


async def test_who_revoked_every_key_gets_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "keys.json"
    add_key(path, "a portal", ["search"])
    change_keys(path, lambda keys: tuple(key.model_copy(update={"revoked": key.created}) for key in keys))
    prepare_keys(path)
    assert len(read_keys(path)) == 1
    assert capsys.readouterr().out == ""


def test_a_broken_keys_file_ends_the_step_with_one_sentence(tmp_path: Path):
    (tmp_path / "keys.json").write_text("broken")
    own = {"BANTIN_DATA": str(tmp_path / "data"), "BANTIN_KEYS": str(tmp_path / "keys.json")}
    ended = subprocess.run(
        [sys.executable, "-m", "bantin.prepare"],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "keys.json is not a keys file" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr


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
