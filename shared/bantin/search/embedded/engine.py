"""The tantivy adapter of the search port."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from anyio.to_thread import run_sync

from bantin.events import Article
from bantin.search.clauses import TextField
from bantin.search.embedded.collapsing import collapsed_page, start_by_date, start_by_relevance
from bantin.search.embedded.counting import Counting
from bantin.search.embedded.explaining import explained
from bantin.search.embedded.exporting import batches
from bantin.search.embedded.facet_search import find_values
from bantin.search.embedded.live import LiveIndex
from bantin.search.embedded.naming import meant
from bantin.search.embedded.numbered import hit_count, numbered_page, published_span
from bantin.search.embedded.opened import Snapshot
from bantin.search.embedded.pages import (
    Found,
    Page,
    PinnedSnapshots,
    page_by_date,
    page_by_relevance,
    pinned_place,
)
from bantin.search.embedded.related import near_duplicates, related
from bantin.search.embedded.schema import from_document
from bantin.search.embedded.settled import settled
from bantin.search.embedded.values import value_counts
from bantin.search.hits import make_hit
from bantin.search.query import FacetValue, Hit, Query, Results, Similar
from bantin.search.suggesting import Suggester
from bantin.search.suggestions import Suggestion
from bantin.search.understanding.recognised import singular_tokens
from bantin.search.words import Words, parse_words, unquoted_question

_COUNTERS: Final = 4
"""So many searches count at once, each beside the thread that reads its hits."""


class TantivyEngine(LiveIndex):
    """A search engine in this process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._pinned = PinnedSnapshots()
        self._suggester = Suggester(self._moment, self._values)
        self._counters = ThreadPoolExecutor(_COUNTERS, "counting")

    async def search(self, query: Query) -> Results:
        """See the port."""
        return await run_sync(self._search, query)

    async def similar(self, article_id: str) -> Similar | None:
        """See the port."""
        return await run_sync(self._similar, article_id)

    async def facet_values(self, query: Query, field: str, text: str, size: int) -> Sequence[FacetValue]:
        """See the port."""
        return await run_sync(lambda: find_values(self.live().snapshot(), query, field, text, size))

    async def export(self, query: Query) -> AsyncGenerator[Sequence[Article]]:
        """See the port."""
        exported = await run_sync(lambda: batches(self.live().snapshot(), query))
        while batch := await run_sync(next, exported, None):
            yield batch

    async def suggest(self, text: str, size: int) -> Sequence[Suggestion]:
        """See the port."""
        return await self._suggester.suggest(text, size)

    async def frequencies(self, field: TextField, tokens: Sequence[str]) -> Sequence[int]:
        """See the port."""
        return await run_sync(lambda: _frequencies(self.live().snapshot(), field, tokens))

    async def ready(self) -> None:
        """See the port."""
        await run_sync(lambda: self.live().snapshot())

    async def close(self) -> None:
        """See the port."""
        await self._suggester.close()
        await run_sync(self._counters.shutdown)
        await run_sync(self.close_index)

    async def _moment(self) -> str:
        """Return what names the index as it is now."""
        return (await run_sync(lambda: self.live().snapshot())).token

    async def _values(self) -> Mapping[str, Mapping[str, int]]:
        return await run_sync(lambda: value_counts(self.live().snapshot()))

    def _search(self, query: Query) -> Results:
        query = settled(self.live().snapshot(), query)
        results = self._answer(query, parse_words(query.wording))
        if not results.total and (words := unquoted_question(query.wording)):
            return self._answer(query, words)
        return results

    def _answer(self, query: Query, words: Words) -> Results:
        snapshot, page = self._page(query, words)
        counting = self._counters.submit(Counting(snapshot.searcher, snapshot.matching, query, words).counted)
        hits = _hits(snapshot, page, query, words)
        counted = counting.result()
        results = Results(
            total=counted.total,
            hits=hits,
            facets=counted.facets,
            histogram=counted.histogram,
            next_cursor=page.next_cursor,
            understood=meant(snapshot, words),
        )
        return results if query.offset is None else _with_numbers(results, snapshot, query, words)

    def _page(self, query: Query, words: Words) -> tuple[Snapshot, Page]:
        sort = query.effective_sort if words.wanted or query.effective_sort != "relevance" else "newest"
        snapshot, singular = self.live().snapshot(), singular_tokens(words.entities)
        if query.offset is not None:
            return snapshot, numbered_page(snapshot, snapshot.matching.query(query, words), query, sort, singular)
        if query.collapse:
            starting = start_by_relevance if sort == "relevance" else start_by_date
            start = starting(query, snapshot, self._pinned)
            snapshot = start.snapshot
            page = collapsed_page(start, snapshot.matching.query(query, words), query, sort, singular)
        elif sort != "relevance":
            return snapshot, page_by_date(snapshot, snapshot.matching.query(query, words), query, sort)
        else:
            snapshot, offset = pinned_place(query, self._pinned) if query.cursor is not None else (snapshot, 0)
            page = page_by_relevance(snapshot, snapshot.matching.query(query, words), query, offset)
        if page.next_cursor:
            self._pinned.pin(snapshot)
        return snapshot, page

    def _similar(self, article_id: str) -> Similar | None:
        opened = self.live()
        stored = opened.get([article_id]).get(article_id)
        if stored is None:
            return None
        snapshot, no_words = opened.snapshot(), parse_words("")
        return Similar(
            similar=tuple(_hit(snapshot, Found(*found), no_words) for found in related(snapshot, stored)),
            duplicates=tuple(
                _hit(snapshot, Found(None, address), no_words) for address in near_duplicates(snapshot, stored)
            ),
        )


def _frequencies(snapshot: Snapshot, field: TextField, tokens: Sequence[str]) -> list[int]:
    return [snapshot.searcher.doc_freq(field, token) for token in tokens]


def _with_numbers(results: Results, snapshot: Snapshot, query: Query, words: Words) -> Results:
    """Return results with what pages by number are told of all hits."""
    matched = snapshot.matching.query(query, words)
    numbers = {
        "hit_count": hit_count(snapshot, matched, query, results.total),
        "published": published_span(snapshot, matched),
    }
    return results.model_copy(update=numbers)


def _hits(snapshot: Snapshot, page: Page, query: Query, words: Words) -> tuple[Hit, ...]:
    hits = tuple(_hit(snapshot, found, words) for found in page.hits)
    return explained(snapshot, query, words, hits, [found.address for found in page.hits]) if query.explain else hits


def _hit(snapshot: Snapshot, found: Found, words: Words) -> Hit:
    article = from_document(snapshot.searcher.doc(found.address)).article
    return make_hit(article, words, found.score, found.duplicates)
