"""What words name is found in whatever writing, and raises the articles that name it: the same on every engine."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bantin.events import Document, Person
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from tests.contracts.search.corpus import ask, fill, found, ranked, stored

CENTRAL = Document(kind="Nghị quyết", number="18-NQ/TW", date=None)
OF_PROVINCE = Document(kind="Nghị quyết", number="18-NQ/TU", date=None)


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    await fill(
        engine,
        [
            stored(
                "cites",
                "Họp bàn",
                "Các chi bộ học tập văn bản mới của cấp trên.",
                documents=(Document(kind="Nghị quyết", number="04-NQ/TU", issuer="Tỉnh ủy", date=None),),
                people=(Person(name="Nguyễn Văn Bình", roles=("Bí thư",)),),
                province="Bạc Liêu",
                province_today="Cà Mau",
                published_at=date(2021, 3, 4),
            ),
            stored(
                "decides",
                "Quyết định mới",
                "Nội dung của quyết định.",
                documents=(Document(kind="Quyết định", number="19/2025/QĐ-TTg", date=None),),
                province="Cà Mau",
                province_today="Cà Mau",
                published_at=datetime(2025, 8, 1, 3, tzinfo=UTC),
            ),
            stored(
                "words",
                "Nghị quyết 04 và quyết định 19 năm 2025",
                "Số 04, nghị quyết, nq, tu; qd 19 2025 ttg; ủy ban nhân dân.",
                province="Cà Mau",
                province_today="Cà Mau",
                published_at=date(2020, 1, 1),
            ),
            stored("short", "Giấy mời của UBND", "Mời họp.", published_at=date(2024, 7, 23)),
        ],
    )
    return engine


@pytest.mark.parametrize("text", ["04-NQ/TU", "NQ 04", "nghi quyet so 04", "04/nq-tu", "nghị quyết 04", "nq04"])
async def test_a_number_in_any_writing_puts_first_what_cites_it(filled: SearchEngine, text: str):
    assert (await ranked(filled, text))[0] == "cites"


@pytest.mark.parametrize("text", ["19/2025/QĐ-TTg", "qd 19/2025 ttg", "quyết định 19/2025"])
async def test_a_number_of_the_state_is_found_as_well(filled: SearchEngine, text: str):
    assert (await ranked(filled, text))[0] == "decides"


@pytest.mark.parametrize("text", ["nguyen van binh", "Nguyễn Văn Bình", "nguyễn van bình"])
async def test_a_person_is_found_by_name(filled: SearchEngine, text: str):
    assert (await ranked(filled, text))[0] == "cites"


async def test_todays_name_of_a_province_finds_what_was_published_under_its_old_one(filled: SearchEngine):
    assert await found(filled, "cà mau") == {"cites", "decides", "words"}


async def test_the_old_name_finds_its_own_and_what_the_new_province_published_since(filled: SearchEngine):
    assert await ranked(filled, "bạc liêu") == ["cites", "decides"]


async def test_a_day_finds_what_was_published_on_it(filled: SearchEngine):
    assert await found(filled, "ngày 23/7/2024") == {"short"}
    assert await found(filled, "tháng 7 năm 2024") == {"short"}


async def test_abbreviations_and_what_they_stand_for_find_each_other(filled: SearchEngine):
    assert await found(filled, "ubnd") == {"short", "words"}
    assert await found(filled, "ủy ban nhân dân") == {"short", "words"}


async def test_keys_of_a_keyboard_that_was_off_are_read_as_meant(filled: SearchEngine):
    assert await found(filled, "baif hocj taapj") == set()
    assert await found(filled, "hocj taapj") == {"cites"}
    assert await found(filled, "ho5c ta65p") == {"cites"}


async def test_what_was_understood_is_told(filled: SearchEngine):
    results = await ask(filled, "ông nguyễn văn bình ở bạc liêu nói về NQ 04 năm 2021")
    assert [(entity.kind, entity.label) for entity in results.understood] == [
        ("person", "Nguyễn Văn Bình"),
        ("place", "Bạc Liêu"),
        ("document", "Nghị quyết 04"),
        ("day", "2021"),
    ]


async def named(engine: SearchEngine, text: str, **query: Any) -> list[str]:
    return [entity.label for entity in (await ask(engine, text, **query)).understood]


async def test_names_are_told_as_articles_print_them_whichever_page_is_shown(engine: SearchEngine):
    binh, other = Person(name="Nguyễn Văn Bình"), Person(name="Nguyễn Văn Bính")
    quyet = tuple(Person(name=f"Trần Văn Quyết {letter}") for letter in "ABC")
    articles = [stored(f"a{n}", people=(binh, *quyet), province="Hậu Giang", districts=("Vị Thủy",)) for n in range(3)]
    await fill(engine, [*articles, stored("b", people=(other,)), stored("c", people=(binh,), districts=("Vị Thanh",))])
    for text in ("nguyen van binh", "nguyễn van bình", "ông NGUYỄN VĂN BÌNH"):
        assert await named(engine, text) == await named(engine, text, size=0) == ["Nguyễn Văn Bình"]
    assert await named(engine, "nguyen van bính", size=0) == ["Nguyễn Văn Bính"]
    first = await ask(engine, "nguyen van binh", size=1, facets=())
    assert await named(engine, "nguyen van binh", size=1, facets=(), cursor=first.next_cursor) == ["Nguyễn Văn Bình"]
    assert await named(engine, "nguyen van binh", size=1, offset=3) == ["Nguyễn Văn Bình"]
    assert await named(engine, "nguyen van binh", filters={"section": ("Không có",)}) == ["Nguyễn Văn Bình"]
    assert await named(engine, "huyen vi thuy", size=0) == ["Vị Thủy"]
    assert await named(engine, "huyen vi thuy tran van quyet a", size=0) == ["Vị Thủy", "Trần Văn Quyết A"]


async def test_nobody_is_understood_whom_no_article_names(filled: SearchEngine):
    assert not (await ask(filled, "trần văn không")).understood


async def test_entities_narrow_a_search_to_what_names_one_of_them(filled: SearchEngine):
    resolution, person = "document:nq#4##", "person:nguyen_van_binh"
    assert await found(filled, entities=(resolution,)) == await found(filled, entities=(person,)) == {"cites"}
    assert await found(filled, entities=(resolution, "document:qđ#19##")) == {"cites", "decides"}
    assert await found(filled, "quyết định", entities=(resolution,)) == set()
    assert await found(filled, entities=("document:nq#5##",)) == set()
    values = await filled.facet_values(Query(entities=(resolution,)), "document", "", 10)
    assert [value.value for value in values] == ["Nghị quyết 04-NQ/TU"]


async def test_what_cites_a_document_is_first_however_its_number_and_issuer_are_worded(engine: SearchEngine):
    cited = Document(kind="Nghị quyết", number="653/2019/UBTVQH14", issuer="Ủy ban Thường vụ Quốc hội", date=None)
    title = "Các nghị quyết của Ủy ban Thường vụ Quốc hội"
    await fill(
        engine,
        [
            stored("cites", "Sắp xếp xã", "Thực hiện sắp xếp các xã.", documents=(cited,)),
            stored("central", "Học tập", "Học tập chuyên đề.", documents=(CENTRAL,)),
            stored("province", "Học tập", "Học tập chuyên đề.", documents=(OF_PROVINCE,)),
            *(
                stored(f"words{n}", title, f"{title}: nghị quyết 653 và 18, kế hoạch {n} của Bộ Chính trị.")
                for n in range(5)
            ),
        ],
    )
    for text in ("nghị quyết 653 của ủy ban thường vụ quốc hội", "nq 653 ubtvqh", "653/2019/ubtvqh14"):
        assert (await ranked(engine, text))[0] == "cites", text
    for text in ("18-NQ/TW", "nghi quyet 18 cua bo chinh tri", "nghị quyết 18 của Trung ương", "18/nq-tư"):
        assert (await ranked(engine, text))[0] == "central", text
    assert (await ranked(engine, "nghị quyết 18 của tỉnh ủy"))[0] == "province"


async def test_who_is_addressed_is_found_without_the_address(filled: SearchEngine):
    assert "cites" in await found(filled, "ông nguyễn văn bình")
    assert "cites" in await found(filled, "đồng chí nguyen van binh")
    assert await found(filled, "ông nguyễn") == {"cites"}


async def test_a_number_of_one_digit_is_found_with_a_nought_before_it(filled: SearchEngine):
    assert await found(filled, "số 4 ttg") == {"words"}


async def test_short_names_of_places_and_districts_are_understood(engine: SearchEngine):
    await fill(engine, [stored("a", "Tin", "Ở quê.", province="Hồ Chí Minh"), stored("b", districts=("Phong Yên",))])
    for text in ("sài gòn", "tphcm", "TP.HCM", "tp hồ chí minh"):
        results = await ask(engine, text)
        assert [hit.article.article_id for hit in results.hits] == ["a"], text
        assert [entity.label for entity in results.understood] == ["Hồ Chí Minh"]
    assert [entity.kind for entity in (await ask(engine, "huyện phong yên")).understood] == ["place"]
    assert not (await ask(engine, "huyện phong phú")).understood


async def test_quarters_are_understood(filled: SearchEngine):
    assert await found(filled, "quý 3 năm 2024") == {"short"}
    assert [entity.label for entity in (await ask(filled, "quý III/2024")).understood] == ["2024-Q3"]
