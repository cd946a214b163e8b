"""The command line's client waits while the platform has too much before it, and says in the end that it has."""

from pathlib import Path

import anyio
import httpx
import pytest

from bantin_standalone import client
from bantin_standalone.client import BusyError, Client, ClientError

BATCH = {"batch_id": "b", "files": []}


def answering(*answers: httpx.Response) -> httpx.AsyncClient:
    waiting = list(answers)
    return httpx.AsyncClient(base_url="http://bantin", transport=httpx.MockTransport(lambda _: waiting.pop(0)))


def busy(seconds: str | None) -> httpx.Response:
    headers = {"Retry-After": seconds} if seconds else {}
    return httpx.Response(429, json={"detail": "Too much is waiting."}, headers=headers)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds: list[float] = []

    async def sleep(length: float) -> None:
        seconds.append(length)

    monkeypatch.setattr(anyio, "sleep", sleep)
    return seconds


async def test_a_push_waits_as_long_as_it_is_asked_to_and_sends_the_files_again(
    tmp_path: Path, slept: list[float]
) -> None:
    (tmp_path / "a.txt").write_text("Tin")
    async with answering(busy("3"), busy("4"), httpx.Response(202, json=BATCH)) as http:
        assert await Client(http).push([("a.txt", tmp_path / "a.txt")]) == BATCH
    assert slept == [3, 4]


async def test_patience_ends(monkeypatch: pytest.MonkeyPatch, slept: list[float]) -> None:
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 1)
    async with answering(busy("3")) as http:
        with pytest.raises(BusyError, match="Too much is waiting"):
            await Client(http).push([])
    assert slept == []


async def test_an_answer_that_names_no_time_is_an_error_at_once(slept: list[float]) -> None:
    async with answering(busy(None)) as http:
        with pytest.raises(ClientError, match="429"):
            await Client(http).push([])
    assert slept == []
