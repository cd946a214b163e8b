"""Keeping the table of suggestions up to date while articles arrive, without letting those who type wait."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from typing import Final

from anyio.to_thread import run_sync

from bantin.search.suggestions import Suggestion, SuggestionTable

PATIENCE: Final = 0.01
"""Seconds that a request waits for a newer table; then the one at hand answers it."""

QUICK: Final = 0.05
"""Seconds: while tables are made more quickly than this, a request waits for the newer one up to twice as long."""

REST: Final = 10
"""A table rests so many times as long as it took to make before the next: a tenth of one core at most."""

PAUSE: Final = 1.0
"""Seconds before a renewal that failed is tried again."""

_log: Final = logging.getLogger(__name__)

Counts = Mapping[str, Mapping[str, int]]


class Suggester:
    """Suggestions from a table that follows the index: the first call makes it, later ones have it renewed.

    `state` tells when the index has changed, `load` counts its values by field.
    """

    def __init__(self, state: Callable[[], Awaitable[Hashable]], load: Callable[[], Awaitable[Counts]]) -> None:
        self._state = state
        self._load = load
        self._table: SuggestionTable | None = None
        self._of: Hashable = None
        self._rested = 0.0
        self._took = 0.0
        self._making: asyncio.Task[SuggestionTable] | None = None

    async def suggest(self, text: str, size: int) -> tuple[Suggestion, ...]:
        """Return what the words begin. Raise what `state` and `load` raise while there is no table yet."""
        table = await self._newest()
        return table.suggest(text, size)

    async def close(self) -> None:
        """Break off a table that is being made."""
        if self._making is not None and not self._making.done():
            self._making.cancel()
            with suppress(asyncio.CancelledError):
                await self._making

    async def _newest(self) -> SuggestionTable:
        making = self._begun()
        if making is not None:
            await asyncio.wait({making}, timeout=None if self._table is None else self._patience())
            if making.done():
                if self._making is making:
                    self._making = None
                self._take(making)
        if self._table is None:
            return await self._newest()
        return self._table

    def _patience(self) -> float:
        return 2 * QUICK if self._took < QUICK else PATIENCE

    def _take(self, made: asyncio.Task[SuggestionTable]) -> None:
        """Take a new table into use. One that could not be made is an error only where there is no other."""
        try:
            self._table = made.result()
        except Exception:
            if self._table is None:
                raise
            self._rested = time.monotonic() + PAUSE
            _log.warning("the table of suggestions could not be renewed; the one at hand answers", exc_info=True)

    def _begun(self) -> asyncio.Task[SuggestionTable] | None:
        """Return the making of the next table, begun now where it is time for it; one of a loop that ended is lost."""
        if self._making is not None and self._making.get_loop() is not asyncio.get_running_loop():
            self._making = None
        if self._making is None and (self._table is None or time.monotonic() >= self._rested):
            self._making = asyncio.create_task(self._make())
        return self._making

    async def _make(self) -> SuggestionTable:
        started = time.monotonic()
        state, table = await self._state(), self._table
        if table is None or state != self._of:
            table = await run_sync(SuggestionTable, await self._load())
            self._took = time.monotonic() - started
        self._of = state
        self._rested = time.monotonic() + REST * (time.monotonic() - started)
        return table
