"""How long readers wait, with all facets over 10,000 articles, and what it costs in processor time.

    python -m bench.latency [ARTICLES] [URL of an Elasticsearch, for an index of its own] [--write]

Loads the articles of `bench/portal_articles.py` into the embedded engine and into an Elasticsearch (started for the run
unless one is named). `HTTP` rows go through the API in this process, the others ask the engine alone. Every query is
asked once for each row, none before; but two hundred others are, as a node that runs for days has compiled its code and
merged what was written. Bare and full queries take turns, so that their ratio holds on a busy machine.
`CPU` is this process's time for one request, on all its threads. `--write` writes the tables into docs/performance.md.
"""

import asyncio
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import httpx
from anyio.to_thread import run_sync
from rich.console import Console

from bantin.http import create_app
from bantin.search.connect import open_engine
from bantin.search.fields import FILTERS
from bantin.search.highlight import highlight
from bantin.search.port import SearchEngine, StoredArticle
from bantin.search.query import Query
from bantin.search.words import parse_words
from bantin.vietnamese.comparison import fold
from bantin_api.app import build
from bantin_api.settings import ApiSettings
from bench.elasticsearch_node import elasticsearch_node, temporary_index
from bench.portal_articles import portal_articles
from quality.sheets import Sheet, terminal_table, with_sheets

COMMAND: Final = "python -m bench.latency --write"
PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
BATCH: Final = 500
QUERIES: Final = 100
DEEP: Final = 20

