"""Measure ranking: nDCG@10 over XQuAD's Vietnamese questions, as typed, without accents, in the old tone style.

    python bench/relevance.py ../shared/data/xquad_vi [URL of an empty index]

The index is a temporary embedded one unless a URL is given. Each question has one relevant passage.
"""

import asyncio
import json
import math
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bantin.events import Article
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine, StoredArticle
from bantin.search.query import Query
from bantin.vietnamese.comparison import fold
from bantin.vietnamese.tables import TONE_PLACEMENT

DEPTH: Final = 10
BATCH: Final = 100
NEW_TO_OLD: Final = {new: old for old, new in TONE_PLACEMENT.items()}


def old_style(text: str) -> str:
    """Return text with its tones placed in the old style (`qu` syllables come out misspelt, as often)."""
    for new, old in NEW_TO_OLD.items():
        text = text.replace(new, old)
    return text


VARIANTS: Final[Mapping[str, Callable[[str], str]]] = {
    "as typed": str,
    "without accents": fold,
    "old tone placement": old_style,
    "decomposed, upper case": lambda text: unicodedata.normalize("NFD", text.upper()),
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def passages(folder: Path) -> Iterator[StoredArticle]:
    for row in rows(folder / "docs.jsonl"):
        text = row["text"]
        article = Article(
            article_id=row["id"],
            version=row["id"],
            title=row["title"] or "-",
            body=text,
            original_text=text,
            captured_at=datetime(2026, 1, 1, tzinfo=UTC),
            content_type="text/plain",
            bytes=len(text.encode()),
        )
        yield StoredArticle(article, writers=("bench",), cluster_id=article.article_id)


def gain(ranked: list[str], relevant: str) -> float:
    """Return nDCG where one document is relevant."""
    return 1 / math.log2(ranked.index(relevant) + 2) if relevant in ranked else 0.0


async def ndcg(engine: SearchEngine, questions: Mapping[str, str], relevant: Mapping[str, str]) -> tuple[float, float]:
    """Return mean nDCG@10, and the share of questions that find nothing."""
    gains: list[float] = []
    nothing = 0
    for question, text in questions.items():
        results = await engine.search(Query(text=text, size=DEPTH, facets=()))
        gains.append(gain([hit.article.article_id for hit in results.hits], relevant[question]))
        nothing += results.total == 0
    return sum(gains) / len(gains), nothing / len(gains)


async def measure(folder: Path, url: str) -> None:
    questions = {row["id"]: row["text"] for row in rows(folder / "queries.jsonl")}
    judged = (line.split("\t") for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines())
    relevant = {question: passage for question, passage, _ in judged}
    async with open_engine(url) as engine:
        await engine.prepare()
        articles = list(passages(folder))
        for first in range(0, len(articles), BATCH):
            await engine.write(articles[first : first + BATCH])
        for name, change in VARIANTS.items():
            score, nothing = await ndcg(engine, {key: change(text) for key, text in questions.items()}, relevant)
            print(f"{name:24} nDCG@{DEPTH} {score:.4f}   no hits {nothing:.1%}")


def main() -> None:
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        url = sys.argv[2] if len(sys.argv) > 2 else f"tantivy:///{scratch}/index"
        asyncio.run(measure(folder, url))


if __name__ == "__main__":
    main()
