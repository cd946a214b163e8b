"""Proves that a point in time is kept open while a reader pauses, for as long as there may be one."""

import asyncio

import pytest

from bantin.search.elastic import exporting
from bantin.search.elastic.exporting import Renewal
from bantin.search.port import SearchUnavailableError


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "RENEWAL_SECONDS", 0.0)


async def test_it_is_renewed_beside_a_pause_and_no_longer() -> None:
    renewed = asyncio.Semaphore(0)

    async def renew() -> None:
        renewed.release()

    async with Renewal(renew).while_open():
        for _ in range(3):
            await renewed.acquire()
    while not renewed.locked():
        await renewed.acquire()
    await asyncio.sleep(0.01)
    assert renewed.locked()


async def test_a_failure_is_left_for_the_next_batch_and_a_gone_reader_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "LONGEST_PAUSE", 3)
    tries: list[int] = []

    async def renew() -> None:
        tries.append(len(tries))
        raise SearchUnavailableError("down")

    renewal = Renewal(renew)
    async with renewal.while_open():
        await asyncio.sleep(0.05)
        assert len(tries) == 3
    renewal.asked()
    async with renewal.while_open():
        await asyncio.sleep(0.05)
        assert len(tries) == 6
