"""How long readers wait, with all facets over 10,000 articles, and what it costs in processor time.

    python -m bench.latency [ARTICLES] [URL of an Elasticsearch, for an index of its own]

Loads the articles of `bench/portal_articles.py` into the embedded engine and, where one is named here or by
`BANTIN_TEST_ELASTICSEARCH`, into Elasticsearch. `HTTP` rows go through the API in this process, the others ask the
engine alone. Every query is asked once for each row, none before. Bare and full queries take turns, so that their
ratio holds on a busy machine. `CPU` is this process's time for one request, on all its threads.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any, Final
from uuid import uuid4

import httpx
from anyio.to_thread import run_sync
from elasticsearch import AsyncElasticsearch

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
from bench.portal_articles import portal_articles

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

    def __str__(self) -> str:
        cuts = quantiles(self.wall * 2, n=100, method="inclusive")  # twice, as a row may have one request
        mean = sum(self.cpu) / len(self.cpu)
        return f"{self.name:36} {cuts[49]:8.1f} {cuts[94]:8.1f} {cuts[98]:8.1f} {mean:8.1f}"


HEADING: Final = f"{'milliseconds':36} {'p50':>8} {'p95':>8} {'p99':>8} {'CPU':>8}"


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


def sample(stored: Sequence[StoredArticle]) -> Sample:
    step = max(1, len(stored) // QUERIES)
    return Sample([words for each in stored[::step] if len(words := each.article.title.split()) > 5])


async def measure(name: str, url: str, stored: Sequence[StoredArticle]) -> None:
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(open_engine(url))
        await engine.prepare()
        started = time.perf_counter()
        for first in range(0, len(stored), BATCH):
            await engine.write(stored[first : first + BATCH])
        print(
            f"\n{name}: {len(stored):,} articles written in {time.perf_counter() - started:.0f} s\n{HEADING}",
            flush=True,
        )
        app = create_app([build(ApiSettings(ingest_url="/"), engine)])
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench", timeout=60)
        await stack.enter_async_context(http)
        await engine.search(Query(text="xin chào"))
        await ratio(engine, sample(stored))
        await engine_rows(engine, sample(stored))
        await http_rows(http, sample(stored), stored)


async def ratio(engine: SearchEngine, asked: Sample) -> None:
    """Print bare and full queries, which take turns at being first, and how the one compares with the other."""
    bare, full = Row("bare: ten hits"), Row("all facets, histogram by month")
    for at, text in enumerate(asked.short):
        calls: list[tuple[Row, Query]] = [
            (bare, Query(text=text, facets=())),
            (full, Query(text=text, facets=FILTERS, histogram="month")),
        ]
        for row, query in calls if at % 2 else calls[::-1]:
            await row.time(lambda query=query: engine.search(query))
    print(bare)
    print(full)
    print(f"all facets cost {sum(full.wall) / sum(bare.wall):.2f} times a bare query, CPU {_times(full, bare)}")


async def engine_rows(engine: SearchEngine, asked: Sample) -> None:
    """Print what changes with the kind of query and with the size of the page."""
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
    for name, queries in kinds.items():
        row = Row(name)
        for query in queries:
            await row.time(lambda query=query: engine.search(query))
        print(row)
    print(await deep_pages(engine, "không"))


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


async def http_rows(http: httpx.AsyncClient, asked: Sample, stored: Sequence[StoredArticle]) -> None:
    """Print what the API's requests take."""
    ids = [each.article.article_id for each in stored[:: max(1, len(stored) // QUERIES)]]
    rows: dict[str, list[tuple[str, dict[str, Any]]]] = {
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
    for name, requests in rows.items():
        row = Row(name)
        for path, parameters in requests:
            await row.time(lambda path=path, parameters=parameters: _get(http, path, parameters))
        print(row)


async def _get(http: httpx.AsyncClient, path: str, parameters: dict[str, Any]) -> None:
    (await http.get(path, params=parameters)).raise_for_status()


def _times(one: Row, other: Row) -> str:
    return f"{sum(one.cpu) / sum(other.cpu):.2f}"


def _longest(text: str) -> str:
    return max(text.split(), key=len)


async def body_rows(stored: Sequence[StoredArticle]) -> None:
    """Print what highlighting one hit takes, by the length of its body."""
    print(f"highlighting one hit\n{HEADING}")
    chosen = [each.article for each in stored[:: max(1, len(stored) // QUERIES)]]
    for times in (1, 4, 16):
        texts = [(article.title, article.body * times) for article in chosen]
        row = Row(f"bodies of {sum(len(body) for _, body in texts) // len(texts):,} characters")
        for title, body in texts:
            words = parse_words(" ".join(title.split()[:3]))
            await row.time(lambda title=title, body=body, words=words: run_sync(highlight, title, body, words))
        print(row)


async def measure_elasticsearch(url: str, stored: Sequence[StoredArticle]) -> None:
    name = f"bench-{uuid4().hex[:12]}"
    try:
        await measure("Elasticsearch", f"{url.rstrip('/')}/{name}", stored)
    finally:
        async with AsyncElasticsearch(url) as client:
            found = await client.indices.get(index=f"{name}-*")
            await client.indices.delete(index=",".join(found))


def main() -> None:
    stored = list(portal_articles(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
    asyncio.run(body_rows(stored))
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(measure("Embedded", f"tantivy:///{scratch}/index", stored))
    if url := sys.argv[2] if len(sys.argv) > 2 else os.environ.get("BANTIN_TEST_ELASTICSEARCH"):
        asyncio.run(measure_elasticsearch(url, stored))


if __name__ == "__main__":
    main()
