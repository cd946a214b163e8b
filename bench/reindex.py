"""Measure a rebuild of the index while people search: articles a second, and whether any answer was wrong meanwhile.

    python -m bench.reindex [ARTICLES] [SEARCH URL]

The articles are those of `bench/corpus.py`, put on an embedded log as if they had been extracted. The index is a
temporary embedded one unless a URL is given. Searches are made one after the other by SEARCHERS readers all the while;
each answer is compared with the one that was given before the rebuild.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bantin.envelope import encode
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.events import Article, ArticleEnriched
from bantin.fingerprint import fingerprint
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from bantin.telemetry.logs import configure_logs
from bantin.topics import ALL_TOPICS
from bantin_index.rebuilds import Rebuilds
from bench.corpus import articles

QUERIES: Final = ("dan van kheo", "bóng đá việt nam", "giá xăng dầu", "thanh pho ho chi minh", "tai nạn giao thông", "")
SEARCHERS: Final = 2
BATCH: Final = 200
WHEN: Final = datetime(2026, 1, 1, tzinfo=UTC)

Answers = dict[str, tuple[int, frozenset[str]]]


def enriched(number: int, text: str) -> ArticleEnriched:
    """Return a pasted text as the extract service would send it."""
    title, _, body = text.partition("\n\n")
    article = Article(
        article_id=f"{number:06}",
        version=str(number),
        title=title.strip() or "-",
        body=body,
        original_text=text,
        captured_at=WHEN,
        content_type="text/plain",
        bytes=len(text.encode()),
    )
    receipt = f"r{number}"
    return ArticleEnriched(
        receipt_id=receipt,
        batch_id="bench",
        article_id=article.article_id,
        extracted_at=WHEN,
        article=article,
        fingerprint=fingerprint(body),
    )


async def fill_log(log: EventLog, count: int) -> None:
    events = [encode(enriched(number, text), source="/bench") for number, text in enumerate(articles(count))]
    for start in range(0, len(events), BATCH):
        await log.publish(events[start : start + BATCH])


async def answer(engine: SearchEngine, text: str) -> tuple[int, frozenset[str]]:
    """Return how many articles a query finds, and those that were found first."""
    found = await engine.search(Query(text=text, size=50, collapse=False))
    return found.total, frozenset(hit.article.article_id for hit in found.hits) if text else frozenset()


class Load:
    """Readers who search all the while, and compare."""

    def __init__(self, engine: SearchEngine, expected: Answers) -> None:
        self._engine = engine
        self._expected = expected
        self.took: list[float] = []
        self.wrong: list[str] = []

    @asynccontextmanager
    async def applied(self) -> AsyncGenerator[None]:
        tasks = [asyncio.create_task(self._search_on()) for _ in range(SEARCHERS)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _search_on(self) -> None:
        while True:
            for text, (total, first) in self._expected.items():
                began = time.perf_counter()
                try:
                    now = await answer(self._engine, text)
                except Exception as error:  # noqa: BLE001 - whatever it is, somebody got no answer
                    self.wrong.append(f"{text!r}: {error!r}")
                    continue
                self.took.append((time.perf_counter() - began) * 1000)
                if now[0] != total or len(now[1] & first) < 0.9 * len(first):
                    self.wrong.append(f"{text!r}: {now[0]} articles, not {total}")


async def rebuild(rebuilds: Rebuilds, what: str) -> None:
    """Rebuild, and print how fast that was; a second of this process's CPU is the same on a busy machine."""
    spent = time.process_time()
    report = await rebuilds.run()
    spent = time.process_time() - spent
    rates = f"{report.read / report.seconds:,.0f} a second, {report.read / spent:,.0f} a second of CPU"
    print(f"{what}: {report.state}, {report.read:,} articles in {report.seconds:.1f} s, {rates}")


async def measure(log_url: str, search_url: str, count: int) -> None:
    async with open_log(log_url) as log, open_engine(search_url) as engine:
        await log.create_topics(ALL_TOPICS)
        await engine.prepare()
        await fill_log(log, count)
        system = "elasticsearch" if search_url.startswith("http") else "tantivy"
        await rebuild(Rebuilds(log, engine, system), "rebuild, nobody searching")
        expected = {text: await answer(engine, text) for text in QUERIES}
        load = Load(engine, expected)
        async with load.applied():
            await asyncio.sleep(2)
            before, load.took = load.took, []
            await rebuild(Rebuilds(log, engine, system), f"rebuild, {SEARCHERS} readers searching")
        for name, took in (("before", before), ("during", load.took)):
            p95 = statistics.quantiles(took, n=20)[-1]
            print(f"searches {name}: {len(took)}, median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms")
        print(f"wrong answers: {len(load.wrong)}", *load.wrong[:5], sep="\n  ")


def main() -> None:
    configure_logs("bench", "ERROR", "console")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as scratch:
        search_url = sys.argv[2] if len(sys.argv) > 2 else f"tantivy:///{Path(scratch) / 'index'}"
        asyncio.run(measure(f"sqlite:///{Path(scratch) / 'log.db'}", search_url, count))


if __name__ == "__main__":
    main()
