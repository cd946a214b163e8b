"""Who rebuilds an index: one process at a time, named in a document that it renews while it works.

Taken and renewed by compare-and-set, so that of two processes one wins, whatever machines they run on. A process that
dies stops renewing, and LEASE_SECONDS later the next may take its place.
"""

import os
import socket
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from elasticsearch import AsyncElasticsearch, BadRequestError, ConflictError, NotFoundError

from bantin.search.port import RebuildRunningError

LEASE_SECONDS: Final = 60.0
RENEW_SECONDS: Final = 10.0
_ID: Final = "rebuild"
_MAPPINGS: Final = {
    "dynamic": "strict",
    "properties": {"holder": {"type": "keyword"}, "renewed_at": {"type": "double"}},
}


class Seen(NamedTuple):
    """A version of a document, as Elasticsearch counts them."""

    seq_no: int
    primary_term: int


class Lease:
    """A lease on rebuilding, kept in an index of its own."""

    def __init__(self, client: AsyncElasticsearch, index: str, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._index = index
        self._clock = clock
        self._holder = f"process {os.getpid()} on {socket.gethostname()}"
        self._seen: Seen | None = None
        self._renewed = 0.0

    async def take(self) -> None:
        """Become the holder. Raise RebuildRunningError, with the holder's name, where another one has it."""
        await self._create_index()
        try:
            found = await self._client.get(index=self._index, id=_ID)
        except NotFoundError:
            await self._put(None)
            return
        held = found["_source"]
        age = self._clock() - held["renewed_at"]
        if age < LEASE_SECONDS:
            raise RebuildRunningError(
                f"another rebuild is running: {held['holder']} reported {max(0.0, age):.0f} s ago; "
                f"if it was killed, try again {LEASE_SECONDS - age:.0f} s from now"
            )
        await self._put(_seen(found.body))

    async def renew(self) -> None:
        """Say that the rebuild goes on, where it is time to. Raise RebuildRunningError if another one took over."""
        if self._clock() - self._renewed >= RENEW_SECONDS:
            await self._put(self._seen)

    async def confirm(self) -> None:
        """Renew the lease now. Raise RebuildRunningError if another rebuild took over."""
        await self._put(self._seen)

    async def release(self) -> None:
        """Let the next one begin; a lease that another one took over stays theirs."""
        if self._seen is not None:
            client = self._client.options(ignore_status=(404, 409))
            await client.delete(
                index=self._index, id=_ID, if_seq_no=self._seen.seq_no, if_primary_term=self._seen.primary_term
            )

    async def _put(self, seen: Seen | None) -> None:
        """Write our name where the document is still as it was seen; None: where there is none."""
        now = self._clock()
        document = {"holder": self._holder, "renewed_at": now}
        try:
            answer = await self._client.index(
                index=self._index,
                id=_ID,
                document=document,
                op_type="index" if seen else "create",
                if_seq_no=seen and seen.seq_no,
                if_primary_term=seen and seen.primary_term,
            )
        except ConflictError as error:
            raise RebuildRunningError("another rebuild has just begun, or has taken over from this one") from error
        self._seen = _seen(answer.body)
        self._renewed = now

    async def _create_index(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1", "hidden": True}
        try:
            await self._client.indices.create(index=self._index, settings={"index": settings}, mappings=_MAPPINGS)
        except BadRequestError as error:
            if error.message != "resource_already_exists_exception":
                raise


def _seen(answer: Any) -> Seen:
    return Seen(answer["_seq_no"], answer["_primary_term"])
