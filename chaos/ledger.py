"""What the platform promised: every receipt that came with a 202, and what its file was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chaos.drops import Drop

ENDED = ("indexed", "duplicate", "rejected", "dead_lettered")


@dataclass(frozen=True, slots=True)
class Promise:
    """One file that was accepted."""

    receipt_id: str
    article_id: str
    drop: Drop


@dataclass(slots=True)
class Ledger:
    """Everything accepted so far. `refused` counts requests that got no 202, by what they got instead."""

    promises: dict[str, Promise] = field(default_factory=dict[str, Promise])
    batches: list[str] = field(default_factory=list[str])
    refused: dict[str, int] = field(default_factory=dict[str, int])

    def accept(self, batch: Mapping[str, Any], drops: Sequence[Drop]) -> None:
        """Note a 202: its receipts stand in the order of the files."""
        self.batches.append(batch["batch_id"])
        for receipt, drop in zip(batch["files"], drops, strict=True):
            promise = Promise(receipt["receipt_id"], receipt["article_id"], drop)
            self.promises[promise.receipt_id] = promise

    def refuse(self, why: str) -> None:
        """Note a request that was not accepted."""
        self.refused[why] = self.refused.get(why, 0) + 1

    def winners(self) -> Mapping[str, str]:
        """Return for each article the mark of the capture that must stand in the index in the end."""
        newest: dict[str, Drop] = {}
        for article_id, drop in self._articles():
            if article_id not in newest or _captured(drop) > _captured(newest[article_id]):
                newest[article_id] = drop
        return {article_id: drop.mark for article_id, drop in newest.items()}

    def _articles(self) -> Iterator[tuple[str, Drop]]:
        for promise in self.promises.values():
            if promise.drop.kind == "article":
                yield promise.article_id, promise.drop


def _captured(drop: Drop) -> datetime:
    """Return when a page was captured; files without an address are one version each, so any order does."""
    return drop.captured_at or datetime.min.replace(tzinfo=UTC)
