"""Each query becomes the Elasticsearch request that lies in `golden/`; `--update-golden` writes them anew."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bantin.search.cursor import encode_cursor
from bantin.search.elastic.collapsing import Head, further_body, heads_body
from bantin.search.elastic.mapping import mappings
from bantin.search.elastic.positions import Position
from bantin.search.elastic.query import apart, daily_histogram_body, rejoined, search_body
from bantin.search.elastic.related import lookalikes_body, near_duplicates_body, related_body
from bantin.search.query import Query
from bantin.search.words import parse_words
from tests.contracts.search.corpus import stored

GOLDEN = Path(__file__).parent / "golden"

QUERIES = {
    "everything": Query(facets=()),
    "words": Query(text="dân vận kheo", facets=()),
    "many_words": Query(text="hop tac xa nong nghiep cong nghe cao", facets=(), sort="oldest"),
    "phrases": Query(text='"nông thôn mới" -"giải phóng mặt bằng" -rác', facets=()),
    "only_excluded": Query(text="-rác", facets=()),
    "multi_select": Query(
        text="chè",
        filters={"province": ("Thái Nguyên", "Phú Thọ"), "section": ("Kinh tế",), "author": ("Lê Na",)},
        facets=("province", "section"),
        facet_size=5,
    ),
    "today": Query(filters={"province": ("Phú Thọ",)}, places="today", facets=("province",), size=0),
    "dates": Query(published_from=date(2021, 11, 1), published_to=date(2021, 11, 30), facets=()),
    "published_until": Query(published_to=date(2021, 11, 30), facets=(), sort="newest"),
}


def check_golden(name: str, found: Any, update: bool) -> None:
    path = GOLDEN / f"{name}.json"
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert path.read_text() == text, f"{path.name} differs: run with --update-golden and review the difference"


@pytest.mark.parametrize("name", QUERIES)
def test_search_body(name: str, update_golden: bool):
    query = QUERIES[name]
    check_golden(f"search_{name}", search_body(query, parse_words(query.text)), update_golden)


def test_daily_histogram_body(update_golden: bool):
    query = QUERIES["multi_select"]
    check_golden("histogram_by_day", daily_histogram_body(query, parse_words(query.text)), update_golden)


def test_bodies_of_collapsed_results(update_golden: bool):
    query = QUERIES["multi_select"]
    words = parse_words(query.text)
    check_golden("collapsed_heads", heads_body(query, words, ["c1", "c2"]), update_golden)
    known = {"c1": Head("a1", 3), "c2": Head("a2", 1)}
    check_golden("collapsed_further", further_body(query, words, [1.5, "a9", 7], known), update_golden)


def test_bodies_of_articles_like_one(update_golden: bool):
    held = stored("a1", "Chè Thái Nguyên", "Bà con hái chè đầu vụ ở xã", cluster="c1")
    check_golden("similar_related", related_body(held), update_golden)
    check_golden("similar_near_duplicates", near_duplicates_body(held), update_golden)
    check_golden("lookalikes", lookalikes_body(("00ab", "01cd"), 20), update_golden)


def test_mapping(update_golden: bool):
    check_golden("mapping", mappings(), update_golden)


def test_a_page_by_relevance_asks_the_point_in_time_of_its_cursor():
    first = Query(text="chè", collapse=False)
    after = first.model_copy(update={"cursor": encode_cursor(first, ("point", [1.5, "a1", 7]))})
    position = Position.of(after, "relevance")
    body = search_body(after, parse_words("chè"), position.after) | position.clause
    assert body["search_after"] == [1.5, "a1", 7]
    assert body["pit"]["id"] == "point"


def test_every_golden_file_has_its_query():
    others = {"histogram_by_day", "mapping", "collapsed_heads", "collapsed_further", "lookalikes"}
    expected = {f"search_{name}" for name in QUERIES} | others | {"similar_related", "similar_near_duplicates"}
    assert {path.stem for path in GOLDEN.glob("*.json")} == expected


def test_hits_and_counts_are_asked_apart_and_read_as_one() -> None:
    """Neither half does the other's work, and both are narrowed by the same query and filters."""
    body = search_body(QUERIES["multi_select"], parse_words("chè"), [1.5, "a", 7]) | {"pit": {"id": "p"}}
    hits, counts = apart(body)
    assert "aggs" not in hits
    assert hits["track_total_hits"] is False
    assert {name: hits[name] for name in ("size", "sort", "search_after", "_source")} == {
        name: body[name] for name in ("size", "sort", "search_after", "_source")
    }
    assert counts.keys() == {"query", "size", "track_total_hits", "aggs", "post_filter", "pit"}
    assert (counts["size"], counts["track_total_hits"]) == (0, True)
    assert all(part[name] == body[name] for part in (hits, counts) for name in ("query", "post_filter", "pit"))

    one, total = {"_id": "a"}, {"value": 3, "relation": "eq"}
    found = {"pit_id": "p", "hits": {"hits": [one]}}
    counted: dict[str, Any] = {
        "pit_id": "p",
        "hits": {"total": total, "hits": []},
        "aggregations": {"facet_province": {}},
    }
    assert rejoined(found, counted) == {
        "pit_id": "p",
        "hits": {"hits": [one], "total": total},
        "aggregations": {"facet_province": {}},
    }
