"""Choose the log adapter by its URL; what an adapter needs is imported only when it is chosen."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bantin.eventlog.port import EventLog

SQLITE_PREFIX = "sqlite:///"
KAFKA_PREFIX = "kafka://"


@asynccontextmanager
async def open_log(url: str) -> AsyncGenerator[EventLog]:
    """Open the log at `sqlite:///PATH` or `kafka://HOST:PORT[,HOST:PORT…][?replication_factor=N]`.

    A PATH that begins with a slash is absolute, so four slashes stand in a row. Raise ValueError for any other URL,
    LogUnavailableError or LogRefusedError if the log can't be opened.
    """
    log = await _open(url)
    try:
        yield log
    finally:
        await log.close()


async def _open(url: str) -> EventLog:
    if url.startswith(SQLITE_PREFIX) and (path := url.removeprefix(SQLITE_PREFIX)):
        from bantin.eventlog.sqlite.log import SqliteLog  # noqa: PLC0415

        return await SqliteLog.open(Path(path))
    if url.startswith(KAFKA_PREFIX) and len(url) > len(KAFKA_PREFIX):
        try:
            from bantin.eventlog.kafka.log import KafkaLog  # noqa: PLC0415
        except ImportError as error:
            raise ImportError('a Kafka log needs more packages: pip install "bantin[kafka]"') from error
        return await KafkaLog.open(url)
    scheme = url.partition("://")[0] if "://" in url else ""  # no more of it: there may be a password
    raise ValueError(f"no log at {scheme!r}…; known are sqlite:///PATH and kafka://HOST:PORT[,HOST:PORT…]")
