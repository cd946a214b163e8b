"""The most frequent values are exact, however the index is cut into segments and whatever ties there are."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import tantivy
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bantin.search.embedded import top_values as top_values_module
from bantin.search.embedded.library import count_of
from bantin.search.embedded.top_values import Articles, top_values

articles = st.lists(st.one_of(st.integers(0, 30), st.integers(0, 300)), max_size=3, unique=True)
segments = st.lists(st.lists(articles, min_size=20, max_size=60), min_size=1, max_size=4)


SCHEMA = tantivy.SchemaBuilder().add_text_field("person", tokenizer_name="raw", fast=True).build()


def top(
    searcher: tantivy.Searcher, columns: dict[str, str], size: int, beside: dict[str, Any]
) -> tuple[dict[str, dict[str, int]], dict[str, Any]]:
    def holding(column: str, value: str) -> int:
        return count_of(searcher.search(tantivy.Query.term_query(SCHEMA, column, value), limit=1))

    return top_values(Articles(searcher, tantivy.Query.all_query(), holding), columns, size, beside)


def indexed(cut: Sequence[Sequence[Sequence[int]]]) -> tantivy.Searcher:
    """Return an index in memory with one segment for each list of articles."""
    index = tantivy.Index(SCHEMA)
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for part in cut:
        for people in part:
            document = tantivy.Document()
            for person in people:
                document.add_text("person", named(person))
            writer.add_document(document)
        writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()


def named(person: int) -> str:
    return f"Nguyễn {person:03}"


def expected(cut: Sequence[Sequence[Sequence[int]]], size: int) -> list[tuple[str, int]]:
    counts = Counter(named(person) for part in cut for people in part for person in people)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(cut=segments, size=st.integers(1, 2), one_by_one=st.booleans())
def test_the_first_by_count_then_by_text(
    cut: Sequence[Sequence[Sequence[int]]], size: int, *, one_by_one: bool
) -> None:
    searcher = indexed(cut)
    with (
        patch.object(top_values_module, "_ONE_BY_ONE", 10_000 if one_by_one else 0),
        patch.object(top_values_module, "_TOLD", 15),
    ):
        counts, _ = top(searcher, {"who": "person"}, size, {})
    assert sorted(counts["who"].items(), key=lambda item: (-item[1], item[0])) == expected(cut, size)


def test_a_value_that_no_segment_finds_frequent_is_not_missed() -> None:
    """Each segment has values of its own that hide the one which all of them hold."""
    everywhere = 999
    cut = [[[part * 100 + place] for place in range(60) for _ in range(2)] + [[everywhere]] for part in range(4)]
    searcher = indexed(cut)
    counts, _ = top(searcher, {"who": "person"}, 1, {})
    assert counts == {"who": {named(everywhere): 4}}


def test_a_count_includes_what_segments_passed_over() -> None:
    """The value is frequent in one segment, and in the others too rare to be told of."""
    known = 999
    rest = [[[part * 100 + place] for place in range(60) for _ in range(2)] + [[known]] for part in range(3)]
    counts, _ = top(indexed([[[known]] * 20, *rest]), {"who": "person"}, 1, {})
    assert counts == {"who": {named(known): 23}}


def test_what_is_asked_beside_is_answered() -> None:
    searcher = indexed([[[1], [2]], [[2]]])
    beside = {"two": {"terms": {"field": "person", "include": [named(2)]}}}
    counts, answer = top(searcher, {}, 3, beside)
    assert counts == {}
    assert [bucket["doc_count"] for bucket in answer["two"]["buckets"]] == [2]
