"""Answers for dead letters: which there are, what each says, and its record; as the log has them at the moment."""

from collections.abc import Collection, Mapping, Sequence

from anyio.to_thread import run_sync

from bantin.eventlog.port import EventLog, Record
from bantin_ingest.deadletters.letters import DecidedLetter, Letter, PlacedAction
from bantin_ingest.deadletters.reading import read_records
from bantin_ingest.deadletters.store import LetterStore, Mark, Selection
from bantin_ingest.deadletters.tail import LetterTail


class DeadLetters:
    """Dead letters of every stage. Each question reads the log to its end first.

    So every method raises UnavailableError or RefusedError where the log can't be read now.
    """

    def __init__(self, log: EventLog, store: LetterStore) -> None:
        self._log = log
        self._store = store
        self._tail = LetterTail(log, store)

    async def listing(
        self, selection: Selection, after: Mark | None, size: int
    ) -> tuple[Sequence[DecidedLetter], Sequence[tuple[str, str, int]]]:
        """Return a page, and how many letters of its state there are of each stage and reason, as of one moment."""
        await self._tail.catch_up()
        return await run_sync(self._store.listing, selection, after, size)

    async def page(self, selection: Selection, after: Mark | None, size: int) -> list[DecidedLetter]:
        """Return up to `size` letters, the latest first, from behind `after` on."""
        await self._tail.catch_up()
        return await run_sync(self._store.page, selection, after, size)

    async def count(self, selection: Selection) -> Sequence[tuple[str, str, int]]:
        """Return how many letters there are of each stage and reason, the most first."""
        await self._tail.catch_up()
        return await run_sync(self._store.count, selection)

    async def find(self, names: Collection[str]) -> dict[str, DecidedLetter]:
        """Return the letters of these names; an unknown one is missing."""
        await self._tail.catch_up()
        return await self.known(names)

    async def known(self, names: Collection[str]) -> dict[str, DecidedLetter]:
        """Return the letters of these names as far as the log has been read; it is not asked."""
        found = await run_sync(lambda: {name: self._store.find(name) for name in names})
        return {name: letter for name, letter in found.items() if letter is not None}

    async def actions(self, names: Collection[str]) -> Mapping[str, Sequence[PlacedAction]]:
        """Return the actions about each of these letters, as far as the log has been read; it is not asked."""
        return await run_sync(lambda: {name: self._store.actions(name) for name in names})

    async def records(self, letters: Collection[Letter]) -> dict[str, Record]:
        """Return the record of each letter, by the letter's name; one that the log has lost is missing."""
        found = await read_records(self._log, {letter.place for letter in letters})
        return {letter.letter: found[letter.place] for letter in letters if letter.place in found}
