"""The table of suggestions follows the index, and who types neither waits for it nor sees it fail."""

import asyncio
from collections.abc import Mapping

import pytest

from bantin.search import suggesting
from bantin.search.port import SearchUnavailableError
from bantin.search.suggesting import Suggester


class Index:
    """An index whose provinces a test writes; it can fail, or take until it is told to go on."""

    def __init__(self) -> None:
        self.provinces: dict[str, int] = {}
        self.moment = 0
        self.loads = 0
        self.fails = False
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    def write(self, province: str) -> None:
        self.provinces[province] = self.provinces.get(province, 0) + 1
        self.moment += 1

    async def state(self) -> int:
        if self.fails:
            raise SearchUnavailableError("down")
        return self.moment

    async def load(self) -> Mapping[str, Mapping[str, int]]:
        self.loads += 1
        counts = {"province": dict(self.provinces)}
        await self.goes_on.wait()
        return counts


@pytest.fixture
async def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setattr(suggesting, "REST", 0)
    monkeypatch.setattr(suggesting, "PAUSE", 0)
    monkeypatch.setattr(suggesting, "PATIENCE", 10)
    made = Index()
    made.write("Bạc Liêu")
    return made


async def texts(suggester: Suggester) -> list[str]:
    return [one.text for one in await suggester.suggest("b", 10)]


async def test_what_is_written_is_suggested_with_the_next_table(index: Index) -> None:
    suggester = Suggester(index.state, index.load)
    assert await texts(suggester) == ["Bạc Liêu"]
    index.write("Bắc Kạn")
    assert await texts(suggester) == ["Bạc Liêu", "Bắc Kạn"]


async def test_an_index_that_has_not_changed_is_not_counted_again(index: Index) -> None:
    suggester = Suggester(index.state, index.load)
    for _ in range(3):
        await texts(suggester)
    assert index.loads == 1


async def test_a_table_rests_before_the_next_is_made(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "REST", 1e9)
    suggester = Suggester(index.state, index.load)
    await texts(suggester)
    index.write("Bắc Kạn")
    assert await texts(suggester) == ["Bạc Liêu"]


async def test_all_who_ask_first_wait_for_one_table(index: Index) -> None:
    suggester = Suggester(index.state, index.load)
    assert await asyncio.gather(*(texts(suggester) for _ in range(5))) == [["Bạc Liêu"]] * 5
    assert index.loads == 1


async def test_while_a_table_is_made_the_one_at_hand_answers(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    suggester = Suggester(index.state, index.load)
    await texts(suggester)
    monkeypatch.setattr(suggesting, "PATIENCE", 0)
    monkeypatch.setattr(suggesting, "QUICK", 0)
    index.goes_on.clear()
    index.write("Bắc Kạn")
    assert await texts(suggester) == ["Bạc Liêu"]
    index.goes_on.set()
    await suggester.close()


async def test_a_first_table_that_fails_is_an_error_and_tried_again(index: Index) -> None:
    suggester = Suggester(index.state, index.load)
    index.fails = True
    with pytest.raises(SearchUnavailableError):
        await texts(suggester)
    index.fails = False
    assert await texts(suggester) == ["Bạc Liêu"]


async def test_a_renewal_that_fails_is_no_error_to_who_types(index: Index) -> None:
    suggester = Suggester(index.state, index.load)
    await texts(suggester)
    index.write("Bắc Kạn")
    index.fails = True
    assert await texts(suggester) == ["Bạc Liêu"]
    index.fails = False
    assert await texts(suggester) == ["Bạc Liêu", "Bắc Kạn"]


async def test_closing_breaks_off_a_table_that_is_being_made(index: Index) -> None:
    index.goes_on.clear()
    suggester = Suggester(index.state, index.load)
    waiting = asyncio.create_task(texts(suggester))
    while not index.loads:
        await asyncio.sleep(0)
    await suggester.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_table_that_is_made_quickly_is_waited_for(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "PATIENCE", 0)
    monkeypatch.setattr(suggesting, "QUICK", 10)
    suggester = Suggester(index.state, index.load)
    await texts(suggester)
    index.write("Bắc Kạn")
    assert await texts(suggester) == ["Bạc Liêu", "Bắc Kạn"]
