"""A stage in the place of extract and index, which the tests let fail as they wish."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import anyio

from bantin.breaker import Breaker
from bantin.envelope import decode
from bantin.events import ArticleIndexed, ArticleReceived, Reason
from bantin.handler import Delivery, Emit, Outcome, Refuse
from bantin.hosting import running
from bantin.service import Service
from bantin.stage import Stage
from bantin.topics import EXTRACT_GROUP, RAW
from tests.ingest.conftest import Ingest


@dataclass
class Reader:
    """Indexes every file but those whose content holds a word of `deadly`: word → reason code."""

    deadly: dict[str, str] = field(default_factory=dict[str, str])
    read: list[ArticleReceived] = field(default_factory=list[ArticleReceived])

    async def __call__(self, deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
        return [self._outcome(delivery.event) for delivery in deliveries]

    def _outcome(self, event: ArticleReceived) -> Outcome:
        self.read.append(event)
        for word, code in self.deadly.items():
            if word in event.content.decode():
                return Refuse(Reason(code=code, detail=f"It holds {word}."), "Traceback:\n  here\nValueError: boom\n")
        now = datetime.now(UTC)
        ids = {name: getattr(event, name) for name in ("receipt_id", "batch_id", "article_id")}
        return Emit((ArticleIndexed(**ids, outcome="indexed", version="v", extracted_at=now, indexed_at=now),))


@asynccontextmanager
async def reading(ingest: Ingest, reader: Reader) -> AsyncGenerator[None]:
    """Run the reader as extract's group."""
    stage = Stage("extract", EXTRACT_GROUP, {RAW: partial(decode, event_type=ArticleReceived)}, reader, ingest.log)
    stage.breaker = Breaker(share=1)
    async with running([Service("reader", tasks=(stage.run,))], lambda: None):
        yield


async def upload(ingest: Ingest, *contents: str) -> dict[str, Any]:
    files = [("file", (f"{content}.txt", content.encode())) for content in contents]
    answer = await ingest.http.post("/v1/files", files=files)
    assert answer.status_code == 202, answer.text
    return answer.json()


async def letters(ingest: Ingest, **parameters: Any) -> dict[str, Any]:
    answer = await ingest.http.get("/v1/dead-letters", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def act(ingest: Ingest, action: str, **what: Any) -> dict[str, Any]:
    answer = await ingest.http.post("/v1/dead-letters/actions", json={"action": action, **what})
    assert answer.status_code == 202, answer.text
    return answer.json()


async def until_counts(ingest: Ingest, batch_id: str, **counts: int) -> dict[str, Any]:
    """Return the batch once its files have these statuses."""
    expected = {"accepted": 0, "indexed": 0, "duplicate": 0, "rejected": 0, "dead_lettered": 0, **counts}
    batch: dict[str, Any] = {}
    with anyio.move_on_after(60):
        while (batch := await ingest.batch(batch_id))["counts"] != expected:
            assert sum(batch["counts"].values()) == batch["total"]
            assert batch["done"] == batch["total"] - batch["counts"]["accepted"]
            await anyio.sleep(0.02)
    assert batch["counts"] == expected
    return batch
