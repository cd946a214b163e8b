"""Follows the receipts topic into the store, and wakes those who wait for a batch to change."""

import time
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager

import anyio
import structlog
from anyio.to_thread import run_sync

from bantin.envelope import UndecodableRecordError, decode
from bantin.eventlog.port import EventLog, Reader, Record
from bantin.events import ReceiptRecorded
from bantin.faults import UnavailableError
from bantin.topics import RECEIPTS
from bantin_ingest.receipts.store import ReceiptStore

POLL_SECONDS = 0.5
POLL_RECORDS = 500
RETRY_SECONDS = 1.0
CATCH_UP_SECONDS = 10.0
NO_PROGRESS_SECONDS = 30.0

logger = structlog.get_logger(__name__)


class Watch:
    """Wakes one waiter when its batch has changed."""

    def __init__(self) -> None:
        self._changed = anyio.Event()

    def wake(self) -> None:
        """Let the waiter go on."""
        self._changed.set()

    async def wait(self) -> None:
        """Return when the batch has changed since the last call (or since the watch began)."""
        await self._changed.wait()
        self._changed = anyio.Event()


class ReceiptTail:
    """One instance's view of every receipt, as far as it has read the topic.

    Before it has `started`, the store may tell of another log. It is `ending` once it has stopped. `steps` counts how
    often it has read on: where that is unchanged no receipt has changed.
    """

    def __init__(self, log: EventLog, store: ReceiptStore) -> None:
        self.ending = False
        self.started = False
        self.steps = 0
        self._log = log
        self._store = store
        self._positions: dict[int, int] = {}
        self._advanced = anyio.Event()
        self._watches: defaultdict[str, set[Watch]] = defaultdict(set)
        self._alive_at = time.monotonic()

    async def run(self, stop: anyio.Event) -> None:
        """Follow the topic until `stop` is set; while the log is away, wait for it."""
        try:
            while not stop.is_set():
                try:
                    await self._start_where_the_store_ended()
                    async with self._log.read(RECEIPTS.name, self._positions) as reader:
                        await self._follow(reader, stop)
                except UnavailableError as error:
                    logger.warning("receipts_unavailable", error=str(error))
                    with anyio.move_on_after(RETRY_SECONDS):
                        await stop.wait()
        finally:
            self.ending = True
            self._advance()
            self._wake_all()

    async def catch_up(self) -> None:
        """Return once everything that is on the topic now is in the store; raise UnavailableError if it takes long."""
        ends = await self._log.end_offsets(RECEIPTS.name)
        with anyio.move_on_after(CATCH_UP_SECONDS) as scope:
            while not self.ending and not self._has_read(ends):
                await self._advanced.wait()
        if scope.cancelled_caught or self.ending:
            raise UnavailableError("the receipts are still being read; ask again in a moment")

    def _has_read(self, ends: Mapping[int, int]) -> bool:
        return self.started and all(self._positions.get(partition, 0) >= end for partition, end in ends.items())

    @contextmanager
    def watch(self, batch_id: str) -> Generator[Watch]:
        """Give a watch over a batch for as long as the block runs."""
        watch = Watch()
        self._watches[batch_id].add(watch)
        try:
            yield watch
        finally:
            self._watches[batch_id].discard(watch)
            if not self._watches[batch_id]:
                del self._watches[batch_id]

    async def check(self) -> None:
        """Return while the topic is being followed; raise UnavailableError if that has stopped or hangs."""
        idle = time.monotonic() - self._alive_at
        if self.ending or idle > NO_PROGRESS_SECONDS:
            raise UnavailableError(f"receipts have not been followed for {idle:.0f} s")

    async def _start_where_the_store_ended(self) -> None:
        """Take up the store's positions, or begin anew where the log is another one than the store has seen."""
        ends = await self._log.end_offsets(RECEIPTS.name)
        positions = await run_sync(self._store.positions)
        if any(position > ends.get(partition, 0) for partition, position in positions.items()):
            logger.warning("receipts_rebuilt", why="the log ends before what was read from it: it was replaced")
            await run_sync(self._store.clear)
            positions = {}
        self._positions = positions
        self.started = True
        self._advance()

    async def _follow(self, reader: Reader, stop: anyio.Event) -> None:
        while not stop.is_set():
            records = await reader.poll(max_records=POLL_RECORDS, timeout=POLL_SECONDS)
            self._alive_at = time.monotonic()
            if records:
                await self._apply(records)

    async def _apply(self, records: Sequence[Record]) -> None:
        receipts = [receipt for record in records if (receipt := _decoded(record))]
        positions = {record.partition: record.offset + 1 for record in records}
        await run_sync(self._store.apply, receipts, positions)
        self._positions = self._positions | positions
        self._advance()
        for batch_id in {receipt.batch_id for receipt in receipts} & self._watches.keys():
            for watch in self._watches[batch_id]:
                watch.wake()

    def _advance(self) -> None:
        self.steps += 1
        self._advanced.set()
        self._advanced = anyio.Event()

    def _wake_all(self) -> None:
        for watches in self._watches.values():
            for watch in watches:
                watch.wake()


def _decoded(record: Record) -> ReceiptRecorded | None:
    try:
        return decode(record, ReceiptRecorded)
    except UndecodableRecordError as error:
        logger.warning("receipt_undecodable", partition=record.partition, offset=record.offset, error=str(error))
        return None
