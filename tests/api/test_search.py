"""Proves that `GET /v1/search` answers as the contract has it, over a real engine."""

from typing import Any

import httpx
import pytest

from bantin.http import create_app
from bantin.search.fields import DEFAULT_FACETS, FILTERS
from bantin.search.port import SearchRefusedError, SearchUnavailableError
from bantin_api.app import build
from bantin_api.settings import ApiSettings
from tests.api.corpus import ARTICLES, FESTIVAL


async def search(client: httpx.AsyncClient, *pairs: tuple[str, str | int]) -> dict[str, Any]:
    response = await client.get("/v1/search", params=list(pairs))
    assert response.status_code == 200, response.text
    return response.json()


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["article_id"] for hit in answer["hits"]]


async def test_an_answer_has_the_contracts_shape(client) -> None:
    answer = await search(client, ("q", "le hoi hoa ban"))
    assert set(answer) == {
        "total",
        "took_ms",
        "hits",
        "facets",
        "histogram",
        "did_you_mean",
        "next_cursor",
        "understood",
    }
    assert isinstance(answer["took_ms"], int)
    assert answer["did_you_mean"] == "lễ hội hoa ban"
    (hit,) = answer["hits"]
    assert answer["total"] == 1
    assert isinstance(hit.pop("score"), float)
    highlight = hit.pop("highlight")
    assert "<mark>lễ hội hoa ban</mark>" in highlight["title"][0].lower()
    assert highlight["body"]
    assert hit.pop("snippet")
    assert hit == {
        "article_id": "festival",
        "title": FESTIVAL.title,
        "published_at": "2019-03-13T20:05:00+07:00",
        "province": "Điện Biên",
        "section": "Văn hóa",
        "source": "Báo Hoa Ban",
        "authors": ["Hà Vy", "Tuấn Anh"],
        "duplicates": 0,
        "explanation": None,
    }


async def test_an_explanation_makes_up_the_score(client) -> None:
    answer = await search(client, ("q", "le hoi hoa ban"), ("explain", "true"), ("fields", "score,explanation"))
    (hit,) = answer["hits"]
    assert {tuple(part) for part in hit["explanation"]} == {("clause", "token", "score")}
    assert {"title_folded", "words_folded"} <= {part["clause"] for part in hit["explanation"]}
    assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"], rel=1e-3)


async def test_highlights_are_escaped(client) -> None:
    answer = await search(client, ("q", "chào mừng"))
    (fragment,) = answer["hits"][0]["highlight"]["body"]
    assert "&lt;b&gt;<mark>chào mừng</mark>&lt;/b&gt; &amp; cảm ơn" in fragment


async def test_without_words_the_newest_come_first_and_the_undated_last(client) -> None:
    answer = await search(client)
    assert ids(answer) == ["market", "dyke", "festival", "undated"]
    assert [hit["published_at"] for hit in answer["hits"]] == [
        "2020-09-01T00:30:00+07:00",
        "2020-09-01",
        "2019-03-13T20:05:00+07:00",
        None,
    ]
    assert {hit["score"] for hit in answer["hits"]} == {None}
    assert ids(await search(client, ("sort", "oldest"))) == ["festival", "dyke", "market", "undated"]


async def test_filters_are_or_inside_a_field_and_and_between_fields(client) -> None:
    both = await search(client, ("province", "Nam Định"), ("province", "Điện Biên"), ("sort", "oldest"))
    assert ids(both) == ["festival", "dyke"]
    assert ids(await search(client, ("province", "Nam Định"), ("section", "Văn hóa"))) == []
    assert ids(await search(client, ("district", "Điện Biên > Mường Lay"))) == ["festival"]


@pytest.mark.parametrize("name", FILTERS)
async def test_every_filter_finds_by_its_own_facet_values(client, name) -> None:
    counted = await search(client, ("facet", name), ("size", 0))
    assert list(counted["facets"]) == [name]
    assert counted["hits"] == []
    for entry in counted["facets"][name]:
        assert (await search(client, (name, entry["value"])))["total"] == entry["count"]
    assert counted["facets"][name]


async def test_facets_are_the_sensible_set_and_ignore_their_own_filter(client) -> None:
    answer = await search(client, ("section", "Kinh tế"))
    assert set(answer["facets"]) == set(DEFAULT_FACETS)
    assert answer["facets"]["section"] == [
        {"value": "Kinh tế", "count": 2, "selected": True},
        {"value": "Văn hóa", "count": 1, "selected": False},
    ]
    assert [entry["value"] for entry in answer["facets"]["province"]] == ["Nam Định", "Ninh Bình"]


async def test_places_today_means_todays_provinces_in_filter_facet_and_hit(client) -> None:
    answer = await search(client, ("places", "today"), ("province", "Ninh Bình"), ("sort", "newest"))
    assert ids(answer) == ["market", "dyke"]
    assert {hit["province"] for hit in answer["hits"]} == {"Ninh Bình"}
    assert {"value": "Ninh Bình", "count": 2, "selected": True} in answer["facets"]["province"]
    assert "district" not in answer["facets"]
    published = await search(client, ("province", "Ninh Bình"))
    assert ids(published) == ["market"]


