"""The breaker: stops a consumer that is killing most of what it reads, before it drains the log."""

from collections import deque


class BreakerOpenError(Exception):
    """Most of the last records died: something is wrong with us, not with them."""


class Breaker:
    """Counts deaths in a window of the last `window` records.

    It opens when at least `least` records are in the window and more than `share` of them died, so that a bad
    deploy costs at most a handful of dead letters and a few poison records among good ones stop nothing. With a
    `share` of 1 it never opens.
    """

    def __init__(self, window: int = 100, least: int = 20, share: float = 0.5) -> None:
        self._died: deque[bool] = deque(maxlen=window)
        self._least = least
        self._share = share

    def record(self, *, died: bool) -> None:
        """Count one settled record; raise BreakerOpenError if that opens the breaker."""
        self._died.append(died)
        deaths = sum(self._died)
        if len(self._died) >= self._least and deaths > self._share * len(self._died):
            raise BreakerOpenError(
                f"{deaths} of the last {len(self._died)} records could not be processed; fix the cause and restart. "
                "Where it is the records that are bad, restart with BANTIN_BREAKER_SHARE=1: "
                "they become dead letters then, and what is behind them goes on"
            )
