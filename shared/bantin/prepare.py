"""The one-shot step of a deployment: create the topics, the index and the first key, then end. Safe to run again.

Services create nothing in a distributed deployment that this step has not created before them, so topics get their
retention and partitions once, from one place.
"""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import anyio
import cyclopts
import structlog
from cyclopts import Parameter

from bantin.access.audit import AuditError
from bantin.access.command import add_key
from bantin.access.keys import SCOPES, KeysError
from bantin.access.keys_file import read_keys
from bantin.eventlog.connect import open_log
from bantin.eventlog.port import LogUnavailableError
from bantin.faults import RefusedError, UnavailableError
from bantin.search.connect import open_engine
from bantin.search.port import SearchUnavailableError
from bantin.settings import Settings
from bantin.starting import flag_told, read_settings
from bantin.telemetry.logs import configure_logs
from bantin.topics import ALL_TOPICS

ABOUT = "Create the topics, the index and the first key, then end."
PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 1.0

logger = structlog.get_logger(__name__)


async def prepare_log(url: str) -> None:
    """Create every topic that does not exist yet in the log at `url`."""
    async with open_log(url) as log:
        await log.create_topics(ALL_TOPICS)
    logger.info("topics_ready", count=len(ALL_TOPICS))


async def prepare_search(url: str) -> None:
    """Create the index in the search engine at `url` where there is none."""
    async with open_engine(url) as engine:
        await engine.prepare()
    logger.info("index_ready")


FIRST_KEY = """
The first key, with every scope. It is shown this once; keep it:

    {key}

    curl -H 'X-API-Key: KEY' …, BANTIN_KEY=KEY bantin push …, in a browser as the password (with any name).
    Keys for everybody else, of one scope each, then revoke this one: bantin-keys create, list, revoke {id}

"""


def prepare_keys(path: Path) -> None:
    """Make the keys file with one key and print that key, unless the file holds keys already (usable or not)."""
    if keys := read_keys(path):
        logger.info("keys_ready", count=len(keys))
        return
    made = add_key(path, "first key", SCOPES)
    sys.stdout.write(FIRST_KEY.format(key=made.presented, id=made.stored.id))
    sys.stdout.flush()


async def patiently(step: Callable[[str], Awaitable[None]], url: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Do a step, again and again while what it needs does not answer; raise its last error after `seconds`."""
    deadline = anyio.current_time() + seconds
    while True:
        try:
            return await step(url)
        except (LogUnavailableError, SearchUnavailableError) as error:
            if anyio.current_time() >= deadline:
                raise
            logger.warning("not_there_yet", error=str(error))
        await anyio.sleep(PAUSE_SECONDS)


async def prepare(settings: Settings) -> None:
    """Prepare the log, the search engine, then the keys file, that the settings name."""
    await patiently(prepare_log, settings.log_url)
    await patiently(prepare_search, settings.search_url)
    if settings.keys:
        prepare_keys(settings.keys)


def main() -> None:
    """Run the step as the command `bantin-prepare`, each setting a flag beside its environment variable."""
    command = cyclopts.App(name="bantin-prepare", help=ABOUT, error_formatter=flag_told)

    @command.default
    def start(*, settings: Annotated[Settings | None, Parameter(name="*")] = None) -> None:
        """Create the topics, the index and (where BANTIN_KEYS is set) the first key of a deployment, then end."""
        settings = settings or read_settings(Settings)
        configure_logs("bantin-prepare", settings.log_level, settings.log_format)
        try:
            anyio.run(prepare, settings)
        except (AuditError, KeysError, RefusedError, UnavailableError, ValueError) as error:
            raise SystemExit(str(error)) from error

    command()


if __name__ == "__main__":
    main()
