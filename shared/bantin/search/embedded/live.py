"""The live generation of an index: opened, written to, rebuilt, and replaced while searches go on."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

import anyio
import structlog
from anyio.to_thread import run_sync

from bantin.search.embedded.generations import Generations
from bantin.search.embedded.opened import OpenedIndex
from bantin.search.port import (
    Layout,
    Lookalike,
    RebuildRunningError,
    SearchUnavailableError,
    StoredArticle,
    WriteResult,
)

Answer = TypeVar("Answer")
_OPEN_ATTEMPTS: Final = 5

logger = structlog.get_logger(__name__)


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
            return change(self._writable())

    def _writable(self) -> OpenedIndex:
        return self._opened()


class FreshIndex(EmbeddedIndex):
    """A new generation that is being filled."""

    def __init__(self, opened: OpenedIndex, hold: Callable[[], Awaitable[None]]) -> None:
        super().__init__(lambda: opened)
        self._hold = hold

    async def hold_writes(self) -> None:
        """See the port."""
        await self._hold()


class LiveIndex(EmbeddedIndex):
    """The live generation. The first write takes the folder's one writer; reading needs none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(self.live)
        self._generations = Generations(folder)
        self._switching = Lock()
        self._rebuilding = Lock()
        self._held = False
        self._state: tuple[int, int] | None = None
        self._current: OpenedIndex | None = None
        self._replaced: OpenedIndex | None = None

    async def prepare(self) -> None:
        """See the port."""
        await run_sync(self._prepare)

    async def layout(self) -> Layout:
        """See the port."""
        return await run_sync(self._generations.layout)

    @asynccontextmanager
    async def rebuild(self) -> AsyncGenerator[FreshIndex]:
        """See the port. Holds the live index's writer, so that no other process rebuilds or writes meanwhile."""
        if not self._rebuilding.acquire(blocking=False):
            raise RebuildRunningError("this process is rebuilding the index already")
        try:
            replaced, fresh = await run_sync(self._begin_rebuild)
            try:
                yield FreshIndex(fresh, self._hold_writes)
                await run_sync(self._swap, replaced, fresh)
            except BaseException:
                with anyio.CancelScope(shield=True):
                    await run_sync(self._give_up, fresh)
                raise
        finally:
            self._held = False
            self._rebuilding.release()

    def live(self) -> OpenedIndex:
        """Return the live generation, opening it if another process has made it live meanwhile."""
        with self._switching:
            state = self._generations.state()
            if self._current is None or state != self._state:
                self._current = self._open()
                self._state = state
            return self._current

    def close_index(self) -> None:
        """Give up the writer, and what is open."""
        with self.writing, self._switching:
            if self._current is not None:
                self._current.close()
            self._current = self._state = None

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

    def _writable(self) -> OpenedIndex:
        if self._held:
            raise SearchUnavailableError("the index is being replaced by a new one: write again in a moment")
        return self.live()

    def _prepare(self) -> None:
        """Create what is missing; delete what a rebuild that crashed left behind, unless another process writes."""
        self._generations.create_first()
        live = self._generations.live()
        if not live.is_ours or not self._generations.has_others(live.folder):
            return
        with self.writing, suppress(SearchUnavailableError):
            opened = self.live()
            with opened.borrowed_writer():
                self._generations.remove_others(opened.folder)

    def _begin_rebuild(self) -> tuple[Path, OpenedIndex]:
        """Return the folder of the live generation, whose writer is ours now, and a new generation."""
        with self.writing:
            live = self._generations.live()
            try:
                self._replaced = self.live() if live.is_ours else OpenedIndex(live.folder)
            except (ValueError, SearchUnavailableError) as error:
                # Nobody else can write to it either, and a rebuild is what mends it.
                logger.warning("index_unreadable", folder=str(live.folder), error=str(error))
                self._replaced = None
            else:
                self._replaced.take_writer()
            self._generations.remove_others(live.folder)
            return live.folder, OpenedIndex(self._generations.create())

    async def _hold_writes(self) -> None:
        self._held = True
        await run_sync(self._await_writer)

    def _await_writer(self) -> None:
        with self.writing:
            pass

    def _swap(self, replaced: Path, fresh: OpenedIndex) -> None:
        with self.writing:
            fresh.take_writer()
            with self._switching:
                self._generations.go_live(fresh.folder)
                self._current, self._state = fresh, self._generations.state()
            if self._replaced is not None:
                self._replaced.close()
                self._replaced = None
            self._generations.remove(replaced)

    def _give_up(self, fresh: OpenedIndex) -> None:
        """Delete a new generation, unless it has become the live one: a cancelled swap goes on to its end."""
        with self.writing:
            if self._generations.live().folder != fresh.folder:
                fresh.close()
                self._generations.remove(fresh.folder)
