"""A better spelling is offered where articles speak for it, and finds what it promises: the same on every engine."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from bantin.events import Document, Person
from bantin.search.candidates import MOST_PAIRS
from bantin.search.clauses import TextField
from bantin.search.did_you_mean import better_spelling
from bantin.search.port import SearchEngine
from bantin.search.query import Query, Results
from tests.contracts.search.corpus import fill, stored
from tests.contracts.search.test_matching import HOSTILE


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


@pytest.fixture
async def crowded(engine: SearchEngine) -> SearchEngine:
    """An index in which frequent words are one error away from right ones that are rare."""
    words = "gia đình, địa phương, sâu sắc, ủy ban, lá cờ, bộ máy, bổ nhiệm, bỏ phiếu, bò sữa, bó hoa, bố mẹ, bơ vơ, có"
    phrases = ("phó ban", "phụ nữ", "phủ sóng", "phá án", "phải và phân và phát", "bàn phím", "cổ vũ, cơ quan, cô giáo")
    articles = [stored(f"w{n}", "Tin", f"{words}; {'; '.join(phrases)}; vườn, tế lễ, nhận quà.") for n in range(9)]
    articles += [
        stored("a", "Dịch tả lợn châu Phi", "Dịch tả lợn châu Phi ở xã Vũng Liêm."),
        stored("b", "Dự án bô xít Nhân Cơ", "Khai thác bô xít tại Nhân Cơ."),
        stored("c", "UB MTTQ", "Bà Rịa - Vũng Tàu họp.", province="Bà Rịa - Vũng Tàu"),
        stored("d", "Kinh tế", "Cơ quan báo Bắc Kạn, trang tin của tỉnh."),
    ]
    await fill(engine, articles)
    return engine


@pytest.mark.parametrize(
    "text",
    [
        "bà rịa vũng tàu",
        "br-vt",
        "UB MTTQ",
        "ub mttq",
        "site:baobackan.vn bắc kạn",
        "&lt;",
        "bao@bac.vn",
        "http://bac.kan/gia",
        "bac-kan.gov.vn",
        "ho:go",
        "bà rịa - vũng tầu",
        "quan1",
    ],
)
async def test_names_abbreviations_and_addresses_have_no_typing_errors(crowded: SearchEngine, text: str):
    assert await better(crowded, text) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ba ria - vung tau", "bà rịa - vũng tàu"),
        ("dịch tả lợn châu phy", "dịch tả lợn châu phi"),
        ("dich ta lon chau phy", "dịch tả lợn châu phi"),
        ("bo xit nhan co", "bô xít nhân cơ"),
        ("kinh tees", "kinh tế"),
        ("kinhh tees", "kinh tế"),
        ("dự asn bo xit", "dự án bô xít"),
    ],
)
async def test_neighbours_speak_for_rare_words(crowded: SearchEngine, typed: str, meant: str):
    assert await better(crowded, typed) == meant


async def test_the_name_of_a_place_becomes_no_other_words(engine: SearchEngine):
    articles = [stored(f"m{n}", f"Tin {n}", "Bà con ca mặt tươi cười.") for n in range(5)]
    await fill(engine, [*articles, stored("c", "Tin", "Tỉnh Cà Mau.")])
    assert await better(engine, "ca mau") != "ca mặt"


@pytest.mark.parametrize("text", [*HOSTILE, "thua thien", "ba ria", "x:" * 900], ids=range(len(HOSTILE) + 3))
async def test_anything_can_be_typed(crowded: SearchEngine, text: str):
    assert await better(crowded, text) != text


class Counting:
    """An engine that keeps how many tokens each question about frequencies had."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self.asked: list[tuple[TextField, int]] = []

    async def frequencies(self, field: TextField, tokens: Sequence[str]) -> Sequence[int]:
        self.asked.append((field, len(tokens)))
        return await self._engine.frequencies(field, tokens)

    async def search(self, query: Query) -> Results:
        return await self._engine.search(query)


async def test_few_questions_are_asked_of_few_pairs(crowded: SearchEngine):
    for text in ("bo xit nhan co " * 3, "phy cuo bao thee nhah con lien phog gia bon vai tau", "kinh te"):
        counting = Counting(crowded)
        await better_spelling(cast("SearchEngine", counting), Query(text=text), 0)
        assert len(counting.asked) <= 5
        assert all(count <= MOST_PAIRS for field, count in counting.asked if "pairs" in field)
