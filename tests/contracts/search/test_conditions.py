"""Conditions: of any shape, and they narrow the counts of every facet."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bantin.events import Person
from bantin.search.conditions import Holds, PublishedWithin
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from tests.contracts.search.corpus import ask, counts, fill, found, stored

VIETNAM = timezone(timedelta(hours=7))
AN, BA = Holds(field="person", value="Lê An"), Holds(field="person", value="Vũ Ba")
NEWS = Holds(field="section", value="Thời sự")


def without(condition: Holds) -> Holds:
    return condition.model_copy(update={"negated": True})


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    an, ba = Person(name="Lê An"), Person(name="Vũ Ba")
    await fill(
        engine,
        [
            stored("a", "một", people=(an,), section="Thời sự", published_at=datetime(2020, 5, 1, 8, tzinfo=VIETNAM)),
            stored("b", "một", people=(an, ba), section="Kinh tế", published_at=date(2020, 5, 2)),
            stored("c", "hai", people=(ba,), section="Thời sự", published_at=datetime(2021, 5, 1, 8, tzinfo=VIETNAM)),
            stored("d", "hai", section="Kinh tế"),
        ],
    )
    return engine


async def test_groups_add_up_and_any_member_meets_its_group(filled: SearchEngine):
    assert await found(filled, conditions=((AN,),)) == {"a", "b"}
    assert await found(filled, conditions=((AN,), (BA,))) == {"b"}
    assert await found(filled, conditions=((AN, BA),)) == {"a", "b", "c"}
    assert await found(filled, conditions=((BA, NEWS),)) == {"a", "b", "c"}
    assert await found(filled, "hai", conditions=((BA, NEWS),)) == {"c"}
    assert await found(filled, conditions=((),)) == set()


async def test_negated_conditions_are_met_by_all_others(filled: SearchEngine):
    assert await found(filled, conditions=((without(AN),),)) == {"c", "d"}
    assert await found(filled, conditions=((without(AN),), (without(BA),))) == {"d"}
    assert await found(filled, conditions=((without(AN), NEWS),)) == {"a", "c", "d"}


async def test_instants_bound_the_publication_on_both_sides(filled: SearchEngine):
    first, midnight = datetime(2020, 5, 1, 1, tzinfo=UTC), datetime(2020, 5, 1, 17, tzinfo=UTC)
    second = timedelta(seconds=1)

    async def within(**bounds: datetime | bool | None) -> set[str]:
        return await found(filled, conditions=((PublishedWithin.model_validate(bounds),),))

    assert await within(first=first, last=first) == {"a"}
    assert await within(first=first + second) == {"b", "c"}
    assert await within(first=midnight, last=midnight) == {"b"}
    assert await within(last=midnight - second) == {"a"}
    assert await within() == {"a", "b", "c"}
    assert await within(negated=True) == {"d"}
    assert await within(first=midnight, negated=True) == {"a", "d"}
    assert await within(first=datetime.min.replace(tzinfo=UTC), last=datetime.max.replace(tzinfo=UTC)) == {
        "a",
        "b",
        "c",
    }


async def test_counts_heed_conditions_on_their_own_facet(filled: SearchEngine):
    assert await counts(filled, "person", conditions=((AN,),)) == [("Lê An", 2, False), ("Vũ Ba", 1, False)]
    assert await counts(filled, "section", conditions=((NEWS,),)) == [("Thời sự", 2, False)]
    results = await ask(filled, conditions=((NEWS,),), histogram="year")
    assert [bucket.count for bucket in results.histogram] == [1, 1]
    values = await filled.facet_values(Query(conditions=((AN,),)), "person", "vu", 5)
    assert [(value.value, value.count) for value in values] == [("Vũ Ba", 1)]


async def test_a_condition_on_an_unknown_field_is_an_error(filled: SearchEngine):
    with pytest.raises(ValueError, match="no filter or facet"):
        await ask(filled, conditions=((Holds(field="màu", value="x"),),))
