"""Waiting for what happens elsewhere."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 90


def until(happened: Callable[[], bool]) -> None:
    """Return once it happened; raise AssertionError where it does not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, f"{happened.__qualname__} did not happen within {PATIENCE_SECONDS} s"
        time.sleep(0.1)
