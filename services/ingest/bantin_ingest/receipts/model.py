"""Receipts and batches as the API answers them."""

from pydantic import AwareDatetime

from bantin.events import Model, Reason, Stage, Status


class TimelineEntry(Model):
    """A stage that a file has reached, and when."""

    stage: Stage
    at: AwareDatetime


class Receipt(Model):
    """What became of one file. Every status but `accepted` ends it."""

    receipt_id: str
    article_id: str
    name: str
    bytes: int
    sha256: str
    status: Status
    reason: Reason | None
    trace_id: str | None
    timeline: tuple[TimelineEntry, ...]

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to the file (but for an operator's retry)."""
        return self.status != "accepted"


class Counts(Model):
    """How many files of a batch have each status."""

    accepted: int = 0
    indexed: int = 0
    duplicate: int = 0
    rejected: int = 0
    dead_lettered: int = 0


class Batch(Model):
    """The files of one request. `done` counts those that have ended; at `total` the batch has."""

    batch_id: str
    total: int
    done: int
    counts: Counts
    files: tuple[Receipt, ...]

    @property
    def ended(self) -> bool:
        """Whether every file has ended."""
        return self.done >= self.total
