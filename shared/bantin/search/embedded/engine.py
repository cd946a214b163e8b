"""The tantivy adapter of the search port."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

import anyio
from anyio.to_thread import run_sync

from bantin.events import Article
from bantin.search.clauses import TextField
from bantin.search.embedded.collapsing import collapsed_page, start_by_date, start_by_relevance
from bantin.search.embedded.counting import Counting
from bantin.search.embedded.exporting import batches
from bantin.search.embedded.facet_search import find_values
from bantin.search.embedded.generations import Generations
from bantin.search.embedded.numbered import hit_count, numbered_page, published_span
from bantin.search.embedded.opened import OpenedIndex, Snapshot
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
from bantin.search.embedded.values import value_counts
from bantin.search.highlight import highlight
from bantin.search.port import Lookalike, SearchIndex, SearchUnavailableError, StoredArticle, WriteResult
from bantin.search.query import FacetValue, Hit, Query, Results, Similar
from bantin.search.suggesting import Suggester
from bantin.search.suggestions import Suggestion
from bantin.search.understanding.recognised import doubtful_tokens, understood
from bantin.search.words import Words, parse_words, unquoted_question

Answer = TypeVar("Answer")
_OPEN_ATTEMPTS: Final = 5


class EmbeddedIndex:
    """An index that is written off the event loop, by one thread at a time."""

    def __init__(self, opened: Callable[[], OpenedIndex]) -> None:
        self._opened = opened
        self.writing = Lock()

    async def get(self, article_ids: Sequence[str]) -> Mapping[str, StoredArticle]:
        """See the port."""
        return await run_sync(lambda: self._opened().get(article_ids))

    async def lookalikes(self, fingerprints: Sequence[Sequence[str]]) -> Sequence[Sequence[Lookalike]]:
        """See the port."""
        return await run_sync(lambda: [self._opened().lookalikes(bands) for bands in fingerprints])

    async def write(self, articles: Sequence[StoredArticle]) -> Sequence[WriteResult]:
        """See the port."""
        return await run_sync(lambda: self._alone(lambda index: index.write(articles)))

    async def delete(self, article_ids: Sequence[str]) -> None:
        """See the port."""
        await run_sync(lambda: self._alone(lambda index: index.delete(article_ids)))

    def _alone(self, change: Callable[[OpenedIndex], Answer]) -> Answer:
        with self.writing:
            return change(self._opened())


class TantivyEngine(EmbeddedIndex):
    """A search engine in this process. The first write takes the folder's one writer; reading needs none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(self._live)
        self._generations = Generations(folder)
        self._pinned = PinnedSnapshots()
        self._switching = Lock()
        self._rebuilding = anyio.Lock()
        self._state: tuple[int, int] | None = None
        self._current: OpenedIndex | None = None
        self._replaced: OpenedIndex | None = None
        self._suggester = Suggester(self._moment, self._values)

    async def prepare(self) -> None:
        """See the port."""
        await run_sync(self._generations.create_first)

    async def search(self, query: Query) -> Results:
        """See the port."""
        return await run_sync(self._search, query)

    async def similar(self, article_id: str) -> Similar | None:
        """See the port."""
        return await run_sync(self._similar, article_id)

    async def facet_values(self, query: Query, field: str, text: str, size: int) -> Sequence[FacetValue]:
        """See the port."""
        return await run_sync(lambda: find_values(self._live().snapshot(), query, field, text, size))

    async def export(self, query: Query) -> AsyncGenerator[Sequence[Article]]:
        """See the port."""
        exported = await run_sync(lambda: batches(self._live().snapshot(), query))
        while batch := await run_sync(next, exported, None):
            yield batch

    async def suggest(self, text: str, size: int) -> Sequence[Suggestion]:
        """See the port."""
        return await self._suggester.suggest(text, size)

    async def frequencies(self, field: TextField, tokens: Sequence[str]) -> Sequence[int]:
        """See the port."""
        searcher = self._live().snapshot().searcher
        return [searcher.doc_freq(field, token) for token in tokens]

    @asynccontextmanager
    async def rebuild(self) -> AsyncGenerator[SearchIndex]:
        """See the port. Holds the live index's writer, so that no other process rebuilds or writes meanwhile."""
        async with self._rebuilding:
            fresh = await run_sync(self._begin_rebuild)
            try:
                yield EmbeddedIndex(lambda: fresh)
                await run_sync(self._swap, fresh)
            except BaseException:
                fresh.close()
                with anyio.CancelScope(shield=True):
                    await run_sync(self._generations.remove, fresh.folder)
                raise

    async def ready(self) -> None:
        """See the port."""
        await run_sync(lambda: self._live().snapshot())

    async def close(self) -> None:
        """See the port."""
        await self._suggester.close()
        await run_sync(self._close)

    async def _moment(self) -> str:
        """Return what names the index as it is now."""
        return (await run_sync(lambda: self._live().snapshot())).token

    async def _values(self) -> Mapping[str, Mapping[str, int]]:
        return await run_sync(lambda: value_counts(self._live().snapshot()))

    def _live(self) -> OpenedIndex:
        """Return the live generation, opening it if another process has made it live meanwhile."""
        with self._switching:
            state = self._generations.state()
            if self._current is None or state != self._state:
                self._current = self._open()
                self._state = state
            return self._current

    def _open(self) -> OpenedIndex:
        """Open the live generation; it may be replaced, and the old one deleted, while we do."""
        failure: ValueError | None = None
        for _ in range(_OPEN_ATTEMPTS):
            folder = self._generations.readable()
            try:
                return OpenedIndex(folder)
            except ValueError as error:
                failure = error
        raise SearchUnavailableError(f"the index can't be opened: {failure}") from failure

    def _begin_rebuild(self) -> OpenedIndex:
        with self.writing:
            live = self._generations.live()
            self._replaced = self._live() if live.is_ours else OpenedIndex(live.folder)
            self._replaced.take_writer()
            self._generations.remove_others(self._replaced.folder)
            return OpenedIndex(self._generations.create())

    def _swap(self, fresh: OpenedIndex) -> None:
        with self.writing:
            fresh.take_writer()
            with self._switching:
                self._generations.go_live(fresh.folder)
                self._current, self._state = fresh, self._generations.state()
            if self._replaced is not None:
                self._replaced.close()
                self._generations.remove(self._replaced.folder)
                self._replaced = None

    def _close(self) -> None:
        with self.writing, self._switching:
            if self._current is not None:
                self._current.close()
            self._current = self._state = None

    def _search(self, query: Query) -> Results:
        results = self._answer(query, parse_words(query.text))
        if not results.total and (words := unquoted_question(query.text)):
            return self._answer(query, words)
        return results

    def _answer(self, query: Query, words: Words) -> Results:
        snapshot, page = self._page(query, words)
        counting = Counting(snapshot.searcher, snapshot.matching, query, words)
        results = Results(
            total=page.total,
            hits=tuple(_hit(snapshot, found, words) for found in page.hits),
            facets=counting.facets(),
            histogram=counting.histogram(),
            next_cursor=page.next_cursor,
            understood=understood(words.entities, _held(snapshot, doubtful_tokens(words.entities))),
        )
        return results if query.offset is None else _with_numbers(results, snapshot, query, words)

    def _page(self, query: Query, words: Words) -> tuple[Snapshot, Page]:
        sort = query.effective_sort if words.wanted or query.effective_sort != "relevance" else "newest"
        snapshot = self._live().snapshot()
        if query.offset is not None:
            return snapshot, numbered_page(snapshot, snapshot.matching.query(query, words), query, sort)
        if query.collapse:
            starting = start_by_relevance if sort == "relevance" else start_by_date
            start = starting(query, snapshot, self._pinned)
            snapshot = start.snapshot
            page = collapsed_page(start, snapshot.matching.query(query, words), query, sort)
        elif sort != "relevance":
            return snapshot, page_by_date(snapshot, snapshot.matching.query(query, words), query, sort)
        else:
            snapshot, offset = pinned_place(query, self._pinned) if query.cursor is not None else (snapshot, 0)
            page = page_by_relevance(snapshot, snapshot.matching.query(query, words), query, offset)
        if page.next_cursor:
            self._pinned.pin(snapshot)
        return snapshot, page

    def _similar(self, article_id: str) -> Similar | None:
        opened = self._live()
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


def _held(snapshot: Snapshot, tokens: Sequence[str]) -> set[str]:
    return {token for token in tokens if snapshot.searcher.doc_freq(TextField.ENTITIES, token)}


def _with_numbers(results: Results, snapshot: Snapshot, query: Query, words: Words) -> Results:
    """Return results with what pages by number are told of all hits."""
    matched = snapshot.matching.query(query, words)
    numbers = {
        "hit_count": hit_count(snapshot, matched, query, results.total),
        "published": published_span(snapshot, matched),
    }
    return results.model_copy(update=numbers)


def _hit(snapshot: Snapshot, found: Found, words: Words) -> Hit:
    article = from_document(snapshot.searcher.doc(found.address)).article
    shown = highlight(article.title, article.body, words)
    return Hit(
        article=article,
        score=found.score,
        highlight=shown.highlight,
        snippet=shown.snippet,
        duplicates=found.duplicates,
    )
