"""Whether a stage gets on, and what keeps it from doing so."""

import time

import structlog

AGAIN_SECONDS = 60.0
"""After so long the same hindrance is told again."""
_MOST_TOLD = 20

logger = structlog.get_logger(__name__)


class Progress:
    """Progress is a record settled, a commit, or nothing to do; polling while records wait is none.

    Once the log is to blame only the latter two are: what can't be committed comes again, and is settled again.
    """

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._since = time.monotonic()
        self._why = ""
        self._log_failed = False
        self._told: dict[str, float] = {}

    def made(self) -> None:
        """Note a commit, or that there is nothing to do."""
        self._log_failed = False
        self.settled()

    def settled(self) -> None:
        """Note that a record is settled."""
        if not self._log_failed:
            self._since = time.monotonic()
            self._why = ""

    def log_failed(self, why: str) -> None:
        """Note that the log can't be read or committed."""
        self._log_failed = True
        self._why = f"the log can't be used: {why}"

    def hindered(self, why: str, records: int) -> None:
        """Note why records must wait; the log hears of each reason once a minute, of _MOST_TOLD different ones."""
        self._why = why
        now = time.monotonic()
        self._told = {reason: at for reason, at in self._told.items() if now - at < AGAIN_SECONDS}
        if why not in self._told and len(self._told) < _MOST_TOLD:
            self._told[why] = now
            logger.warning("records_wait", stage=self._stage, why=why, records=records)

    def lack(self, patience: float) -> str | None:
        """Return what is wrong where the stage has not got on for more than `patience` seconds."""
        idle = time.monotonic() - self._since
        if idle <= patience:
            return None
        why = f": {self._why}" if self._why else ""
        return f"stage {self._stage} has made no progress for {idle:.0f} s{why}"
