"""The multi-query protocol: every way of sending it, what is answered, and what is refused."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

FESTIVAL = "festival"


async def ask(client: httpx.AsyncClient, **params: Any) -> dict[str, Any]:
    return await ask_index(client, "bantin", **params)


async def ask_index(client: httpx.AsyncClient, index: str, **params: Any) -> dict[str, Any]:
    response = await client.post("/instantsearch", json={"requests": [{"indexName": index, "params": params}]})
    assert response.status_code == 200, response.text
    (result,) = response.json()["results"]
    return result


async def refusal(client: httpx.AsyncClient, body: Any) -> tuple[int, str]:
    response = await client.post("/instantsearch", content=body if isinstance(body, bytes) else json.dumps(body))
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["type"].rpartition(":")[2]


def ids(result: dict[str, Any]) -> list[str]:
    return [hit["objectID"] for hit in result["hits"]]


async def test_an_answer_has_what_widgets_read(client: httpx.AsyncClient):
    result = await ask(client, query="lễ hội", hitsPerPage=2, facets=["province", "person"])
    assert ids(result) == [FESTIVAL]
    assert result["hits"][0]["title"] == "Khai mạc lễ hội hoa ban"
    assert result["hits"][0]["person"] == ["Lò Thị Mai"]
    assert result["hits"][0]["places"] == {"lvl0": ["Điện Biên"], "lvl1": ["Điện Biên > Mường Lay"]}
    assert "body" not in result["hits"][0]
    assert {name: result[name] for name in ("nbHits", "page", "nbPages", "hitsPerPage", "query", "index")} == {
        "nbHits": 1,
        "page": 0,
        "nbPages": 1,
        "hitsPerPage": 2,
        "query": "lễ hội",
        "index": "bantin",
    }
    assert result["facets"] == {"province": {"Điện Biên": 1}, "person": {"Lò Thị Mai": 1}}
    assert result["exhaustiveNbHits"] is result["exhaustiveFacetsCount"] is True
    assert result["exhaustive"] == {"nbHits": True, "facetsCount": True, "typo": True}
    assert result["processingTimeMS"] >= 1
    assert "query=l%E1%BB%85+h%E1%BB%99i" in result["params"]


async def test_parameters_may_be_nested_beside_or_url_encoded(client: httpx.AsyncClient):
    asked = {
        "query": "bão",
        "hitsPerPage": 1,
        "page": 1,
        "facets": ["section", "source"],
        "facetFilters": [["section:Kinh tế"], "province:-Nam Định"],
        "attributesToRetrieve": ["title"],
    }
    encoded = urlencode(
        {name: json.dumps(value) if isinstance(value, list) else value for name, value in asked.items()}
    )
    requests = [
        {"indexName": "bantin", "params": {**asked, "page": 0}},
        {"indexName": "bantin", **asked, "page": 0, "facet": None},
        {"indexName": "bantin", "params": encoded.replace("page=1", "page=0")},
    ]
    response = await client.post(
        "/instantsearch", content=json.dumps({"requests": requests}), headers={"content-type": "text/plain"}
    )
    results = response.json()["results"]
    for result in results:
        del result["params"], result["processingTimeMS"]
    assert results[0] == results[1] == results[2]
    assert ids(results[0]) == ["market"]
    assert results[0]["hits"][0].keys() == {"title", "objectID", "_highlightResult", "_snippetResult"}


async def test_pages_by_number_cover_all_hits_and_end(client: httpx.AsyncClient):
    pages = [await ask(client, query="mùa bão", hitsPerPage=2, page=page) for page in range(3)]
    assert [len(page["hits"]) for page in pages] == [2, 1, 0]
    assert {name for page in pages for name in ids(page)} == {"dyke", "market", "undated"}
    assert {page["nbPages"] for page in pages} == {2}
    deep = await ask(client, hitsPerPage=100, page=10)
    assert (deep["hits"], deep["nbHits"], deep["nbPages"], deep["page"]) == ([], 4, 1, 10)
    assert "1,000" in deep["message"]
    counted = await ask(client, hitsPerPage=0, facets="province")
    assert (counted["hits"], counted["nbPages"]) == ([], 0)
    assert counted["facets"]["province"] == {"Điện Biên": 1, "Nam Định": 1, "Ninh Bình": 1}


async def test_indices_are_orders(client: httpx.AsyncClient):
    assert ids(await ask_index(client, "bantin_oldest")) == ["festival", "dyke", "market", "undated"]
    assert ids(await ask_index(client, "bantin_newest")) == ["market", "dyke", "festival", "undated"]
    assert ids(await ask_index(client, "bantin")) == ids(await ask_index(client, "bantin_newest"))
    assert ids(await ask_index(client, "a-portals.own_name_oldest")) == ids(await ask_index(client, "bantin_oldest"))


@pytest.mark.parametrize("name", ["bantin/_all", "tin_desc"])
async def test_what_is_said_of_index_names_is_true(client: httpx.AsyncClient, name: str):
    response = await client.post("/instantsearch", json={"requests": [{"indexName": name}]})
    detail = response.json()["detail"]
    for part in ("any name", "_newest", "_oldest", "bantin_suggestions", "none ends in _asc or _desc"):
        assert part in detail
    assert ids(await ask_index(client, "any-name.of_portals1"))


async def test_counts_are_within_their_own_filter_and_agree_with_the_api_without_it(client: httpx.AsyncClient):
    chosen = await ask(client, facets=["section"], facetFilters=[["section:Kinh tế"]])
    assert chosen["facets"]["section"] == {"Kinh tế": 2}
    without = await ask(client, facets=["section"], facetFilters=[[]], hitsPerPage=0)
    ours = (await client.get("/v1/search", params={"section": "Kinh tế", "facet": "section"})).json()
    assert {one["value"]: one["count"] for one in ours["facets"]["section"]} == without["facets"]["section"]


async def test_hierarchical_places_open_under_each_other(client: httpx.AsyncClient):
    opened = await ask(client, facets=["places.lvl0", "places.lvl1"], facetFilters=[["places.lvl0:Điện Biên"]])
    assert opened["facets"] == {"places.lvl0": {"Điện Biên": 1}, "places.lvl1": {"Điện Biên > Mường Lay": 1}}
    assert ids(await ask(client, facetFilters=["places.lvl1:Điện Biên > Mường Lay"])) == [FESTIVAL]


async def test_dates_are_numbers_in_filters_and_statistics(client: httpx.AsyncClient):
    result = await ask(client, facets=["published_at"])
    stats = result["facets_stats"]["published_at"]
    assert (stats["min"], stats["max"]) == (1552482300, 1598895000)
    assert result["facets"]["published_at"] == {}
    assert ids(await ask(client, numericFilters=[f"published_at<={stats['min']:.0f}"])) == [FESTIVAL]
    assert ids(
        await ask(client, numericFilters=f"published_at>{stats['min']:.0f},published_at<{stats['max']:.0f}")
    ) == ["dyke"]
    assert (await ask(client, query="Thông báo", facets=["published_at"], filters="NOT published_at>=0"))["nbHits"] == 1


async def test_values_of_a_facet_are_searched(client: httpx.AsyncClient):
    requests = [
        {
            "type": "facet",
            "indexName": "bantin",
            "facet": "province",
            "params": {"facetQuery": "binh", "maxFacetHits": 5},
        },
        {"type": "facet", "indexName": "bantin", "facet": "province", "facetQuery": "dinh", "query": "bão"},
    ]
    found = (await client.post("/instantsearch", json={"requests": requests})).json()["results"]
    assert found[0]["facetHits"] == [{"value": "Ninh Bình", "highlighted": "Ninh <em>Bình</em>", "count": 1}]
    assert found[1]["facetHits"] == [{"value": "Nam Định", "highlighted": "Nam <em>Định</em>", "count": 1}]
    assert found[0]["exhaustiveFacetsCount"] is True


async def test_names_are_completed_from_an_index_of_their_own(client: httpx.AsyncClient):
    result = await ask_index(client, "bantin_suggestions", query="lo thi", hitsPerPage=3)
    (hit,) = result["hits"]
    assert (hit["query"], hit["kind"], hit["count"]) == ("Lò Thị Mai", "person", 1)
    assert hit["_highlightResult"]["query"]["value"] == "<em>Lò</em> <em>Thị</em> Mai"
    assert (result["nbHits"], result["nbPages"]) == (1, 1)
    assert (await ask_index(client, "bantin_suggestions", query="lo thi", page=1))["hits"] == []


async def test_the_last_word_may_be_unfinished(client: httpx.AsyncClient):
    assert ids(await ask(client, query="lễ hộ")) == ids(await ask(client, query="lễ hội")) == [FESTIVAL]
    assert ids(await ask(client, query="lễ hộ ")) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "malformed_request"),
        (b"[]", "malformed_request"),
        (b"\xff", "malformed_request"),
        ({}, "malformed_request"),
        ({"requests": []}, "malformed_request"),
        ({"requests": [1]}, "malformed_request"),
        ({"requests": [{"params": {}}]}, "malformed_request"),
        ({"requests": [{"indexName": "bantin", "params": 7}]}, "malformed_request"),
        ({"requests": [{"indexName": "bantin", "type": "facet"}]}, "malformed_request"),
        ({"requests": [{"indexName": "bantin", "type": "recommend"}]}, "unknown_request_type"),
        ({"requests": [{"indexName": "bantin"}] * 51}, "too_many_requests"),
        ({"requests": [{"indexName": "bantin/_all"}]}, "unknown_index"),
        ({"requests": [{"indexName": "bantin_price_desc"}]}, "unknown_index"),
    ],
)
async def test_what_is_not_the_protocol_is_refused(client: httpx.AsyncClient, body: Any, code: str):
    assert await refusal(client, body) == (422, code)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"aroundLatLng": "1,2"}, "unknown_parameter"),
        ({"query": 5}, "invalid_parameter"),
        ({"query": "a" * 2_001}, "query_too_long"),
        ({"page": -1}, "invalid_parameter"),
        ({"page": True}, "invalid_parameter"),
        ({"page": "²"}, "invalid_parameter"),
        ({"hitsPerPage": 101}, "invalid_parameter"),
        ({"hitsPerPage": 1.5}, "invalid_parameter"),
        ({"distinct": "maybe"}, "invalid_parameter"),
        ({"facets": ["brand"]}, "unknown_facet"),
        ({"facets": {"a": 1}}, "invalid_parameter"),
        ({"facets": "[" * 5_000}, "invalid_parameter"),
        ({"facetFilters": ["brand:x"]}, "unknown_facet"),
        ({"facetFilters": ["province"]}, "invalid_filter"),
        ({"facetFilters": [["province:"]]}, "empty_filter"),
        ({"facetFilters": [[["province:x"]]]}, "invalid_parameter"),
        ({"facetFilters": [["province:x"] * 501]}, "too_many_filters"),
        ({"numericFilters": ["price>1"]}, "unknown_numeric"),
        ({"numericFilters": ["published_at~1"]}, "invalid_filter"),
        ({"filters": "province:"}, "invalid_filter"),
        ({"highlightPreTag": "<script>", "highlightPostTag": "</script>"}, "unsafe_tags"),
        ({"highlightPreTag": "<em onclick=x>", "highlightPostTag": "</em>"}, "unsafe_tags"),
        ({"highlightPreTag": "<em>"[:-1], "highlightPostTag": "</em>"}, "unsafe_tags"),
        ({"highlightPreTag": "<em>", "highlightPostTag": "</b>"}, "unsafe_tags"),
        ({"highlightPreTag": "__ais-highlight__"}, "unsafe_tags"),
        ({"attributesToRetrieve": ["price"]}, "unknown_attribute"),
        ({"attributesToHighlight": ["views"]}, "unknown_attribute"),
        ({"attributesToSnippet": ["body:x"]}, "invalid_parameter"),
        ({"attributesToSnippet": ["text:5"]}, "unknown_attribute"),
    ],
)
async def test_wrong_parameters_are_named(client: httpx.AsyncClient, params: dict[str, Any], code: str):
    assert await refusal(client, {"requests": [{"indexName": "bantin", "params": params}]}) == (422, code)


async def test_what_clients_send_along_is_ignored(client: httpx.AsyncClient):
    result = await ask(client, query="mùa bão", clickAnalytics=True, userToken="x", tagFilters="", analytics=False)
    assert result["nbHits"] == 3


async def test_a_body_without_end_is_refused(client: httpx.AsyncClient):
    assert await refusal(client, b" " * 1_000_001) == (413, "too_large")


async def test_near_duplicates_unfold_where_distinct_is_false(client: httpx.AsyncClient):
    assert (await ask(client, distinct=False))["nbHits"] == (await ask(client))["nbHits"] == 4