Call = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Row:
    """What the requests of one kind took: wall time and processor time of each, in milliseconds."""

    name: str
    wall: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])

    async def time(self, call: Call) -> None:
        """Make one request."""
        wall, cpu = time.perf_counter(), time.process_time()
        await call()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.process_time() - cpu) * 1000)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table: median, 95th and 99th percentile, mean of processor time."""
        cuts = quantiles(self.wall * 2, n=100, method="inclusive")  # twice, as a row may have one request
        mean = sum(self.cpu) / len(self.cpu)
        return self.name, *(f"{milliseconds:,.1f}" for milliseconds in (cuts[49], cuts[94], cuts[98], mean))


COLUMNS: Final = ("milliseconds", "p50", "p95", "p99", "CPU")


@dataclass(frozen=True, slots=True)
class Sample:
    """What readers type, made from titles spread over all articles."""

    titles: Sequence[Sequence[str]]

    @property
    def short(self) -> list[str]:
        """Two or three words, as typed with accents."""
        return [" ".join(words[at % 3 :][: 2 + at % 2]) for at, words in enumerate(self.titles)]

    @property
    def unaccented(self) -> list[str]:
        """The same without accents."""
        return [fold(text) for text in self.short]

    @property
    def mistyped(self) -> list[str]:
        """The same with the last two letters of the longest word swapped."""
        return [text.replace(word, word[:-2] + word[:-3:-1]) for text in self.unaccented for word in [_longest(text)]]

    @property
    def questions(self) -> list[str]:
        """A whole title, asked for."""
        return [f"vì sao {' '.join(words).lower()} như thế nào" for words in self.titles]

    @property
    def keystrokes(self) -> list[str]:
        """Every beginning of a name-like text, unaccented."""
        texts = self.unaccented[: len(self.titles) // 8]
        return [text[:end] for text in texts for end in range(1, len(text) + 1)]


def sample(stored: Sequence[StoredArticle], first: int = 0) -> Sample:
    step = max(1, len(stored) // QUERIES)
    return Sample([words for each in stored[first::step] if len(words := each.article.title.split()) > 5])


async def measure(name: str, url: str, stored: Sequence[StoredArticle]) -> Sheet:
    """Return the table of one engine."""
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(open_engine(url))
        await engine.prepare()
        started = time.perf_counter()
        for first in range(0, len(stored), BATCH):
            await engine.write(stored[first : first + BATCH])
        print(f"{name}: {len(stored):,} articles written in {time.perf_counter() - started:.0f} s", flush=True)
        app = create_app([build(ApiSettings(ingest_url="/"), engine)])
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench", timeout=60)
        await stack.enter_async_context(http)
        for first in (1, 2):  # other articles than those whose titles are measured
            await bare_and_full(engine, sample(stored, first))
        bare, full = await bare_and_full(engine, sample(stored))
        rows = [bare, full, *await engine_rows(engine, sample(stored)), *await http_rows(http, sample(stored), stored)]
    times = f"all facets cost {sum(full.wall) / sum(bare.wall):.2f} times a bare query, CPU {_times(full, bare)}"
    return Sheet(f"{name}, {len(stored):,} articles; {times}", COLUMNS, tuple(row.cells for row in rows))


async def bare_and_full(engine: SearchEngine, asked: Sample) -> tuple[Row, Row]:
    """Return bare and full queries, which take turns at being first."""
    bare, full = Row("bare: ten hits"), Row("all facets, histogram by month")
    for at, text in enumerate(asked.short):
        calls: list[tuple[Row, Query]] = [
            (bare, Query(text=text, facets=())),
            (full, Query(text=text, facets=FILTERS, histogram="month")),
        ]
        for row, query in calls if at % 2 else calls[::-1]:
            await row.time(lambda query=query: engine.search(query))
    return bare, full


async def engine_rows(engine: SearchEngine, asked: Sample) -> list[Row]:
    """Return what changes with the kind of query and with the size of the page."""
    kinds = {
        "unaccented": [Query(text=text) for text in asked.unaccented],
        "question of a title's words": [Query(text=text) for text in asked.questions],
        "phrase": [Query(text=f'"{text}"') for text in asked.short],
        "filtered by two fields": [
            Query(text=text, filters={"province": ("An Giang", "Hà Nội"), "section": ("Thời sự",)})
            for text in asked.short
        ],
        "page of 1 hit": [Query(text=text, size=1) for text in asked.short],
        "page of 100 hits": [Query(text=text, size=100) for text in asked.short[:30]],
    }
    rows: list[Row] = []
    for name, queries in kinds.items():
        rows.append(Row(name))
        for query in queries:
            await rows[-1].time(lambda query=query: engine.search(query))
    return [*rows, await deep_pages(engine, "không")]


async def deep_pages(engine: SearchEngine, text: str) -> Row:
    """Return what pages cost, one behind the other."""
    row = Row(f"{DEEP} pages, one behind the other")
    cursor: list[str | None] = [None]

    async def turn() -> None:
        cursor[0] = (await engine.search(Query(text=text, cursor=cursor[0]))).next_cursor

    for _ in range(DEEP):
        await row.time(turn)
        if cursor[0] is None:
            break
    return row


async def http_rows(http: httpx.AsyncClient, asked: Sample, stored: Sequence[StoredArticle]) -> list[Row]:
    """Return what the API's requests take."""
    ids = [each.article.article_id for each in stored[:: max(1, len(stored) // QUERIES)]]
    kinds: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "HTTP: healthz": [("/healthz", {})] * QUERIES,
        "HTTP: search": [("/v1/search", {"q": text}) for text in asked.short],
        "HTTP: search, every facet": [("/v1/search", {"q": text, "facet": FILTERS}) for text in asked.short],
        "HTTP: search, unaccented": [("/v1/search", {"q": text}) for text in asked.unaccented],
        "HTTP: search, mistyped": [("/v1/search", {"q": text}) for text in asked.mistyped],
        "HTTP: newest": [("/v1/search", {})] * 30,
        "HTTP: suggest, first": [("/v1/suggest", {"q": "n"})],
        "HTTP: suggest, each key": [("/v1/suggest", {"q": text}) for text in asked.keystrokes],
        "HTTP: values of a facet": [("/v1/facets/person", {"q": text[:4]}) for text in asked.unaccented],
        "HTTP: similar": [(f"/v1/articles/{each}/similar", {}) for each in ids],
        "HTTP: article": [(f"/v1/articles/{each}", {}) for each in ids],
    }
    rows: list[Row] = []
    for name, requests in kinds.items():
        rows.append(Row(name))
        for path, parameters in requests:
            await rows[-1].time(lambda path=path, parameters=parameters: _get(http, path, parameters))
    return rows


async def _get(http: httpx.AsyncClient, path: str, parameters: dict[str, Any]) -> None:
    (await http.get(path, params=parameters)).raise_for_status()


def _times(one: Row, other: Row) -> str:
    return f"{sum(one.cpu) / sum(other.cpu):.2f}"


def _longest(text: str) -> str:
    return max(text.split(), key=len)


async def highlighting(stored: Sequence[StoredArticle]) -> Sheet:
    """Return what highlighting one hit takes, by the length of its body."""
    chosen = [each.article for each in stored[:: max(1, len(stored) // QUERIES)]]
    rows: list[Row] = []
    for times in (1, 4, 16):
        texts = [(article.title, article.body * times) for article in chosen]
        rows.append(Row(f"bodies of {sum(len(body) for _, body in texts) // len(texts):,} characters"))
        for title, body in texts:
            words = parse_words(" ".join(title.split()[:3]))
            await rows[-1].time(lambda title=title, body=body, words=words: run_sync(highlight, title, body, words))
    return Sheet("Highlighting one hit", COLUMNS, tuple(row.cells for row in rows))


async def every_engine(url: str | None, stored: Sequence[StoredArticle]) -> list[Sheet]:
    """Return the tables of the embedded engine and, where there is a URL, of Elasticsearch."""
    with tempfile.TemporaryDirectory() as scratch:
        found = [await measure("Embedded", f"tantivy:///{scratch}/index", stored)]
    if url:
        async with temporary_index(url) as name:
            found.append(await measure("Elasticsearch", f"{url}/{name}", stored))
    return [*found, await highlighting(stored)]


def main() -> None:
    parser = ArgumentParser(prog="python -m bench.latency", description="Measure how long readers wait.")
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("url", nargs="?", help="of an Elasticsearch to use; else one is started")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    wanted = parser.parse_args()
    stored = list(portal_articles(wanted.articles))
    with elasticsearch_node(wanted.url) as url:
        found = asyncio.run(every_engine(url, stored))
    Console(width=None if sys.stdout.isatty() else 120).print(*map(terminal_table, found), sep="\n")
    if wanted.write:
        PAGE.write_text(with_sheets(PAGE.read_text("utf-8"), COMMAND, found), "utf-8")


if __name__ == "__main__":
    main()
