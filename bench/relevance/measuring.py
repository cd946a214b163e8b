"""One run: every system over every collection and variant, the engine without some of its clauses, and the cost."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bench.relevance import collections, systems
from bench.relevance.ablation import EVERY, FAMILIES, without
from bench.relevance.collections import Judged
from bench.relevance.measures import Scores, scores
from bench.relevance.systems import System
from bench.relevance.variants import ACCENTED, UNACCENTED, VARIANTS

COLLECTIONS: Final = (collections.questions, collections.headlines, collections.keywords)
GROWTH: Final = (1_000, 3_000, 10_000)
"""Articles in the index when searches are timed."""

WHOLE: Final = "nothing left out"
_ABLATED: Final = 100
_TIMED: Final = 100
_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """What one system reached on one collection with so many queries, typed in one way."""

    collection: str
    variant: str
    system: str
    queries: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds that a search took, the median, with so many articles and queries of so many syllables."""

    system: str
    articles: int
    syllables: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a run measured; `ablated` names the family left out where `rows` name the system."""

    rows: list[Row] = field(default_factory=list[Row])
    ablated: list[Row] = field(default_factory=list[Row])
    costs: list[Cost] = field(default_factory=list[Cost])


Opening = Callable[[], AbstractAsyncContextManager[System]]


async def measure(url: str | None, most: int, say: Callable[[str], None]) -> Figures:
    """Measure the embedded engine, and Elasticsearch with us and without where there is a URL; say how it goes.

    `most` queries of each collection are asked, the clauses' own worth is measured on fewer.
    """
    figures = Figures()
    with tempfile.TemporaryDirectory() as folder:
        opening: dict[str, Opening] = {systems.EMBEDDED: partial(systems.embedded, folder)}
        if url:
            opening[systems.ELASTICSEARCH] = partial(systems.elasticsearch, url)
            opening[systems.STANDARD] = partial(systems.standard, url)
        for collection in COLLECTIONS:
            judged = collection().sample(most)
            for name, opened in opening.items():
                say(f"{judged.name}: {name}")
                async with opened() as system:
                    figures.costs.extend(await _filled(name, system, judged))
                    for variant in VARIANTS:
                        figures.rows.append(await _row(system, judged, variant, name))
                        say(f"  {variant}: nDCG@10 {figures.rows[-1].scores.ndcg:.4f}")
                    if name == systems.EMBEDDED:
                        say(f"{judged.name}: without each family of clauses")
                        figures.ablated.extend(await _ablated(system, judged.sample(_ABLATED)))
    return figures


async def _filled(name: str, system: System, judged: Judged) -> list[Cost]:
    """Index a collection; time searches on the way where it is large enough."""
    costs: list[Cost] = []
    done = 0
    for size in GROWTH if len(judged.articles) >= GROWTH[-1] else (len(judged.articles),):
        await system.fill(judged.articles[done:size])
        done = size
        if size in GROWTH and name != systems.STANDARD:
            costs += [await _timed(name, system, judged, size, syllables) for syllables in (2, 4, 8)]
    return costs


async def _timed(name: str, system: System, judged: Judged, articles: int, syllables: int) -> Cost:
    texts = [" ".join(text.split()[:syllables]) for text in judged.sample(_TIMED).queries.values()]
    taken: list[float] = []
    for text in texts:
        started = time.perf_counter()
        await system.rank(text)
        taken.append((time.perf_counter() - started) * 1000)
    return Cost(name, articles, syllables, statistics.median(taken))


async def _ablated(system: System, judged: Judged) -> list[Row]:
    rows = [await _row(system, judged, variant, WHOLE) for variant in (ACCENTED, UNACCENTED)]
    for family in (*FAMILIES, EVERY):
        with without(family):
            rows += [await _row(system, judged, variant, family) for variant in (ACCENTED, UNACCENTED)]
    return rows


async def _row(system: System, judged: Judged, variant: str, name: str) -> Row:
    return Row(judged.name, variant, name, len(judged.queries), await ranked(system, judged, VARIANTS[variant]))


async def ranked(system: System, judged: Judged, typed: Callable[[str], str]) -> Scores:
    """Return the scores of a system over a collection's queries as they are typed."""
    asked = list(judged.queries.items())
    rankings: list[tuple[Sequence[str], str]] = []
    for first in range(0, len(asked), _AT_ONCE):
        few = asked[first : first + _AT_ONCE]
        hits = await asyncio.gather(*(system.rank(typed(text)) for _, text in few))
        rankings += [(ids, judged.relevant[query]) for ids, (query, _) in zip(hits, few, strict=True)]
    return scores(rankings)
