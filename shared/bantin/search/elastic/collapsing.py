"""Hits with near-duplicates folded: of the matching articles of a cluster, the earliest published is a hit.

Elasticsearch's own `collapse` picks the first of a cluster by the order of the hits, and can't go on behind a hit
(`search_after`). So hits are asked for in their order, the clusters among them for their earliest match, and those
passed over that are not that one. Where the words name a document or a person, it is the earliest of those that name
it too: notices made from one form are near-duplicates, each about another.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bantin.search.elastic.facets import all_of
from bantin.search.elastic.naming import holding
from bantin.search.elastic.query import SORTS, matching, search_body
from bantin.search.query import Query
from bantin.search.understanding.recognised import singular_tokens
from bantin.search.words import Words

CLUSTERS: Final = "clusters"
_MOST_WALKED: Final = 500

Ask = Callable[[dict[str, Any]], Awaitable[Mapping[str, Any]]]
"""Sends the body of a search and returns the answer."""


@dataclass(frozen=True, slots=True)
class Head:
    """The earliest published match of a cluster, and how many articles of the cluster match."""

    article_id: str
    count: int


@dataclass(frozen=True, slots=True)
class Collapsed:
    """The first answer with its counts, and the hits that are heads, each with how many fold under it."""

    answer: Mapping[str, Any]
    heads: Sequence[tuple[Mapping[str, Any], int]]


async def collapsed_hits(ask: Ask, query: Query, words: Words, after: Sequence[Any] | None, wanted: int) -> Collapsed:
    """Return up to `wanted` heads behind the sort values `after`. Asks with `ask`, more often the more hits fold."""
    size = wanted
    answer = first = await ask(search_body(query, words, after) | {"size": size})
    known: dict[str, Head] = {}
    heads: list[tuple[Mapping[str, Any], int]] = []
    while items := answer["hits"]["hits"]:
        new = {item["_source"]["cluster_id"] for item in items} - known.keys()
        if new:
            known |= read_heads(await ask(heads_body(query, words, sorted(new))))
        heads += _heads(items, known)
        if len(heads) >= wanted or len(items) < size:
            break
        size = min(2 * size, _MOST_WALKED)
        answer = await ask(further_body(query, words, items[-1]["sort"], known) | {"size": size})
    return Collapsed(first, heads[:wanted])


def heads_body(query: Query, words: Words, clusters: Sequence[str]) -> dict[str, Any]:
    """Return the body that asks for the heads of clusters, among a query's articles."""
    found = all_of([matching(query, words), {"terms": {"cluster_id": list(clusters)}}])
    named = singular_tokens(words.entities)[::-1]
    naming = [{"constant_score": {"filter": holding(token), "boost": 2.0**place}} for place, token in enumerate(named)]
    by_names: list[dict[str, Any]] = [{"_score": "desc"}] if naming else []
    earliest = {"size": 1, "sort": [*by_names, *SORTS["oldest"]], "_source": False}
    return {
        "query": {"bool": {"filter": [found], "should": naming}} if naming else found,
        "size": 0,
        "aggs": {
            CLUSTERS: {
                "terms": {"field": "cluster_id", "size": len(clusters)},
                "aggs": {"head": {"top_hits": earliest}},
            }
        },
    }


def read_heads(answer: Mapping[str, Any]) -> dict[str, Head]:
    """Return the head of each cluster in an answer."""
    buckets: Iterable[Mapping[str, Any]] = answer["aggregations"][CLUSTERS]["buckets"]
    return {bucket["key"]: Head(bucket["head"]["hits"]["hits"][0]["_id"], bucket["doc_count"]) for bucket in buckets}


def further_body(query: Query, words: Words, after: Sequence[Any], known: Mapping[str, Head]) -> dict[str, Any]:
    """Return the body for the hits behind `after`, without those that are known to fold."""
    body: dict[str, Any] = search_body(query, words, after) | {"track_total_hits": False}
    del body["aggs"]
    folding = {cluster: head.article_id for cluster, head in known.items() if head.count > 1}
    if folding:
        folded = {
            "filter": [{"terms": {"cluster_id": list(folding)}}],
            "must_not": [{"terms": {"article_id": list(folding.values())}}],
        }
        unfolded: dict[str, Any] = {"bool": {"must_not": [{"bool": folded}]}}
        late: list[dict[str, Any]] = [body["post_filter"]] if "post_filter" in body else []
        body["post_filter"] = all_of([*late, unfolded])
    return body


def _heads(items: Iterable[Mapping[str, Any]], known: Mapping[str, Head]) -> list[tuple[Mapping[str, Any], int]]:
    """Return the hits that are the heads of their clusters; a cluster that vanished meanwhile has none."""
    found = ((item, known.get(item["_source"]["cluster_id"])) for item in items)
    return [(item, head.count - 1) for item, head in found if head and head.article_id == item["_id"]]
