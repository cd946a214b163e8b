"""Articles like one, and the near-duplicates of one, as requests and their answers read back; pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bantin.events import Article
from bantin.search.elastic.query import SORTS
from bantin.search.elastic.results import read_hit
from bantin.search.port import Lookalike, StoredArticle
from bantin.search.query import MOST_DUPLICATES, MOST_SIMILAR, Hit
from bantin.search.ranking import RELATED_PAIRS, RELATED_SHARE, RELATED_SYLLABLES
from bantin.search.words import parse_words
from bantin.vietnamese.syllables import folded_syllables

_PAIRS: Final = "words.folded_bigram"


def related_body(stored: StoredArticle) -> dict[str, Any]:
    """Return the body for the articles that share the pairs of syllables by which one stands out."""
    like = {
        "fields": [_PAIRS],
        "like": _beginning(stored.article),
        "min_term_freq": 1,
        "min_doc_freq": 2,
        "max_query_terms": RELATED_PAIRS,
        "minimum_should_match": f"{RELATED_SHARE:.0%}",
    }
    same = {"term": {"cluster_id": stored.cluster_id}}
    return {
        "query": {"bool": {"must": [{"more_like_this": like}], "must_not": [same]}},
        "collapse": {"field": "cluster_id"},
        "size": MOST_SIMILAR,
        "_source": ["article"],
    }


def near_duplicates_body(stored: StoredArticle) -> dict[str, Any]:
    """Return the body for the other articles of one's cluster, oldest first."""
    itself = {"term": {"article_id": stored.article.article_id}}
    same = {"term": {"cluster_id": stored.cluster_id}}
    return {
        "query": {"bool": {"filter": [same], "must_not": [itself]}},
        "sort": SORTS["oldest"],
        "size": MOST_DUPLICATES,
        "_source": ["article"],
    }


def read_hits(answer: Mapping[str, Any]) -> tuple[Hit, ...]:
    """Return the hits of an answer, without highlights: no words were asked for."""
    return tuple(read_hit(item, parse_words("")) for item in answer["hits"]["hits"])


def lookalikes_body(fingerprint: Sequence[str], most: int) -> dict[str, Any]:
    """Return the body for the articles that share most bands with a fingerprint."""
    bands = [{"constant_score": {"filter": {"term": {"fingerprint": band}}}} for band in fingerprint]
    return {
        "query": {"bool": {"should": bands}} if bands else {"match_none": {}},
        "sort": SORTS["relevance"],
        "size": most,
        "track_total_hits": False,
        "_source": ["article_id", "cluster_id", "article.body"],
    }


def read_lookalikes(answer: Mapping[str, Any]) -> list[Lookalike]:
    """Return the articles of an answer."""
    sources = [item["_source"] for item in answer["hits"]["hits"]]
    return [Lookalike(each["article_id"], each["cluster_id"], each["article"]["body"]) for each in sources]


def _beginning(article: Article) -> str:
    return " ".join(folded_syllables(f"{article.title}\n{article.body}")[:RELATED_SYLLABLES])
