"""Answers what became of a file, here or at any other instance: nothing is unknown before all has been read."""

from collections.abc import AsyncGenerator

import anyio
from anyio.to_thread import run_sync

from bantin.problem import Problem
from bantin_ingest.receipts.fold import fold_batch, fold_receipt
from bantin_ingest.receipts.model import Batch, Receipt
from bantin_ingest.receipts.store import ReceiptStore
from bantin_ingest.receipts.tail import ReceiptTail

PROGRESS_SECONDS = 0.2
"""Changes within this time are told as one."""


class Receipts:
    """Receipts and batches by their ids."""

    def __init__(self, store: ReceiptStore, tail: ReceiptTail) -> None:
        self._store = store
        self._tail = tail

    @property
    def steps(self) -> int:
        """How often more has been read; while it is unchanged no receipt has changed."""
        return self._tail.steps

    async def receipt(self, receipt_id: str) -> Receipt:
        """Return a receipt; raise a 404 Problem where the topic, read to its end, has none."""
        found = await self.find(receipt_id) if self._tail.started else None
        if found is None:
            await self._tail.catch_up()
            found = await self.find(receipt_id)
        if found is None:
            raise Problem(
                404, "unknown_receipt", "There is no such receipt; take its id from the answer to the upload."
            )
        return found

    async def batch(self, batch_id: str) -> Batch:
        """Return a batch with all its files; raise a 404 Problem where the topic, read to its end, has none."""
        found = await self.find_batch(batch_id) if self._tail.started else None
        if found is None or len(found.files) < found.total:
            await self._tail.catch_up()
            found = await self.find_batch(batch_id)
        if found is None:
            raise Problem(404, "unknown_batch", "There is no such batch; take its id from the answer to the upload.")
        return found

    async def progress(self, batch: Batch) -> AsyncGenerator[Batch]:
        """Give the batch now and after each change, until it has ended or this process is about to."""
        with self._tail.watch(batch.batch_id) as watch:
            yield batch
            while not batch.ended and not self._tail.ending:
                latest = await self.find_batch(batch.batch_id)
                if latest is not None and latest != batch:
                    yield (batch := latest)
                    await anyio.sleep(PROGRESS_SECONDS)
                else:
                    await watch.wait()

    async def find(self, receipt_id: str) -> Receipt | None:
        """Return a receipt if it has been read already."""
        return await run_sync(lambda: fold_receipt(self._store.of_receipt(receipt_id)))

    async def catch_up(self) -> None:
        """Return once everything on the topic now has been read; raise UnavailableError where that takes long."""
        await self._tail.catch_up()

    async def find_batch(self, batch_id: str) -> Batch | None:
        """Return a batch as far as it has been read already."""
        return await run_sync(lambda: fold_batch(self._store.of_batch(batch_id)))
