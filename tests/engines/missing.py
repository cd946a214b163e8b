"""What a test does when a machine can't run a real engine: it skips, or fails where engines are required."""

import os
from typing import NoReturn

import pytest


def engine_missing(why: str) -> NoReturn:
    """Skip the test, or fail it if `BANTIN_REQUIRE_ENGINES` is 1, saying `why`."""
    if os.environ.get("BANTIN_REQUIRE_ENGINES") == "1":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
