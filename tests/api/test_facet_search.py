"""Proves that one facet's values can be searched over HTTP, narrowed by a search, and that mistakes are named."""

import httpx
import pytest

from bantin.search.fields import FILTERS


async def values(client: httpx.AsyncClient, field: str, **parameters: str) -> list[tuple[str, int, bool]]:
    response = await client.get(f"/v1/facets/{field}", params=parameters)
    assert response.status_code == 200, response.text
    assert set(response.json()) == {"field", "values"}
    assert response.json()["field"] == field
    return [(value["value"], value["count"], value["selected"]) for value in response.json()["values"]]


async def test_values_are_found_by_beginnings_of_words_without_accents(client) -> None:
    assert await values(client, "province", q="dinh") == [("Nam Định", 1, False)]
    assert await values(client, "province", q="n b") == [("Ninh Bình", 1, False)]
    assert await values(client, "district", q="lay") == [("Điện Biên > Mường Lay", 1, False)]
    assert await values(client, "person", q="mai") == [("Lò Thị Mai", 1, False)]
    assert await values(client, "document", q="12/kh") == [("Kế hoạch 12/KH-UBND", 1, False)]
    assert await values(client, "province", q="inh") == []


async def test_without_words_the_most_frequent_come_first(client) -> None:
    assert await values(client, "section") == [("Kinh tế", 2, False), ("Văn hóa", 1, False)]
    assert await values(client, "section", facet_size="1") == [("Kinh tế", 2, False)]


async def test_the_search_has_names_of_its_own_and_narrows(client) -> None:
    assert await values(client, "province", q="n", query="đê biển") == [("Nam Định", 1, False)]
    assert await values(client, "section", published_to="2019-12-31") == [("Văn hóa", 1, False)]
    assert await values(client, "section", q="v", section="Kinh tế") == [("Văn hóa", 1, False)]
    assert await values(client, "section", q="k", section="Kinh tế") == [("Kinh tế", 2, True)]
    assert await values(client, "province", q="ninh", places="today") == [("Ninh Bình", 2, False)]


@pytest.mark.parametrize("field", FILTERS)
async def test_every_facet_can_be_searched(client, field) -> None:
    assert await values(client, field)
    assert await values(client, field, q="khôngcó") == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("colour", "unknown_facet"),
        ("province_today", "unknown_facet"),
        ("district?places=today", "district_abolished"),
        ("province?places=today&district=x", "district_abolished"),
        ("province?sort=newest", "unknown_parameter"),
        ("province?q=" + "x" * 2_001, "query_too_long"),
        ("province?facet_size=0", "invalid_facet_size"),
    ],
)
async def test_what_is_amiss_is_a_422_problem(client, path, code) -> None:
    response = await client.get("/v1/facets/" + path)
    assert response.status_code == 422
    assert response.json()["type"] == f"urn:bantin:problem:{code}"
