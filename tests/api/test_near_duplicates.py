"""Proves that near-duplicates fold, unfold and are listed, through the API and on the portal."""

from datetime import date

import pytest

from bantin.search.port import SearchEngine
from bantin.search.query import CollapsedTooDeepError
from tests.api.corpus import make_article, stored
from tests.api.test_portal import one, page, parameters

BODY = "Nước lũ trên sông dâng cao từ đêm qua, nhiều hộ dân ven bờ phải di dời đến nơi an toàn trong sáng nay."
RELIEF = "Nước lũ trên sông rút dần, nhiều hộ dân ven bờ trở về nhà và được hỗ trợ gạo, nước sạch."


@pytest.fixture
async def engine(engine: SearchEngine) -> SearchEngine:
    copies = [
        stored(make_article(f"flood-{day}", "Nước lũ dâng cao", BODY, published_at=date(2021, 7, day)))
        for day in (20, 18, 19)
    ]
    clustered = [type(copy)(copy.article, copy.writers, "flood-20") for copy in copies]
    await engine.write([*clustered, stored(make_article("relief", "Hỗ trợ các hộ dân", RELIEF))])
    return engine


async def found(client, **parameters) -> list[tuple[str, int]]:
    answer = (await client.get("/v1/search", params={"q": "nước lũ dâng cao", **parameters})).json()
    assert answer["total"] == 3
    return [(hit["article_id"], hit["duplicates"]) for hit in answer["hits"]]


async def test_near_duplicates_fold_unless_told_otherwise(client) -> None:
    assert await found(client) == await found(client, collapse="true") == [("flood-18", 2)]
    unfolded = await found(client, collapse="false", sort="newest")
    assert unfolded == [("flood-20", 0), ("flood-19", 0), ("flood-18", 0)]


async def test_articles_like_one_and_its_near_duplicates_come_apart(client) -> None:
    answer = (await client.get("/v1/articles/flood-20/similar")).json()
    assert set(answer) == {"similar", "duplicates"}
    assert [hit["article_id"] for hit in answer["duplicates"]] == ["flood-18", "flood-19"]
    assert [hit["article_id"] for hit in answer["similar"]] == ["relief"]
    plain = (await client.get("/v1/search", params={"q": "hỗ trợ"})).json()["hits"][0]
    assert set(answer["similar"][0]) == set(plain)


async def test_an_unknown_article_is_like_nothing(client) -> None:
    response = await client.get("/v1/articles/nobody/similar")
    assert response.status_code == 404
    assert response.json()["type"].endswith("unknown_article")


async def test_where_folded_results_end_the_remedy_is_named(client, engine, monkeypatch) -> None:
    async def too_deep(_: object) -> None:
        raise CollapsedTooDeepError

    monkeypatch.setattr(engine, "search", too_deep)
    response = await client.get("/v1/search")
    assert response.status_code == 422
    assert response.json()["type"].endswith("collapsed_too_deep")
    assert "collapse=false" in response.json()["detail"]
    tree = await page(client, "/", status=422)
    assert "1.000" in one(tree, ".problem").text()


async def test_the_portal_unfolds_and_folds_again(client) -> None:
    tree = await page(client, "/?q=nuoc+lu+dang+cao&collapse=true")
    link = one(tree, ".hits .facts a")
    assert link.text() == "+2 bản tương tự"
    assert parameters(link.attributes["href"]) == [("q", "nuoc lu dang cao"), ("collapse", "false")]
    unfolded = await page(client, link.attributes["href"])
    assert len(unfolded.css(".hits > li")) == 3
    assert one(unfolded, 'input[name="collapse"]').attributes["value"] == "false"
    assert parameters(one(unfolded, ".chosen a").attributes["href"]) == [("q", "nuoc lu dang cao")]
