"""The log port: durable topics, groups that each see every record, explicit commits.

Adapters: `bantin.eventlog.kafka` and `bantin.eventlog.sqlite`; `tests/contracts/test_eventlog.py` is the suite
that both pass. The port moves bytes: what they mean is `bantin.envelope`'s business, so an undecodable record
never stops its neighbours.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bantin.faults import RefusedError, UnavailableError
from bantin.topics import Topic

Headers = tuple[tuple[str, bytes | None], ...]
"""In order, names may repeat, values are any bytes."""


class TopicPartition(NamedTuple):
    """One ordered part of a topic."""

    topic: str
    partition: int


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be published."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What was published, with its place. `timestamp` is in milliseconds since 1970, UTC."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    @property
    def topic_partition(self) -> TopicPartition:
        """Its place, without the offset."""
        return TopicPartition(self.topic, self.partition)


class LogUnavailableError(UnavailableError):
    """The log can't be reached or can't be written now; trying again later may help."""


class LogRefusedError(RefusedError):
    """The log refuses us (credentials, rights, configuration); trying again does not help."""


class Subscription(Protocol):
    """A group's membership: records come from its committed offsets, and go on from there after a crash."""

    async def poll(self, *, max_records: int, timeout: float) -> list[Record]:  # noqa: ASYNC109  [] is its answer then
        """Return the next records, in order within each partition; [] after `timeout` seconds without any.

        May return fewer than `max_records` so that their bytes stay within the adapter's limit, never none for
        that reason. While paused it returns [] but keeps the membership alive.
        """
        ...

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Commit the next offset to read of each partition; returns when it is durable.

        Partitions that the group has moved elsewhere meanwhile are left out: their new owner reads the records again.
        Raise LogUnavailableError if it can't be committed now: commit again, or let the records come again.
        """
        ...

    def pause(self) -> None:
        """Stop delivering, stay a member."""
        ...

    def resume(self) -> None:
        """Deliver again."""
        ...


class Reader(Protocol):
    """A reader outside any group."""

    async def poll(self, *, max_records: int, timeout: float) -> list[Record]:  # noqa: ASYNC109  [] is its answer then
        """Return the next records, in order within each partition; [] after `timeout` seconds without any."""
        ...


class EventLog(Protocol):
    """Durable, ordered topics. `system` names the technology in spans (`messaging.system`): "kafka" or "sqlite"."""

    system: str

    async def create_topics(self, topics: Sequence[Topic]) -> None:
        """Create the topics that do not exist yet; leave the others as they are."""
        ...

    async def publish(self, messages: Sequence[Message]) -> None:
        """Publish all and return when every one is durable; raise LogUnavailableError otherwise.

        After an error some of them may have been published: publishing again is safe, since effects are idempotent.
        """
        ...

    def subscribe(self, group: str, topics: Sequence[str]) -> AbstractAsyncContextManager[Subscription]:
        """Join `group`; a new group starts at the beginning of each topic."""
        ...

    def read(self, topic: str, start: Mapping[int, int]) -> AbstractAsyncContextManager[Reader]:
        """Read every partition without a group, from the offsets in `start` (partition → next; 0 where absent).

        The caller keeps its own position.
        """
        ...

    async def end_offsets(self, topic: str) -> dict[int, int]:
        """Return the offset that the next record of each partition will get."""
        ...

    async def lag(self, group: str, topics: Sequence[str]) -> dict[TopicPartition, int]:
        """Return how many records of each partition the group has not committed yet."""
        ...

    async def has_members(self, group: str, topics: Sequence[str]) -> bool:
        """Return whether anybody is in the group now, which reads these topics.

        A member that was killed may count for as long as the log takes to notice.
        """
        ...

    async def ready(self) -> None:
        """Return if the log answers; raise LogUnavailableError or LogRefusedError if not."""
        ...

    async def close(self) -> None:
        """Release connections and files; afterwards nothing else may be called."""
        ...
