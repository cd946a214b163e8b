"""A better spelling is offered where articles speak for it, and finds what it promises: the same on every engine."""

from typing import Any

import pytest

from bantin.search.did_you_mean import better_spelling
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from tests.contracts.search.corpus import fill, stored


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    articles = [stored(f"b{n}", f"Tin {n}", "Bạc Liêu thi đua dân vận khéo, xây dựng nông thôn mới.") for n in range(5)]
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


async def test_the_name_of_a_place_becomes_no_other_words(engine: SearchEngine):
    articles = [stored(f"m{n}", f"Tin {n}", "Bà con ca mặt tươi cười.") for n in range(5)]
    await fill(engine, [*articles, stored("c", "Tin", "Tỉnh Cà Mau.")])
    assert await better(engine, "ca mau") != "ca mặt"
