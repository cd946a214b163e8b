"""Autocomplete: values that the typed words begin, in an order of rules, the same on every engine."""

import anyio
import pytest

from bantin.events import Document, Person
from bantin.search.port import SearchEngine
from bantin.search.suggestions import Suggestion
from tests.contracts.search.corpus import fill, stored


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    binh, ban = Person(name="Nguyễn Văn Bình"), Person(name="Nguyễn Thị Bán")
    await fill(
        engine,
        [
            stored("a", "Bắc Kạn <b>vào</b> mùa", people=(binh, ban), province="Bắc Kạn", province_today="Thái Nguyên"),
            stored("b", "Hội nghị", people=(binh,), province="Bắc Kạn", districts=("Ba Bể",)),
            stored("c", "Hội nghị", organisations=("Tỉnh ủy Bạc Liêu",), province="Bạc Liêu"),
            stored("d", "Hội nghị", documents=(Document(kind="Nghị quyết", number="04-NQ/TU"),), province="Bạc Liêu"),
            stored("e", "Bậc thang", province="Bạc Liêu"),
        ],
    )
    return engine


async def texts(engine: SearchEngine, text: str, size: int = 10) -> list[str]:
    return [f"{one.kind}: {one.text}" for one in await engine.suggest(text, size)]


async def test_a_suggestion_says_what_it_is_how_frequent_and_why(filled: SearchEngine):
    assert list(await filled.suggest("nguyen b", 1)) == [
        Suggestion(
            kind="person", text="Nguyễn Văn Bình", count=2, highlight="<mark>Nguyễn</mark> Văn <mark>B</mark>ình"
        )
    ]
    (title,) = await filled.suggest("vao mu", 5)
    assert title.highlight == "Bắc Kạn &lt;b&gt;<mark>vào</mark>&lt;/b&gt; <mark>mù</mark>a"


async def test_the_more_frequent_come_first_then_kinds_then_texts(filled: SearchEngine):
    assert await texts(filled, "ba") == [
        "place: Bạc Liêu",
        "place: Bắc Kạn",
        "place: Bắc Kạn > Ba Bể",
        "person: Nguyễn Thị Bán",
        "organisation: Tỉnh ủy Bạc Liêu",
        "title: Bậc thang",
        "title: Bắc Kạn <b>vào</b> mùa",
    ]
    assert await texts(filled, "hoi") == ["title: Hội nghị"]
    assert (await filled.suggest("hoi", 1))[0].count == 3


async def test_accents_as_typed_come_first_and_others_follow(filled: SearchEngine):
    assert (await texts(filled, "bắ"))[:3] == [
        "place: Bắc Kạn",
        "place: Bắc Kạn > Ba Bể",
        "title: Bắc Kạn <b>vào</b> mùa",
    ]
    assert "title: Bậc thang" in await texts(filled, "bắ")
    assert await texts(filled, "bậc", 1) == ["title: Bậc thang"]


async def test_words_stand_in_order_anywhere_and_only_the_last_is_a_beginning(filled: SearchEngine):
    assert await texts(filled, "binh nguyen") == []
    assert await texts(filled, "ng binh") == []
    assert await texts(filled, "van binh") == ["person: Nguyễn Văn Bình"]
    assert await texts(filled, "04-nq") == ["document: Nghị quyết 04-NQ/TU"]
    assert await texts(filled, "thai") == ["place: Thái Nguyên"]


async def test_what_is_typed_stands_for_other_words(filled: SearchEngine):
    named = stored("g", "Tin khác", organisations=("Mặt trận Tổ quốc huyện Đắk R'lấp",), districts=("Đắk R'lấp",))
    await fill(filled, [named])
    assert await texts(filled, "nq 04") == await texts(filled, "nghị quyết số 4") == ["document: Nghị quyết 04-NQ/TU"]
    assert await texts(filled, "mttq") == ["organisation: Mặt trận Tổ quốc huyện Đắk R'lấp"]
    assert await texts(filled, "tỉnh bắc k", 1) == ["place: Bắc Kạn"]
    assert await texts(filled, "huyen dak rl") == [
        "place: Đắk R'lấp",
        "organisation: Mặt trận Tổ quốc huyện Đắk R'lấp",
    ]


async def test_keys_of_a_keyboard_that_was_off_are_read(filled: SearchEngine):
    assert await texts(filled, "hooij nghij") == ["title: Hội nghị"]


@pytest.mark.parametrize("text", ["", "  ", "\n", "?", "zzz", "\x00", "a" * 2000, "đ" * 50 + " b"])
async def test_nothing_typed_and_nothing_found_suggest_nothing(filled: SearchEngine, text: str):
    assert await texts(filled, text) == []


async def test_so_many_as_asked_for_come(filled: SearchEngine):
    assert len(await texts(filled, "b", 3)) == 3


async def test_an_empty_index_suggests_nothing_and_what_is_written_or_deleted_is_followed(engine: SearchEngine):
    assert await texts(engine, "tin") == []
    await fill(engine, [stored("a", "Tin mới")])
    await _until(engine, "tin", ["title: Tin mới"])
    await engine.delete(["a"])
    await _until(engine, "tin", [])


async def _until(engine: SearchEngine, text: str, wanted: list[str]) -> None:
    with anyio.fail_after(30):
        while await texts(engine, text) != wanted:
            await anyio.sleep(0.02)
