"""Measure a rebuild of the index while people search: articles a second, and whether any answer was wrong meanwhile.

    python -m bench.reindex [ARTICLES] [URL of an Elasticsearch] [--write]

The articles are those of `bench/corpus.py`, put on an embedded log as if they had been extracted. The index is a
temporary embedded one, and one of an Elasticsearch (started for the run unless one is named). Searches are made one
after the other by SEARCHERS readers all the while; each answer is compared with the one that was given before the
rebuild. `--write` writes the table into docs/reliability.md.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console

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
from bench.elasticsearch_node import elasticsearch_node, temporary_index
from quality.sheets import Sheet, terminal_table, with_sheets

COMMAND: Final = "python -m bench.reindex --write"
PAGE: Final = Path(__file__).parents[1] / "docs" / "reliability.md"
QUERIES: Final = ("dan van kheo", "bóng đá việt nam", "giá xăng dầu", "thanh pho ho chi minh", "tai nạn giao thông", "")
SEARCHERS: Final = 2
SETTLING_SECONDS: Final = 2
BATCH: Final = 200
COLUMNS: Final = (
    "engine",
    "articles/s",
    "a second of CPU",
    f"with {SEARCHERS} readers",
    "readers wait before, ms (p50, p95)",
    "meanwhile",
    "answers meanwhile",
    "wrong",
)
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


async def rebuild(rebuilds: Rebuilds) -> tuple[str, str]:
    """Rebuild, and tell how many articles a second and a second of this process's CPU, which others do not slow."""
    spent = time.process_time()
    report = await rebuilds.run()
    spent = time.process_time() - spent
    if report.state != "done":
        raise RuntimeError(f"the rebuild ended as {report.state}: {report}")
    return f"{report.read / report.seconds:,.0f}", f"{report.read / spent:,.0f}"


async def measure(log_url: str, search_url: str, count: int) -> tuple[str, ...]:
    """Return the row of one engine: rates without and with readers, their waiting, wrong answers."""
    async with open_log(log_url) as log, open_engine(search_url) as engine:
        await log.create_topics(ALL_TOPICS)
        await engine.prepare()
        await fill_log(log, count)
        system = "elasticsearch" if search_url.startswith("http") else "tantivy"
        quiet, of_cpu = await rebuild(Rebuilds(log, engine, system))
        expected = {text: await answer(engine, text) for text in QUERIES}
        load = Load(engine, expected)
        async with load.applied():
            await asyncio.sleep(SETTLING_SECONDS)
            before, load.took = load.took, []
            busy, _ = await rebuild(Rebuilds(log, engine, system))
        for wrong in load.wrong[:5]:
            print(f"wrong answer: {wrong}")
        asked = f"{len(load.took):,}"
        return system, quiet, of_cpu, busy, waits(before), waits(load.took), asked, f"{len(load.wrong):,}"


async def every_engine(url: str | None, count: int) -> tuple[tuple[str, ...], ...]:
    """Return the row of the embedded engine and, where a URL is given, of Elasticsearch."""
    with tempfile.TemporaryDirectory() as scratch:
        rows = [await measure(f"sqlite:///{scratch}/log.db", f"tantivy:///{scratch}/index", count)]
        if url:
            async with temporary_index(url) as name:
                rows.append(await measure(f"sqlite:///{scratch}/other.db", f"{url.rstrip('/')}/{name}", count))
        return tuple(rows)


def waits(took: list[float]) -> str:
    """Return the median and the 95th percentile of what readers waited."""
    return f"{statistics.median(took):.0f}, {statistics.quantiles(took, n=20)[-1]:.0f}"


def main() -> None:
    configure_logs("bench", "ERROR", "console")
    parser = ArgumentParser(prog="python -m bench.reindex", description="Measure a rebuild while people search.")
    parser.add_argument("articles", type=int, nargs="?", default=2_000)
    parser.add_argument("url", nargs="?", help="of an Elasticsearch to use; else one is started")
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    wanted = parser.parse_args()
    with elasticsearch_node(wanted.url) as url:
        rows = asyncio.run(every_engine(url, wanted.articles))
    found = Sheet(f"{wanted.articles:,} articles read from the log", COLUMNS, rows)
    Console(width=None if sys.stdout.isatty() else 120).print(terminal_table(found))
    if wanted.write:
        PAGE.write_text(with_sheets(PAGE.read_text("utf-8"), COMMAND, [found]), "utf-8")


if __name__ == "__main__":
    main()
