"""What raised the hits of a page, as a request and its answer; pure.

Each part of the score is a clause with a name, and the answer says what each named clause gave to each hit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bantin.search.elastic.query import scoring_clauses
from bantin.search.explaining import explanation
from bantin.search.query import Hit, Query
from bantin.search.words import Words


def explaining_body(query: Query, words: Words, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return the body that scores hits again by clauses named after their numbers."""
    ids = [hit.article.article_id for hit in hits]
    named = [
        {"bool": {"should": [clause], "_name": str(number)}}
        for number, (_, _, clause) in enumerate(scoring_clauses(query, words))
    ]
    return {
        "query": {"bool": {"filter": [{"terms": {"article_id": ids}}], "should": named}},
        "size": len(ids),
        "_source": False,
    }


def read_explained(answer: Mapping[str, Any], query: Query, words: Words, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits with what raised them."""
    parts = [(clause, token) for clause, token, _ in scoring_clauses(query, words)]
    scores: dict[str, Mapping[str, float]] = {
        item["_id"]: item.get("matched_queries", {}) for item in answer["hits"]["hits"]
    }
    return tuple(
        hit.model_copy(
            update={
                "raised": explanation(
                    (*parts[int(number)], score) for number, score in scores.get(hit.article.article_id, {}).items()
                )
            }
        )
        for hit in hits
    )
