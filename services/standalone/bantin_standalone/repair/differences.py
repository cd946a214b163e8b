"""How an article in the index differs from what it should be."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final, Literal

from bantin.events import Article
from bantin.search.port import SearchEngine
from bantin.search.query import Query

Kind = Literal["missing", "gained", "stale", "surplus"]

OF_THE_WRITING: Final = frozenset({"indexed_at", "trace_id"})
"""Fields that tell of the writing, not of the article: they differ wherever it was written again."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An article that the index lacks, holds in other words, or should not hold; `fields` are those that differ.

    `gained` is one that it lacks and a replay has found.
    """

    kind: Kind
    article_id: str
    title: str
    fields: tuple[str, ...] = ()


def changed_fields(one: Article, other: Article) -> tuple[str, ...]:
    """Return the fields in which two readings of an article differ."""
    names = (name for name in Article.model_fields if name not in OF_THE_WRITING)
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


async def lacking(should: SearchEngine, live: SearchEngine) -> AsyncGenerator[Difference]:
    """Give the articles that the live engine lacks or holds otherwise than the other one.

    An article of which the live engine holds a newer capture has changed meanwhile, and is none.
    """
    async for batch in should.export(Query()):
        held = await live.get([article.article_id for article in batch])
        for article in batch:
            stored = held.get(article.article_id)
            if stored is None:
                yield Difference("missing", article.article_id, article.title)
            elif stored.article.captured_at <= article.captured_at and (
                fields := changed_fields(article, stored.article)
            ):
                yield Difference("stale", article.article_id, article.title, fields)


async def surplus(should: SearchEngine, live: SearchEngine) -> AsyncGenerator[Difference]:
    """Give the articles that only the live engine holds."""
    async for batch in live.export(Query()):
        there = await should.get([article.article_id for article in batch])
        for article in batch:
            if article.article_id not in there:
                yield Difference("surplus", article.article_id, article.title)
