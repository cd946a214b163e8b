"""The index as Elasticsearch keeps it: settings and a strict mapping, made from the field table.

A document holds the whole article under `article`, of which only title and body are looked into, and beside it what is
searched, filtered and sorted by. `words` gathers every text that a query's words may match.
"""

from typing import Any, Final

from bantin.search.elastic.analysis import EXACT, EXACT_BIGRAM, FOLDED, FOLDED_BIGRAM, analysis
from bantin.search.fields import FIELDS
from bantin.search.suggestions import LONGEST_VALUE

REFRESH_INTERVAL: Final = "200ms"
"""How long a written article may stay unseen: every write waits for the next refresh, and shares it with the others."""

LONGEST_KEYWORD: Final = 8_191
"""Characters of a facet value; a longer one would exceed Lucene's 32,766 bytes and refuse the whole article."""


def settings(refresh_interval: str = REFRESH_INTERVAL) -> dict[str, Any]:
    """Return the settings of a new index; a `refresh_interval` of `-1` suits one that nobody searches yet.

    One shard: facet counts are exact only within a shard, and a shard holds millions of articles. No tombstones of
    deleted articles (`gc_deletes`): a deleted article may come back with the capture that it had.
    """
    return {
        "index": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": refresh_interval,
            "gc_deletes": "0s",
        },
        "analysis": analysis(),
    }


def mappings() -> dict[str, Any]:
    """Return the mapping: strict, so that a field nobody thought of is an error and not a guess."""
    return {
        "dynamic": "strict",
        "properties": {
            "article_id": {"type": "keyword"},
            "cluster_id": {"type": "keyword"},
            "fingerprint": {"type": "keyword", "doc_values": False},
            "writers": {"type": "keyword", "index": False, "doc_values": False},
            "published_at": {"type": "date", "format": "epoch_millis"},
            "article": {
                "dynamic": False,
                "properties": {
                    "title": {**_text(whole=_whole()), "copy_to": "words"},
                    "body": {"type": "text", "index": False, "copy_to": "words"},
                },
            },
            "lead": {"type": "text", "analyzer": FOLDED},
            "mentions": {"type": "text", "index": False, "copy_to": "words"},
            "words": _text(),
            "compounds": {"type": "text", "analyzer": "whitespace"},
            "compounds_folded": {"type": "text", "analyzer": "whitespace"},
            "entities": {"type": "keyword", "doc_values": False},
            **{field.name: {"type": "keyword", "ignore_above": LONGEST_KEYWORD} for field in FIELDS},
        },
    }


def _text(**more: dict[str, Any]) -> dict[str, Any]:
    """Return a text looked into in four ways: with and without accents, by syllable and by pairs of them."""
    siblings = {"folded": FOLDED, "bigram": EXACT_BIGRAM, "folded_bigram": FOLDED_BIGRAM}
    fields = {name: {"type": "text", "analyzer": analyzer} for name, analyzer in siblings.items()}
    return {"type": "text", "analyzer": EXACT, "fields": fields | more}


def _whole() -> dict[str, Any]:
    """Return a text as it is, to be counted."""
    return {"type": "keyword", "ignore_above": LONGEST_VALUE}
