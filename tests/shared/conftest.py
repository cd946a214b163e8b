"""The log that stages are tried on."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.topics import ALL_TOPICS


@pytest.fixture
async def log(tmp_path: Path) -> AsyncGenerator[EventLog]:
    async with open_log(f"sqlite:///{tmp_path / 'log.db'}") as opened:
        await opened.create_topics(ALL_TOPICS)
        yield opened
