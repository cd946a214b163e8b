"""What became of files, over HTTP: batches, their progress as server-sent events, and receipts."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any

from fastapi import APIRouter, Path
from sse_starlette import EventSourceResponse, ServerSentEvent

from bantin.faults import RefusedError, UnavailableError
from bantin.problem import Problem
from bantin_ingest.receipts.lookup import Receipts
from bantin_ingest.receipts.model import Batch, Receipt

KEEP_ALIVE_SECONDS = 15
RETRY_AFTER_SECONDS = 2

BatchId = Annotated[str, Path(description="The batch's id, from the answer to the upload.")]
ReceiptId = Annotated[str, Path(description="The receipt's id, from its batch.")]

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is no such batch or receipt."},
    503: {"description": "The receipts can't be read now."},
}
_EVENTS: dict[str, Any] = {
    "description": "Each event's data is the batch, as JSON.",
    "content": {"text/event-stream": {}},
}


def receipt_router(receipts: Receipts) -> APIRouter:
    """Return the routes that answer for files that came in."""
    router = APIRouter(tags=["receipts"])

    @router.get("/v1/batches/{batch_id}", summary="A batch with a receipt for every file", responses=_PROBLEMS)
    async def get_batch(batch_id: BatchId) -> Batch:  # pyright: ignore[reportUnusedFunction]
        """Return how far a batch has come, and each file's receipt; `done` means that every file has ended."""
        return await find_batch(receipts, batch_id)

    @router.get(
        "/v1/batches/{batch_id}/events",
        summary="A batch as server-sent events, until every file has ended",
        response_class=EventSourceResponse,
        responses={200: _EVENTS, **_PROBLEMS},
    )
    async def get_batch_events(batch_id: BatchId) -> EventSourceResponse:  # pyright: ignore[reportUnusedFunction]
        """Send the batch as it is now, and again whenever it changes; the stream ends with the last file."""
        batch = await find_batch(receipts, batch_id)
        return EventSourceResponse(_events(receipts, batch), ping=KEEP_ALIVE_SECONDS)

    @router.get("/v1/receipts/{receipt_id}", summary="One receipt", responses=_PROBLEMS)
    async def get_receipt(receipt_id: ReceiptId) -> Receipt:  # pyright: ignore[reportUnusedFunction]
        """Return what became of one file: its status, the reason, and when each stage was reached."""
        try:
            return await receipts.receipt(receipt_id)
        except (UnavailableError, RefusedError) as error:
            raise _unavailable() from error

    return router


async def find_batch(receipts: Receipts, batch_id: str) -> Batch:
    """Return a batch; raise a 404 Problem where there is none, a 503 one while the receipts can't be read."""
    try:
        return await receipts.batch(batch_id)
    except (UnavailableError, RefusedError) as error:
        raise _unavailable() from error


async def _events(receipts: Receipts, batch: Batch) -> AsyncGenerator[ServerSentEvent]:
    async for latest in receipts.progress(batch):
        yield ServerSentEvent(latest.model_dump_json())


def _unavailable() -> Problem:
    said = "The receipts can't be read to their end now; ask again in a moment."
    return Problem(503, "receipts_unavailable", said, {"Retry-After": str(RETRY_AFTER_SECONDS)})