async def test_days_are_inclusive_and_vietnamese(client) -> None:
    assert ids(await search(client, ("published_from", "2020-09-01"))) == ["market", "dyke"]
    assert ids(await search(client, ("published_to", "2020-08-31"))) == ["festival"]
    answer = await search(client, ("published_from", "2019-03-13"), ("published_to", "2019-03-13"))
    assert ids(answer) == ["festival"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("words", ["", "mùa bão"])
async def test_a_cursor_neither_skips_nor_repeats(client, sort, words) -> None:
    whole = ids(await search(client, ("q", words), ("sort", sort)))
    pages: list[str] = []
    cursor: tuple[tuple[str, str], ...] = ()
    while True:
        page = await search(client, ("q", words), ("sort", sort), ("size", 1), *cursor)
        assert len(page["hits"]) <= 1
        pages += ids(page)
        if not page["next_cursor"]:
            break
        cursor = (("cursor", page["next_cursor"]),)
    assert pages == whole


@pytest.mark.parametrize("cursor", ["x", "bm90IG91cnM", "🙂", "a" * 5_000, "AAAA/+=="])
async def test_a_broken_cursor_is_a_422(client, cursor) -> None:
    response = await client.get("/v1/search", params={"cursor": cursor})
    assert response.status_code == 422
    assert response.json()["type"] == "urn:bantin:problem:invalid_cursor"


async def test_a_cursor_of_another_search_is_a_422(client) -> None:
    page = await search(client, ("size", 1))
    response = await client.get("/v1/search", params={"cursor": page["next_cursor"], "q": "bão"})
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("colour=red", "unknown_parameter"),
        ("province_today=x", "unknown_parameter"),
        ("Q=x", "unknown_parameter"),
        ("sort=views", "unknown_sort"),
        ("facet=colour", "unknown_facet"),
        ("places=tomorrow", "unknown_places"),
        ("published_from=2020-02-30", "invalid_date"),
        ("published_to=yesterday", "invalid_date"),
        ("published_from=2020-02-02&published_to=2020-02-01", "invalid_date_range"),
        ("size=101", "invalid_size"),
        ("size=-1", "invalid_size"),
        ("facet_size=0", "invalid_facet_size"),
        ("collapse=1", "invalid_collapse"),
        ("explain=yes", "invalid_explain"),
        ("q=" + "x" * 2_001, "query_too_long"),
        ("q=a&q=b", "repeated_parameter"),
        ("places=today&district=x", "district_abolished"),
        ("places=today&facet=district", "district_abolished"),
        ("province=", "empty_filter"),
    ],
)
async def test_what_is_amiss_is_a_422_problem(client, query, code) -> None:
    response = await client.get(f"/v1/search?{query}")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == f"urn:bantin:problem:{code}"
    assert problem["status"] == 422
    assert problem["detail"]


@pytest.mark.parametrize("words", ['"', "((", "-", "AND OR NOT", "a" * 2_000, "🙂", "\x00", "%", "-bão", "title:x^2~*"])
async def test_no_words_are_an_error(client, words) -> None:
    answer = await search(client, ("q", words))
    assert answer["total"] <= len(ARTICLES)


async def test_no_hits_is_an_empty_answer(client) -> None:
    answer = await search(client, ("q", "khongcotunay"))
    assert (answer["total"], answer["hits"], answer["next_cursor"]) == (0, [], None)


@pytest.mark.parametrize("collapse", ["true", "false"])
async def test_collapse_is_taken(client, collapse) -> None:
    assert (await search(client, ("collapse", collapse)))["total"] == len(ARTICLES)


class BrokenEngine:
    """Answers nothing but with one error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def fail(self, *_: object) -> None:
        raise self.error

    search = get = similar = facet_values = ready = fail


@pytest.mark.parametrize(
    ("error", "code"),
    [(SearchUnavailableError("down"), "search_unavailable"), (SearchRefusedError("401"), "search_refused")],
)
@pytest.mark.parametrize(
    "path", ["/v1/search", "/v1/articles/a", "/v1/articles/a/similar", "/v1/feed", "/v1/facets/person"]
)
async def test_an_engine_that_fails_is_a_503_without_its_secrets(error, code, path) -> None:
    app = create_app([build(ApiSettings(), BrokenEngine(error))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bantin.example") as client:
        response = await client.get(path)
        ready = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["type"] == f"urn:bantin:problem:{code}"
    assert str(error) not in response.json()["detail"]
    assert ready.status_code == 503


async def test_hits_have_the_fields_that_are_named_and_no_others(client) -> None:
    answer = await search(client, ("q", "hoa ban"), ("fields", "title,article_id,published_at,highlight"))
    (hit,) = answer["hits"]
    assert list(hit) == ["article_id", "title", "published_at", "highlight"]
    assert hit["published_at"] == "2019-03-13T20:05:00+07:00"
    assert hit["highlight"]["title"]
    assert answer["facets"]
    whole = await search(client, ("q", "hoa ban"))
    assert all(whole["hits"][0][name] == hit[name] for name in hit)


@pytest.mark.parametrize("fields", ["body", "title,body", "title,", ",", ""])
async def test_fields_that_no_hit_has_are_a_422(client, fields) -> None:
    response = await client.get("/v1/search", params={"fields": fields})
    assert (response.status_code, response.json()["type"]) == (422, "urn:bantin:problem:unknown_field")


async def test_the_histogram_has_the_span_asked_for(client) -> None:
    dates = {
        interval: [bucket["date"] for bucket in (await search(client, ("histogram", interval)))["histogram"]]
        for interval in ("day", "month", "year")
    }
    assert dates == {
        "day": ["2019-03-13", "2020-09-01"],
        "month": ["2019-03-01", "2020-09-01"],
        "year": ["2019-01-01", "2020-01-01"],
    }


@pytest.mark.parametrize("beside", [("size", 10), ("size", 0), ("province", "Hà Nội")])
async def test_what_is_understood_is_named_as_articles_print_it_whether_they_are_shown_or_not(client, beside) -> None:
    answer = await search(client, ("q", "lo thi mai o huyen muong lay"), beside)
    assert answer["understood"] == {"documents": [], "people": ["Lò Thị Mai"], "places": ["Mường Lay"], "dates": []}
