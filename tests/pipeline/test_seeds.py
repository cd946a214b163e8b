"""The five real pages go in through the ingest endpoint and come out of the search API, the same in both shapes."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.pipeline.following import settled
from tests.pipeline.processes import Platform

SEEDS = Path(__file__).parents[2] / "seeds"
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "seeds"
JUDGED = ("title", "body", "published_at", "event_dates", "authors", "province", "province_today", "documents")

pytestmark = pytest.mark.skipif(
    not GOLD.is_dir(), reason="the gold of the seeds is not beside the checkout (../shared)"
)


@pytest.fixture(scope="module")
def articles(platform: Platform) -> dict[str, dict[str, Any]]:
    """Return the article of each seed, by the file's name, as the query API gives it."""
    files = [("file", (path.name, path.read_bytes())) for path in sorted(SEEDS.iterdir())]
    batch = httpx.post(f"{platform.ingest_url}/v1/files", files=files, timeout=30)
    assert batch.status_code == 202
    receipts = settled(platform, batch.json()["batch_id"])["files"]
    assert {receipt["status"] for receipt in receipts} == {"indexed"}
    return {
        receipt["name"]: httpx.get(f"{platform.api_url}/v1/articles/{receipt['article_id']}").json()
        for receipt in receipts
    }


def judged(article: dict[str, Any]) -> dict[str, Any]:
    documents = [
        {name: document[name] for name in ("kind", "number", "issuer", "date")} for document in article["documents"]
    ]
    return {name: article[name] for name in JUDGED} | {"documents": sorted(documents, key=str)}


@pytest.mark.parametrize("name", sorted(path.stem for path in SEEDS.iterdir()))
def test_each_page_comes_out_as_people_read_it(articles: dict[str, dict[str, Any]], name: str) -> None:
    gold = json.loads((GOLD / f"{name}.json").read_text())
    gold["body"] = "\n\n".join(gold["body"])
    assert judged(articles[f"{name}.txt"]) == judged(gold)


@pytest.mark.usefixtures("articles")
def test_an_unaccented_query_finds_the_right_pages_with_highlights_and_facets(platform: Platform) -> None:
    answer = httpx.get(f"{platform.api_url}/v1/search", params={"q": "dan van kheo"}).json()
    provinces = {hit["province"] for hit in answer["hits"]}
    assert {"Bạc Liêu", "Quảng Ninh", "Bắc Kạn"} <= provinces
    for hit in answer["hits"]:
        assert any("<mark>" in fragment for fragment in (*hit["highlight"]["title"], *hit["highlight"]["body"]))
    counts = {value["value"]: value["count"] for value in answer["facets"]["province"]}
    assert counts["Bắc Kạn"] == 1


@pytest.mark.usefixtures("articles")
def test_places_of_today_are_found_under_their_new_names(platform: Platform) -> None:
    answer = httpx.get(f"{platform.api_url}/v1/search", params={"places": "today", "province": "Cà Mau"}).json()
    assert [hit["province"] for hit in answer["hits"]] == ["Cà Mau"]


@pytest.mark.usefixtures("articles")
def test_the_same_pages_again_are_duplicates_that_name_the_articles(
    platform: Platform, articles: dict[str, dict[str, Any]]
) -> None:
    files = [("file", (path.name, path.read_bytes())) for path in sorted(SEEDS.iterdir())]
    batch = httpx.post(f"{platform.ingest_url}/v1/files", files=files, timeout=30).json()
    receipts = settled(platform, batch["batch_id"])["files"]
    assert {receipt["status"] for receipt in receipts} == {"duplicate"}
    assert {receipt["article_id"] for receipt in receipts} == {a["article_id"] for a in articles.values()}
