"""Reads every topic of dead letters, and the actions about them, up to their ends: when somebody asks, and no sooner.

So an answer knows everything that was on the log when it was asked for, whichever instance gives it.
"""

from collections.abc import Mapping

import anyio
import structlog
from anyio.to_thread import run_sync

from bantin.envelope import UndecodableRecordError
from bantin.eventlog.port import EventLog, Record, TopicPartition
from bantin.faults import UnavailableError
from bantin.topics import ACTIONS, DEAD_LETTERS
from bantin_ingest.deadletters.letters import PlacedAction, read_action, read_letter
from bantin_ingest.deadletters.store import LetterStore

POLL_SECONDS = 0.5
POLL_RECORDS = 200
CATCH_UP_SECONDS = 10.0

logger = structlog.get_logger(__name__)


class LetterTail:
    """Brings a store up to what is on the log."""

    def __init__(self, log: EventLog, store: LetterStore) -> None:
        self._log = log
        self._store = store
        self._reading = anyio.Lock()

    async def catch_up(self) -> None:
        """Return once everything that is on the log now is in the store.

        Raise UnavailableError where that takes long (what was read is kept: ask again), or where the log does not
        answer; RefusedError where the log refuses us.
        """
        with anyio.move_on_after(CATCH_UP_SECONDS) as scope:
            async with self._reading:
                await self._catch_up()
        if scope.cancelled_caught:
            raise UnavailableError("the dead letters are still being read")

    async def _catch_up(self) -> None:
        topics = [topic.name for topic in (*DEAD_LETTERS, ACTIONS)]
        ends = {
            TopicPartition(topic, partition): end
            for topic in topics
            for partition, end in (await self._log.end_offsets(topic)).items()
        }
        positions = await run_sync(self._store.positions)
        if any(position > ends.get(place, 0) for place, position in positions.items()):
            logger.warning("dead_letters_rebuilt", why="the log ends before what was read from it: it was replaced")
            await run_sync(self._store.clear)
            positions = {}
        for topic in topics:
            missing = {
                place.partition: end
                for place, end in ends.items()
                if place.topic == topic and positions.get(place, 0) < end
            }
            if missing:
                start = {place.partition: offset for place, offset in positions.items() if place.topic == topic}
                await self._read(topic, start, missing)

    async def _read(self, topic: str, start: Mapping[int, int], ends: Mapping[int, int]) -> None:
        left = dict(ends)
        async with self._log.read(topic, start) as reader:
            while left:
                records = await reader.poll(max_records=POLL_RECORDS, timeout=POLL_SECONDS)
                if records:
                    await self._keep(topic, records)
                for record in records:
                    if record.offset + 1 >= left.get(record.partition, record.offset + 2):
                        del left[record.partition]

    async def _keep(self, topic: str, records: list[Record]) -> None:
        positions = {record.topic_partition: record.offset + 1 for record in records}
        if topic != ACTIONS.name:
            letters = await run_sync(lambda: [read_letter(record) for record in records])
            await run_sync(self._store.apply, letters, (), positions)
            return
        actions = [action for record in records if (action := _action(record))]
        await run_sync(self._store.apply, (), actions, positions)


def _action(record: Record) -> PlacedAction | None:
    try:
        return read_action(record)
    except UndecodableRecordError as error:
        logger.warning("action_undecodable", partition=record.partition, offset=record.offset, error=str(error))
        return None
