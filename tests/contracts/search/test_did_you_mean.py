"""A better spelling is offered where articles speak for it, and finds what it promises: the same on every engine."""

from typing import Any

import pytest

from bantin.events import Document, Person
from bantin.search.did_you_mean import better_spelling
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from tests.contracts.search.corpus import fill, stored


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    articles = [stored(f"b{n}", f"Tin {n}", "Bạc Liêu thi đua dân vận khéo, xây dựng nông thôn mới.") for n in range(5)]
    articles += [
        stored(
            f"p{n}",
            f"Tin {n}",
            "Ông Phan Trương Từng, Chủ tịch HĐND tỉnh, họp hội nghị tổng kết tại tòa án; trưởng thành từng ngày.",
            people=(Person(name="Phan Trương Từng"),),
            documents=(Document(kind="Đề án", number="06-ĐA/TU", date=None),),
        )
        for n in range(3)
    ]
    articles += [stored("t", "Kỹ thuật mới", "Bà con áp dụng kỹ thuật trồng hoa hòe. Facebook đưa tin.")]
    await fill(engine, articles)
    return engine


async def better(engine: SearchEngine, text: str, **more: Any) -> str | None:
    query = Query(text=text, **more)
    return await better_spelling(engine, query, (await engine.search(query)).total)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bac lieu dan van kheo", "bạc liêu dân vận khéo"),
        ("Bac Lieu", "Bạc Liêu"),
        ("bạc lieu", "bạc liêu"),
        ("bạc liệu", "bạc liêu"),
        ("ky thuat", "kỹ thuật"),
        ("hoa hoe", "hoa hòe"),
        ('bac lieu "thi đua" -facebook', 'bạc liêu "thi đua" -facebook'),
    ],
)
async def test_accents_are_restored_as_the_articles_write_them(filled: SearchEngine, typed: str, meant: str):
    assert await better(filled, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dan vna kheo", "dân vận khéo"),
        ("nôngg thôn mới", "nông thôn mới"),
        ("nôg thôn", "nông thôn"),
        ("xây dưnk", "xây dựng"),
        ("facebok", "facebook"),
        ("hội nghi tổng kêt", "hội nghị tổng kết"),
        ("hoi nghi tong ket toa an", "hội nghị tổng kết tòa án"),
        ("xâi dựng nông thôn", "xây dựng nông thôn"),
        ("HDND tinh hop hoi nghi", "HDND tỉnh họp hội nghị"),
    ],
)
async def test_a_typing_error_is_put_right(filled: SearchEngine, typed: str, meant: str):
    assert await better(filled, typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "bạc liêu",
        "dân vận khéo",
        "dân",
        "dan",
        "facebook",
        '"bac lieu"',
        "-bac",
        "zzzz",
        "qwrtzp xkcdf",
        "04-NQ/TU",
    ],
)
async def test_words_that_are_fine_or_beyond_help_are_left(filled: SearchEngine, text: str):
    assert await better(filled, text) is None


async def test_nothing_is_offered_that_finds_nothing(filled: SearchEngine):
    assert await better(filled, "bac lieu", filters={"province": ("Cà Mau",)}) is None
    assert await better(filled, "facebok", filters={"province": ("Cà Mau",)}) is None
    assert await better(filled, "bac lieu nhan phimx") is None


async def test_a_long_query_and_a_later_page_are_left(filled: SearchEngine):
    assert await better(filled, "bac lieu " * 10) is None


async def test_names_are_spelled_as_they_are(filled: SearchEngine):
    assert await better(filled, "phan truong tung") == "phan trương từng"
    assert await better(filled, "de an 06-da/tu") == "đề án 06-đa/tu"


async def test_accents_that_were_typed_rightly_are_left_where_little_speaks_against_them(filled: SearchEngine):
    for text in ("hội nghị tổng kẹt", "trưởng thành tùng", "đề án 06-ĐA/TU", "kết luận 62-KL/TW", "gcn xây dựng"):
        assert await better(filled, text) is None, text


async def test_the_name_of_a_place_becomes_no_other_words(engine: SearchEngine):
    articles = [stored(f"m{n}", f"Tin {n}", "Bà con ca mặt tươi cười.") for n in range(5)]
    await fill(engine, [*articles, stored("c", "Tin", "Tỉnh Cà Mau.")])
    assert await better(engine, "ca mau") != "ca mặt"
