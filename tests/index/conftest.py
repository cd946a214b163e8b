"""An index in memory that keeps the port's promises, events to feed it, and a place to look at spans."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest
from opentelemetry.context import Context

from bantin.events import ArticleEnriched
from bantin.handler import Delivery
from bantin.search.port import Lookalike, SearchUnavailableError, StoredArticle, WriteResult
from tests.index.captures import make_event

MakeEvent = Callable[..., ArticleEnriched]


class MemoryIndex:
    """Versioned writes in a dict; `answers` holds what it is to answer for an article instead of writing it."""

    def __init__(self) -> None:
        self.held: dict[str, StoredArticle] = {}
        self.answers: dict[str, WriteResult] = {}
        self.bulks: list[list[StoredArticle]] = []
        self.down = False

    async def get(self, article_ids: Sequence[str]) -> Mapping[str, StoredArticle]:
        if self.down:
            raise SearchUnavailableError("no answer from the engine")
        return {key: self.held[key] for key in article_ids if key in self.held}

    async def write(self, articles: Sequence[StoredArticle]) -> Sequence[WriteResult]:
        if self.down:
            raise SearchUnavailableError("no answer from the engine")
        assert len({stored.article.article_id for stored in articles}) == len(articles)
        self.bulks.append(list(articles))
        return [self._write(stored) for stored in articles]

    def _write(self, stored: StoredArticle) -> WriteResult:
        key = stored.article.article_id
        if key in self.answers:
            return self.answers[key]
        if key in self.held and self.held[key].article.captured_at > stored.article.captured_at:
            return WriteResult("stale")
        self.held[key] = stored
        return WriteResult("written")

    async def lookalikes(self, fingerprints: Sequence[Sequence[str]]) -> Sequence[Sequence[Lookalike]]:
        if self.down:
            raise SearchUnavailableError("no answer from the engine")
        return [self._sharing(set(bands)) for bands in fingerprints]

    def _sharing(self, bands: set[str]) -> list[Lookalike]:
        sharing = [held for held in self.held.values() if bands & set(held.fingerprint)]
        sharing.sort(key=lambda held: (-len(bands & set(held.fingerprint)), held.article.article_id))
        return [Lookalike(held.article.article_id, held.cluster_id, held.article.body) for held in sharing]

    async def delete(self, article_ids: Sequence[str]) -> None:
        for key in article_ids:
            self.held.pop(key, None)

    async def hold_writes(self) -> None:
        pass


class MemoryEngine(MemoryIndex):
    """An engine that can only write, and rebuild itself into `fresh`."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh = MemoryIndex()

    @asynccontextmanager
    async def rebuild(self) -> AsyncGenerator[MemoryIndex]:
        yield self.fresh
        self.held = self.fresh.held


@pytest.fixture
def event() -> MakeEvent:
    """Make a capture: `event(receipt, minute, text, article_id=…, views=…)`."""
    return make_event


@pytest.fixture
def deliver() -> Callable[..., list[Delivery[ArticleEnriched]]]:
    """Put events into deliveries without a span."""
    return lambda *events: [Delivery(event, Context()) for event in events]


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex()


@pytest.fixture
def engine() -> MemoryEngine:
    return MemoryEngine()
