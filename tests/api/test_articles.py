"""Proves that an article comes back as it was indexed, and that a client need not fetch it twice."""

import pytest

from bantin.events import Article
from tests.api.corpus import ARTICLES, FESTIVAL, make_article, stored


async def test_an_article_is_the_contracts_json(client) -> None:
    response = await client.get("/v1/articles/festival")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert list(answer) == list(Article.model_fields)
    assert answer == FESTIVAL.model_dump(mode="json")
    assert answer["published_at"] == "2019-03-13T20:05:00+07:00"


async def test_dates_keep_their_precision_and_are_vietnams(client, engine) -> None:
    utc = make_article("utc", "Giờ khác", "Giờ khác.", published_at="2020-12-31T18:00:00Z")
    await engine.write([stored(utc)])
    dates = {
        article_id: (await client.get(f"/v1/articles/{article_id}")).json()["published_at"]
        for article_id in ("utc", "dyke", "undated")
    }
    assert dates == {"utc": "2021-01-01T01:00:00+07:00", "dyke": "2020-09-01", "undated": None}


async def test_an_article_that_is_held_is_not_sent_again(client, engine) -> None:
    first = await client.get("/v1/articles/festival")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = await client.get("/v1/articles/festival", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    await engine.write([stored(FESTIVAL.model_copy(update={"views": 1521}))])
    changed = await client.get("/v1/articles/festival", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["views"] == 1521


async def test_an_unknown_article_is_a_404_problem(client) -> None:
    for path in ("/v1/articles/none", "/v1/articles/%F0%9F%99%82", "/v1/articles/" + "a" * 200):
        response = await client.get(path)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["type"] == "urn:bantin:problem:unknown_article"


@pytest.mark.parametrize("path", ["/v1/articles/festival", "/v1/articles/festival/similar", "/opensearch.xml"])
async def test_what_takes_no_parameters_says_so(client, path: str) -> None:
    response = await client.get(path, params={"foo": "1"})
    assert response.status_code == 422
    problem = response.json()
    assert problem["type"] == "urn:bantin:problem:unknown_parameter"
    assert problem["detail"] == "Unknown parameter 'foo'; known: none."


async def test_every_hit_leads_to_its_article(client) -> None:
    hits = (await client.get("/v1/search")).json()["hits"]
    assert len(hits) == len(ARTICLES)
    for hit in hits:
        article = (await client.get(f"/v1/articles/{hit['article_id']}")).json()
        assert {name: article[name] for name in ("title", "published_at", "authors")} == {
            name: hit[name] for name in ("title", "published_at", "authors")
        }


async def test_opensearch_names_the_address_that_was_asked(client) -> None:
    response = await client.get("/opensearch.xml")
    assert response.headers["content-type"].startswith("application/opensearchdescription+xml")
    assert "http://bantin.example/?q={searchTerms}" in response.text
