"""Filters, facets, dates and the histogram."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bantin.events import Document, Person
from bantin.search.moments import Interval
from bantin.search.port import SearchEngine
from bantin.search.query import HistogramBucket
from tests.contracts.search.corpus import ask, counts, fill, found, stored

VIETNAM = timezone(timedelta(hours=7))


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    await fill(
        engine,
        [
            stored(
                "a", "một", province="Bắc Kạn", province_today="Thái Nguyên", section="Thời sự", districts=("Ba Bể",)
            ),
            stored("b", "một hai", province="Bắc Kạn", province_today="Thái Nguyên", section="Kinh tế"),
            stored("c", "hai", province="Thái Nguyên", province_today="Thái Nguyên", section="Thời sự"),
            stored("d", "hai", province="Bạc Liêu", province_today="Cà Mau", section="Văn hóa, xã hội"),
            stored("e", "ba", people=(Person(name="Lê Na"), Person(name="Hà Vi")), authors=("Lê Na",)),
        ],
    )
    return engine


async def test_values_of_one_field_are_alternatives_and_fields_add_up(filled: SearchEngine):
    assert await found(filled, filters={"province": ("Bắc Kạn", "Bạc Liêu")}) == {"a", "b", "d"}
    assert await found(filled, filters={"province": ("Bắc Kạn",), "section": ("Thời sự",)}) == {"a"}
    assert await found(filled, "hai", filters={"province": ("Bắc Kạn", "Bạc Liêu")}) == {"b", "d"}
    assert await found(filled, filters={"district": ("Bắc Kạn > Ba Bể",)}) == {"a"}
    assert (
        await found(filled, filters={"person": ("Hà Vi",)})
        == await found(filled, filters={"author": ("Lê Na",)})
        == {"e"}
    )
    assert await found(filled, filters={"section": ("Văn hóa, xã hội",)}) == {"d"}
    assert await found(filled, filters={"province": ()}) == {"a", "b", "c", "d", "e"}
    for value in ("bắc kạn", "Bắc", "không có", "", '"', "Bắc Kạn OR x"):
        assert await found(filled, filters={"province": (value,)}) == set()


async def test_a_facet_ignores_its_own_filter_and_heeds_the_others(filled: SearchEngine):
    filters = {"province": ("Bạc Liêu",)}
    assert await counts(filled, "province", filters=filters) == [
        ("Bắc Kạn", 2, False),
        ("Bạc Liêu", 1, True),
        ("Thái Nguyên", 1, False),
    ]
    assert await counts(filled, "section", filters=filters) == [("Văn hóa, xã hội", 1, False)]
    assert await counts(filled, "province", "một", filters={**filters, "section": ("Thời sự",)}) == [
        ("Bắc Kạn", 1, False),
        ("Bạc Liêu", 0, True),
    ]


async def test_selected_values_are_shown_even_beyond_the_size(filled: SearchEngine):
    filters = {"province": ("Thái Nguyên", "Bạc Liêu", "Không có")}
    assert await counts(filled, "province", filters=filters, facet_size=1) == [
        ("Bắc Kạn", 2, False),
        ("Bạc Liêu", 1, True),
        ("Thái Nguyên", 1, True),
        ("Không có", 0, True),
    ]


async def test_facets_are_ordered_by_count_then_value_and_cut(filled: SearchEngine):
    assert await counts(filled, "person") == [("Hà Vi", 1, False), ("Lê Na", 1, False)]
    assert await counts(filled, "person", facet_size=1) == [("Hà Vi", 1, False)]
    assert await counts(filled, "district") == [("Bắc Kạn > Ba Bể", 1, False)]


async def test_facets_of_nothing_are_empty(filled: SearchEngine):
    results = await ask(filled, "không có gì", facets=("province", "section"))
    assert (results.total, results.hits, results.histogram) == (0, (), ())
    assert results.facets == {"province": (), "section": ()}
    assert (await ask(filled, facets=())).facets == {}


async def test_an_empty_index_answers(engine: SearchEngine):
    for text in ("", "một", '"hai ba"', "-một"):
        results = await ask(engine, text)
        assert (results.total, results.hits, results.histogram, results.next_cursor) == (0, (), (), None)
        assert all(values == () for values in results.facets.values())
        assert len(results.facets) == 8


async def test_documents_are_counted_by_kind_and_number(engine: SearchEngine):
    cited = (
        Document(kind="Nghị quyết", number="04-NQ/TU"),
        Document(kind="Nghị quyết", number="04-NQ/TU", issuer="Khác"),
    )
    await fill(engine, [stored("a", documents=cited), stored("b", documents=(Document(kind="Kế hoạch"),))])
    assert await counts(engine, "document") == [("Kế hoạch", 1, False), ("Nghị quyết 04-NQ/TU", 1, False)]
    assert await found(engine, filters={"document": ("Nghị quyết 04-NQ/TU",)}) == {"a"}


async def test_places_of_today(filled: SearchEngine):
    assert await found(filled, places="today", filters={"province": ("Thái Nguyên",)}) == {"a", "b", "c"}
    assert await counts(filled, "province", places="today", filters={"province": ("Cà Mau",)}) == [
        ("Thái Nguyên", 3, False),
        ("Cà Mau", 1, True),
    ]
    assert set((await ask(filled, places="today", facets=("province", "district"))).facets) == {"province"}


async def test_no_hits_are_asked_for_and_none_come(filled: SearchEngine):
    results = await ask(filled, "một", size=0)
    assert (results.total, results.hits, results.next_cursor) == (2, (), None)
    assert results.facets["province"]


async def test_days_begin_and_end_at_midnight_in_vietnam(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("before", published_at=datetime(2024, 7, 22, 16, 59, 59, 999999, tzinfo=UTC)),
            stored("first", published_at=datetime(2024, 7, 22, 17, tzinfo=UTC)),
            stored("plain", published_at=date(2024, 7, 23)),
            stored("last", published_at=datetime(2024, 7, 23, 23, 59, 59, 999999, tzinfo=VIETNAM)),
            stored("after", published_at=datetime(2024, 7, 24, 0, 0, tzinfo=VIETNAM)),
            stored("undated"),
        ],
    )
    day = date(2024, 7, 23)
    assert await found(engine, published_from=day, published_to=day) == {"first", "plain", "last"}
    assert await found(engine, published_from=day) == {"first", "plain", "last", "after"}
    assert await found(engine, published_to=day) == {"before", "first", "plain", "last"}
    assert await found(engine, published_from=date.max) == await found(engine, published_to=date.min) == set()
    assert await found(engine, published_from=date(2024, 7, 24), published_to=date(2024, 7, 22)) == set()


@pytest.mark.parametrize(
    ("days", "buckets"),
    [
        (["2024-07-01", "2024-07-01", "2024-08-31"], [("2024-07-01", 2), ("2024-08-31", 1)]),
        (["2024-01-31", "2024-02-01", "2024-05-09"], [("2024-01-01", 1), ("2024-02-01", 1), ("2024-05-01", 1)]),
        (
            ["2016-11-30", "2017-02-14", "2024-07-23", "2024-01-01"],
            [("2016-01-01", 1), ("2017-01-01", 1), ("2024-01-01", 2)],
        ),
        (["1969-12-31", "1970-01-01"], [("1969-12-31", 1), ("1970-01-01", 1)]),
    ],
)
async def test_the_histogram_counts_days_months_or_years(
    engine: SearchEngine, days: list[str], buckets: list[tuple[str, int]]
):
    dated = [stored(f"d{number}", published_at=date.fromisoformat(day)) for number, day in enumerate(days)]
    await fill(engine, [*dated, stored("undated")])
    expected = tuple(HistogramBucket(date=date.fromisoformat(day), count=count) for day, count in buckets)
    assert (await ask(engine)).histogram == expected


@pytest.mark.parametrize(
    ("interval", "buckets"),
    [
        ("day", [("2016-11-30", 1), ("2017-02-14", 2), ("2017-02-15", 1)]),
        ("month", [("2016-11-01", 1), ("2017-02-01", 3)]),
        ("year", [("2016-01-01", 1), ("2017-01-01", 3)]),
    ],
)
async def test_the_histogram_s_span_can_be_asked_for(
    engine: SearchEngine, interval: Interval, buckets: list[tuple[str, int]]
):
    days = ("2016-11-30", "2017-02-14", "2017-02-14", "2017-02-15")
    dated = [stored(f"d{number}", "tin", published_at=date.fromisoformat(day)) for number, day in enumerate(days)]
    await fill(engine, [*dated, stored("undated", "không ngày"), stored("far", "xa", published_at=date(1, 1, 1))])
    expected = tuple(HistogramBucket(date=date.fromisoformat(day), count=count) for day, count in buckets)
    assert (await ask(engine, "tin", histogram=interval)).histogram == expected
    assert (await ask(engine, "không ngày", histogram=interval)).histogram == ()
    assert sum(bucket.count for bucket in (await ask(engine, histogram=interval)).histogram) == 5
