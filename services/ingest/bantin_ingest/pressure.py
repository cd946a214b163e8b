"""Whether ingest may take more: not while what is downstream lags far behind, or the disk is nearly full.

Files that wait cost disk, not memory: they lie on the log. Refusing early keeps the wait of those accepted bounded and
leaves room on the disk for what the stages still have to write about them.
"""

import shutil
from pathlib import Path

import anyio
import structlog
from anyio.to_thread import run_sync

from bantin.eventlog.port import EventLog
from bantin.faults import UnavailableError
from bantin.topics import ENRICHED, EXTRACT_GROUP, INDEX_GROUP, RAW

LOOK_SECONDS = 2.0
RETRY_SECONDS = 15

_DOWNSTREAM = ((EXTRACT_GROUP, RAW), (INDEX_GROUP, ENRICHED))

logger = structlog.get_logger(__name__)


class OverloadedError(UnavailableError):
    """More can't be taken now; what is waiting has to go first."""


class Pressure:
    """Looks at the lag and the disk every LOOK_SECONDS, and refuses in between by what was seen last."""

    def __init__(self, log: EventLog, folder: Path, *, most_waiting: int, disk_reserve: int) -> None:
        """`most_waiting` in records, `disk_reserve` in bytes free on the disk of `folder`; 0 turns either off."""
        self._log = log
        self._folder = folder
        self._most_waiting = most_waiting
        self._disk_reserve = disk_reserve
        self._why: str | None = None

    def admit(self) -> None:
        """Return if more can be taken; raise OverloadedError, which says what is in the way."""
        if self._why:
            raise OverloadedError(self._why)

    async def run(self, stop: anyio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            why = await self.look()
            if why != self._why:
                logger.warning("intake_closed", why=why) if why else logger.info("intake_open")
            self._why = why
            with anyio.move_on_after(LOOK_SECONDS):
                await stop.wait()

    async def look(self) -> str | None:
        """Return what is in the way of taking more, None if nothing is."""
        free = (await run_sync(shutil.disk_usage, self._folder)).free
        if free < self._disk_reserve:
            return f"the disk has {free // 2**20:,} MiB left, and {self._disk_reserve // 2**20:,} MiB are kept free"
        waiting = await self._waiting()
        if self._most_waiting and waiting > self._most_waiting:
            return f"{waiting:,} files are waiting already, {self._most_waiting:,} may"
        return None

    async def _waiting(self) -> int:
        """Return how many records are not settled yet; none that is known where the log does not answer."""
        if not self._most_waiting:
            return 0
        try:
            lags = [await self._log.lag(group, (topic.name,)) for group, topic in _DOWNSTREAM]
        except UnavailableError as error:
            logger.warning("lag_unknown", error=str(error))
            return 0
        return sum(count for lag in lags for count in lag.values())
