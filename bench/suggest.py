"""Measure autocomplete and search, with and without a better spelling, over newspaper articles.

    python bench/suggest.py [ARTICLES] [URL of an empty index]

Prints median and 95th percentile in milliseconds, and what the table of suggestions takes. The articles are those of
`bench/corpus.py`; the index is a temporary embedded one unless a URL is given.
"""

import asyncio
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from corpus import articles

from bantin.events import Article, Person
from bantin.search.connect import open_engine
from bantin.search.did_you_mean import better_spelling
from bantin.search.port import StoredArticle
from bantin.search.query import Query
from bantin.search.suggestions import SOURCES, SuggestionTable
from bantin.vietnamese.syllables import cut

BATCH: Final = 200
ROUNDS: Final = 3
TYPED: Final = ("n", "ng", "ngu", "nguy", "nguyen", "nguyen v", "nguyễn vă", "th", "đ", "bo truong", "ha no", "b k")
QUERIES: Final = (
    "bac lieu",
    "dan van kheo",
    "thanh pho ho chi minh",
    "bóng đá việt nam",
    "thủ tướg chính phủ",
    "giá xăng dầu hom nay",
    "dịch bệnh covid 19",
    "tai nan giao thogn",
)


def stored(number: int, text: str) -> StoredArticle:
    """Return a pasted text as an article; what its words name by their capitals stands for the people in it."""
    title, _, body = text.partition("\n\n")
    article = Article(
        article_id=f"{number:06}",
        version=str(number),
        title=title.strip() or "-",
        body=body,
        original_text=text,
        people=tuple(Person(name=name) for name in names(body)),
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        content_type="text/plain",
        bytes=len(text.encode()),
    )
    return StoredArticle(article, writers=("bench",), cluster_id=article.article_id)


def names(body: str) -> list[str]:
    """Return what looks like a name, up to five: two to four capitalised syllables in a row."""
    found: dict[str, None] = {}
    run: list[str] = []
    for word in [*cut(body)[:400], "."]:
        if word.istitle():
            run.append(word)
            continue
        if 2 <= len(run) <= 4:
            found[" ".join(run)] = None
        run = []
    return list(islice(found, 5))


async def timed(calls: Sequence[Callable[[], Awaitable[object]]]) -> str:
    """Return median and 95th percentile of calls, each made several times, in milliseconds."""
    took: list[float] = []
    for call in [*calls] * ROUNDS:
        started = time.perf_counter()
        await call()
        took.append((time.perf_counter() - started) * 1000)
    return f"median {statistics.median(took):6.1f} ms   p95 {statistics.quantiles(took, n=20)[-1]:6.1f} ms"


async def measure(url: str, count: int) -> None:
    async with open_engine(url) as engine:
        await engine.prepare()
        everything = [stored(number, text) for number, text in enumerate(articles(count))]
        for first in range(0, len(everything), BATCH):
            await engine.write(everything[first : first + BATCH])
        started = time.perf_counter()
        await engine.suggest("n", 10)
        print(f"first suggestion, with making the table: {time.perf_counter() - started:.2f} s")
        print("suggest          ", await timed([lambda t=text: engine.suggest(t, 10) for text in TYPED]))
        queries = [Query(text=text) for text in QUERIES]
        print("search           ", await timed([lambda q=query: engine.search(q) for query in queries]))
        totals = [(query, (await engine.search(query)).total) for query in queries]
        print("did_you_mean only", await timed([lambda q=q, n=n: better_spelling(engine, q, n) for q, n in totals]))
        for query, total in totals:
            print(f"  {query.text!r} finds {total}: {await better_spelling(engine, query, total)!r}")
    print(table(everything))


def table(everything: Sequence[StoredArticle]) -> str:
    """Return what the table of the articles' titles and people takes in memory and time."""
    counts: dict[str, dict[str, int]] = {field: {} for field in SOURCES}
    for each in everything:
        for field, values in (
            ("person", [one.name for one in each.article.people]),
            ("title_value", [each.article.title]),
        ):
            for value in values:
                counts[field][value] = counts[field].get(value, 0) + 1
    started = time.perf_counter()
    SuggestionTable(counts)
    took = time.perf_counter() - started
    tracemalloc.start()
    made = SuggestionTable(counts)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"table of {len(made):,} values: made in {took:.2f} s, {size / 1e6:.0f} MB"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        url = sys.argv[2] if len(sys.argv) > 2 else f"tantivy:///{scratch}/index"
        asyncio.run(measure(url, count))


if __name__ == "__main__":
    main()
