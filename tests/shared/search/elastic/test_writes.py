"""Bulk writes are cut by bytes and count, and each item's answer is classified apart from its neighbours."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.events import Article, Document, Person
from bantin.search.elastic.documents import document, engine_version, stored_article
from bantin.search.elastic.mapping import mappings
from bantin.search.elastic.writes import bulks, write_results
from bantin.search.port import SearchRefusedError, StoredArticle

CAPTURED = datetime(2024, 5, 1, 8, 0, 0, 123_456, tzinfo=UTC)


def stored(article_id: str = "a1", body: str = "Nội dung") -> StoredArticle:
    article = Article(
        article_id=article_id,
        version="v1",
        title="Làng nghề đan lát",
        body=body,
        original_text=body,
        published_at=date(2024, 4, 30),
        province="Cao Bằng",
        districts=("Hòa An",),
        people=(Person(name="Lê Na", roles=("nghệ nhân",)), Person(name="Lê Na")),
        documents=(Document(kind="Quyết định", number="1/QĐ-UBND", date=date(2024, 4, 2)),),
        captured_at=CAPTURED,
        content_type="text/html",
        bytes=10,
    )
    return StoredArticle(article, ("r1", "r2"), "first")


def item(status: int, kind: str = "some_exception") -> dict[str, Any]:
    error = {} if status < 300 else {"error": {"type": kind, "reason": "why"}}
    return {"index": {"_id": "a1", "status": status, **error}}


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (200, "", "written"),
        (201, "", "written"),
        (409, "version_conflict_engine_exception", "stale"),
        (429, "es_rejected_execution_exception", "retry"),
        (500, "whatever", "retry"),
        (503, "unavailable_shards_exception", "retry"),
        (404, "index_not_found_exception", "retry"),
        (403, "cluster_block_exception", "retry"),
        (400, "document_parsing_exception", "refused"),
        (400, "strict_dynamic_mapping_exception", "refused"),
        (413, "too_big", "refused"),
    ],
)
def test_each_item_is_classified(status: int, kind: str, expected: str):
    (result,) = write_results({"items": [item(status, kind)]})
    assert result.status == expected
    assert bool(result.detail) == (expected != "written")


def test_a_bad_item_leaves_its_neighbours_alone():
    answer = {"errors": True, "items": [item(201), item(400), item(429), item(409), item(200)]}
    assert [result.status for result in write_results(answer)] == ["written", "refused", "retry", "stale", "written"]


@pytest.mark.parametrize("status", [401, 403])
def test_lacking_rights_is_no_article_s_fault(status: int):
    with pytest.raises(SearchRefusedError, match="rights"):
        write_results({"items": [item(201), item(status, "security_exception")]})


@given(st.lists(st.integers(0, 3_000), max_size=30), st.integers(1, 8_000), st.integers(1, 10))
def test_bulks_hold_every_article_in_order_within_their_limits(sizes: list[int], most_bytes: int, most: int):
    articles = [stored(f"a{number}", "x" * size) for number, size in enumerate(sizes)]
    cut = list(bulks(articles, most_bytes, most))
    actions = [json.loads(line)["index"] for bulk in cut for line in bulk.operations[::2]]
    assert [action["_id"] for action in actions] == [one.article.article_id for one in articles]
    assert sum(bulk.count for bulk in cut) == len(articles)
    for bulk in cut:
        assert len(bulk.operations) == 2 * bulk.count
        assert 1 <= bulk.count <= most
        assert bulk.count == 1 or sum(map(len, bulk.operations)) <= most_bytes


def test_the_version_is_the_capture_in_microseconds():
    (bulk,) = bulks([stored()])
    action = json.loads(bulk.operations[0])["index"]
    assert action["version"] == int(CAPTURED.timestamp()) * 1_000_000 + 123_456
    assert action["version_type"] == "external_gte"


def test_versions_order_captures_and_are_never_negative():
    article = stored().article
    versions = [
        engine_version(article.model_copy(update={"captured_at": CAPTURED + timedelta(microseconds=step)}))
        for step in range(3)
    ]
    assert versions == sorted(set(versions))
    assert engine_version(article.model_copy(update={"captured_at": datetime(1960, 1, 1, tzinfo=UTC)})) == 0


def test_a_document_gives_back_what_was_stored():
    assert stored_article(json.loads(json.dumps(document(stored())))) == stored()


def test_a_document_holds_only_fields_of_the_strict_mapping():
    assert document(stored()).keys() <= mappings()["properties"].keys()


def test_values_to_filter_by_stand_beside_the_article_each_once():
    found = document(stored())
    assert found["district"] == ["Cao Bằng > Hòa An"]
    assert found["person"] == ["Lê Na"]
    assert found["document"] == ["Quyết định 1/QĐ-UBND"]
    assert "section" not in found


def test_an_article_without_a_date_has_no_date_field():
    undated = replace(stored(), article=stored().article.model_copy(update={"published_at": None}))
    assert "published_at" not in document(undated)
