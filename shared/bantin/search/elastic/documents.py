"""Articles as Elasticsearch documents, and back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bantin.events import Article
from bantin.search.fields import FIELDS
from bantin.search.moments import EPOCH, microseconds
from bantin.search.port import StoredArticle
from bantin.search.texts import searchable_texts
from bantin.search.understanding.entities import entity_tokens
from bantin.vietnamese.compounds import compound_words, folded_compound_words
from bantin.vietnamese.syllables import exact_syllables, folded_syllables


def document(stored: StoredArticle) -> dict[str, Any]:
    """Return the document of an article: itself, and beside it what is searched, filtered and sorted by."""
    article = stored.article
    texts = searchable_texts(article)
    beside: dict[str, Any] = {
        "article_id": article.article_id,
        "cluster_id": stored.cluster_id,
        "fingerprint": list(stored.fingerprint),
        "writers": list(stored.writers),
        "lead": texts.lead,
        "mentions": list(texts.others),
        "entities": list(entity_tokens(article)),
        "compounds": [" ".join(compound_words(exact_syllables(text))) for text in texts.every],
        "compounds_folded": [" ".join(folded_compound_words(folded_syllables(text))) for text in texts.every],
    }
    if article.published_at is not None:
        beside["published_at"] = microseconds(article.published_at) // 1000
    facets = {field.name: list(dict.fromkeys(field.values(article))) for field in FIELDS}
    beside |= {name: values for name, values in facets.items() if values}
    return beside | {"article": article.model_dump(mode="json")}


def stored_article(source: Mapping[str, Any]) -> StoredArticle:
    """Return the article of a document, as it was written."""
    return StoredArticle(
        Article.model_validate(source["article"]),
        tuple(source["writers"]),
        source["cluster_id"],
        tuple(source["fingerprint"]),
    )


def engine_version(article: Article) -> int:
    """Return `captured_at` in whole microseconds since 1970 (0 before): the newer capture has the higher version."""
    return max(0, (article.captured_at - EPOCH) // timedelta(microseconds=1))
