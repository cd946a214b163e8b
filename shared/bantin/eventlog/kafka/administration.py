"""Topics, offsets and lag through kafka-python's admin client, which blocks: it lives on a thread of its own."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, TypeVar

from faststream.kafka.security import parse_security

from bantin.eventlog.kafka.address import KafkaAddress
from bantin.eventlog.kafka.door import knock
from bantin.eventlog.kafka.errors import translated
from bantin.topics import Topic

# The type checker knows kafka-python by stubs of its old versions, so its names are looked up at run time.
kafka: Any = import_module("kafka")
errors: Any = import_module("kafka.errors")
KafkaAdminClient: Any = kafka.KafkaAdminClient
KafkaNetClient: Any = import_module("kafka.net.compat").KafkaNetClient
OffsetSpec: Any = import_module("kafka.admin").OffsetSpec

T = TypeVar("T")

ANSWER_SECONDS = 15
LARGEST_MESSAGE = 64 * 1024 * 1024
"""Of a record batch; six times the default upload limit, as an enriched event holds a page's text twice."""

NO_COORDINATOR_YET: tuple[type[Exception], ...] = (
    errors.CoordinatorNotAvailableError,
    errors.CoordinatorLoadInProgressError,
    errors.NotCoordinatorError,
)

logging.getLogger("kafka").setLevel(logging.ERROR)  # it warns of what it then raises


class KafkaAdministration:
    """Asks the brokers about topics and groups; connects at the first question."""

    def __init__(self, address: KafkaAddress) -> None:
        self._address = address
        self._client: Any = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kafka-admin")

    async def create_topics(self, topics: Sequence[Topic]) -> None:
        """Create the topics that do not exist yet, and wait until each partition has a leader."""
        wanted = {topic.name: self._settings(topic) for topic in topics}

        def create(client: Any) -> None:
            answer = client.create_topics(wanted, raise_errors=False)
            for topic in answer["topics"]:
                error = errors.for_code(topic["error_code"])
                if topic["error_code"] != 0 and error is not errors.TopicAlreadyExistsError:
                    raise error(f"{topic['name']}: {topic.get('error_message') or error.__name__}")
            client.wait_for_topics(list(wanted))

        await self._ask("creating topics", create)

    async def partitions(self, topic: str) -> list[int]:
        """Return the numbers of a topic's partitions."""
        return await self._ask(f"describing {topic}", lambda client: _partitions(client, topic))

    async def end_offsets(self, topic: str) -> dict[int, int]:
        """Return the offset that the next record of each partition will get."""

        def ask(client: Any) -> dict[int, int]:
            places = [kafka.TopicPartition(topic, number) for number in _partitions(client, topic)]
            return {place.partition: offset for place, offset in _offsets(client, places, OffsetSpec.LATEST).items()}

        return await self._ask(f"the end of {topic}", ask)

    async def lag(self, group: str, topics: Sequence[str]) -> dict[tuple[str, int], int]:
        """Return how many records of each partition lie between what the group has committed and the end.

        A group that has not committed starts at the oldest record; transaction markers and compacted records count.
        """

        def ask(client: Any) -> dict[tuple[str, int], int]:
            places = [kafka.TopicPartition(topic, number) for topic in topics for number in _partitions(client, topic)]
            ends = _offsets(client, places, OffsetSpec.LATEST)
            starts = _offsets(client, places, OffsetSpec.EARLIEST)
            committed = _patiently(lambda: client.list_group_offsets({group: places})[group])
            found = {place: entry.offset for place, entry in committed.items() if entry.offset >= 0}
            return {(place.topic, place.partition): ends[place] - found.get(place, starts[place]) for place in places}

        return await self._ask(f"the lag of group {group}", ask)

    async def has_members(self, group: str) -> bool:
        """Return whether a group has members; one that nobody ever joined has none."""

        def ask(client: Any) -> bool:
            try:
                return bool(_patiently(lambda: client.describe_groups([group])[group])["members"])
            except errors.GroupIdNotFoundError:
                return False

        return await self._ask(f"the members of group {group}", ask)

    async def ready(self) -> None:
        """Return if a broker answers."""
        with translated("answering"):
            await knock(self._address)
        await self._ask("answering", lambda client: client.describe_cluster())

    async def close(self) -> None:
        """Close the connection, after the question in hand."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown()

    def _settings(self, topic: Topic) -> Mapping[str, Any]:
        return {
            "num_partitions": topic.partitions,
            "replication_factor": self._address.replication_factor,
            "configs": {
                "cleanup.policy": "compact" if topic.compacted else "delete",
                "retention.ms": "-1",
                "retention.bytes": "-1",
                "max.message.bytes": str(LARGEST_MESSAGE),
                "compression.type": "producer",
            },
        }

    async def _ask(self, doing: str, question: Callable[[Any], T]) -> T:
        def call() -> T:
            with translated(doing):
                if self._client is not None:
                    try:
                        return question(self._client)
                    except errors.RetriableError:
                        self._disconnect()  # it may not have noticed that a broker is back: ask again, afresh
                    except Exception:
                        self._disconnect()
                        raise
                self._client = self._connect()
                try:
                    return question(self._client)
                except Exception:
                    self._disconnect()
                    raise

        if self._client is None:
            with translated(doing):
                await knock(self._address)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def _connect(self) -> Any:
        milliseconds = ANSWER_SECONDS * 1000
        made: list[Any] = []

        def make(**settings: Any) -> Any:
            made.append(KafkaNetClient(**settings))
            return made[-1]

        try:
            return KafkaAdminClient(
                bootstrap_servers=list(self._address.servers),
                client_id="bantin-admin",
                request_timeout_ms=milliseconds,
                bootstrap_timeout_ms=milliseconds,
                kafka_client=make,
                **parse_security(self._address.security),
            )
        except Exception:
            for client in made:
                client.close()  # it runs a thread, which the constructor leaves behind when it fails
            raise

    def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _partitions(client: Any, topic: str) -> list[int]:
    (described,) = client.describe_topics([topic])
    if described["error_code"] != 0:
        raise errors.for_code(described["error_code"])(f"topic {topic}")
    return sorted(partition["partition_index"] for partition in described["partitions"])


def _offsets(client: Any, places: list[Any], which: Any) -> dict[Any, int]:
    found = client.list_partition_offsets(dict.fromkeys(places, which))
    return {place: entry.offset for place, entry in found.items()}


def _patiently(question: Callable[[], T]) -> T:
    """Ask until the group has a coordinator that answers: a fresh cluster takes seconds to choose one."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            return question()
        except NO_COORDINATOR_YET:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.2)
