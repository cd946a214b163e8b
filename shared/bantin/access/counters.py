"""Counters of the requests of the current minute, in this process, and never more of them than a fixed number."""

import time
from collections import OrderedDict
from collections.abc import Callable

from limits.storage import Storage

MOST_COUNTERS = 50_000


class BoundedCounters(Storage):
    """A storage of the `limits` library that forgets the oldest counters where there would be too many.

    Windows of one length end in the order in which they began, so what is forgotten first has least time left. The
    library's own storage in memory grows with every address that asks, and sweeps it from a thread.
    """

    STORAGE_SCHEME = None

    def __init__(self, most: int = MOST_COUNTERS, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._most = most
        self._clock = clock
        self._counters: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counters)

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """Return the errors that mean that the storage is away: none."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, in a window of `expiry` seconds from the first, and return the count."""
        count, ends = self._current(key)
        if not count:
            self._counters.pop(key, None)
            ends = self._clock() + expiry
        self._counters[key] = (count + amount, ends)
        while len(self._counters) > self._most:
            self._counters.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        """Return the count in the current window."""
        return self._current(key)[0]

    def get_expiry(self, key: str) -> float:
        """Return when the current window ends; the time now where none has begun."""
        return self._current(key)[1]

    def check(self) -> bool:
        """Return that the storage is there."""
        return True

    def reset(self) -> int:
        """Forget every counter and return how many there were."""
        had = len(self._counters)
        self._counters.clear()
        return had

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counters.pop(key, None)

    def _current(self, key: str) -> tuple[int, float]:
        now = self._clock()
        count, ends = self._counters.get(key, (0, now))
        return (count, ends) if ends > now else (0, now)
