"""Collections of articles with queries of which each has one relevant article; from the data beside the project."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from bantin.events import Article
from bantin.search.port import StoredArticle
from bantin.vietnamese.compounds import compound_words
from bantin.vietnamese.syllables import JOINT, exact_syllables

DATA: Final = Path(__file__).parents[3] / "shared" / "data"
XQUAD: Final = DATA / "xquad_vi"
NEWS: Final = DATA / "baomoi_10k.jsonl.gz"

KNOWN_ITEMS: Final = 500
SEED: Final = 10
KEYWORDS: Final = 3
KEYWORD_ARTICLES: Final = 3_000
UNTITLED: Final = "-"
"""The title of an article that has none to show: no word of any query."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Articles, queries by id, and for each query the `article_id` of its relevant article."""

    name: str
    articles: Sequence[StoredArticle]
    queries: Mapping[str, str]
    relevant: Mapping[str, str]

    def sample(self, count: int) -> "Judged":
        """Return the collection with so many of its queries, taken evenly; with all where it has no more."""
        step = max(1, len(self.queries) // count)
        count = min(count, len(self.queries))
        return replace(self, queries=dict(islice(self.queries.items(), 0, step * count, step)))


def questions() -> Judged:
    """Return XQuAD's questions, each with the paragraph that answers it; paragraphs have no titles."""
    articles = [_article(row["id"], UNTITLED, row["text"]) for row in _rows(XQUAD / "docs.jsonl")]
    judged = (line.split("\t") for line in (XQUAD / "qrels.tsv").read_text("utf-8").splitlines())
    return Judged(
        "xquad_vi: question → paragraph",
        articles,
        {row["id"]: row["text"] for row in _rows(XQUAD / "queries.jsonl")},
        {question: passage for question, passage, _ in judged},
    )


def headlines() -> Judged:
    """Return news of which only bodies are indexed, and titles of some as queries."""
    news = list(_news())
    asked = _sample(news)
    return Judged(
        "baomoi_10k: title → body",
        [_article(row["id"], UNTITLED, row["body"]) for row in news],
        {row["id"]: row["title"] for row in asked},
        {row["id"]: row["id"] for row in asked},
    )


def keywords() -> Judged:
    """Return whole news (title, lead, body), and as queries three words of some titles in their order."""
    news = list(islice(_news(), KEYWORD_ARTICLES))
    queries = {row["id"]: query for row in _sample(news) if (query := _keywords(row))}
    return Judged(
        "baomoi_10k (3,000): words of the title → article",
        [_article(row["id"], row["title"], f"{row['lead']}\n\n{row['body']}".strip()) for row in news],
        queries,
        {one: one for one in queries},
    )


def _keywords(row: Mapping[str, str]) -> str:
    """Return three words of a title at random, those of several syllables rather than others."""
    words = list(dict.fromkeys(compound_words(exact_syllables(row["title"]))))
    chance = random.Random(f"{SEED} {row['id']}")
    preferred = sorted(words, key=lambda word: (JOINT not in word, chance.random()))[:KEYWORDS]
    return " ".join(word.replace(JOINT, " ") for word in words if word in preferred)


def _sample(news: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return articles at random, always the same, of those whose title no other has."""
    titles = Counter(row["title"] for row in news)
    return random.Random(SEED).sample([row for row in news if titles[row["title"]] == 1], KNOWN_ITEMS)


def _news() -> Iterator[dict[str, str]]:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _article(article_id: str, title: str, body: str) -> StoredArticle:
    article = Article(
        article_id=article_id,
        version=article_id,
        title=title,
        body=body,
        original_text=body,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        content_type="text/plain",
        bytes=len(body.encode()),
    )
    return StoredArticle(article, writers=("bench",), cluster_id=article_id)
