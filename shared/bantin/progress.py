"""Whether a stage gets on, and what keeps it from doing so."""

import time

import structlog

AGAIN_SECONDS = 60.0
"""After so long the same hindrance is told again."""
_MOST_TOLD = 20

logger = structlog.get_logger(__name__)


class Progress:
    """Progress is a commit, or nothing to do; polling while records wait is none."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._since = time.monotonic()
        self._why = ""
        self._told: dict[str, float] = {}

    def made(self) -> None:
        """Note that the stage got on."""
        self._since = time.monotonic()
        self._why = ""

    def blame(self, why: str) -> None:
        """Note what keeps the stage from getting on; the log knows it already."""
        self._why = why

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
