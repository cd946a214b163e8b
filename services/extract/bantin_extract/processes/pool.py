"""Processes that read pages: started with a bare environment, asked one group at a time, ended when they are late."""

import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Sequence
from typing import BinaryIO, cast

import anyio
from anyio import CapacityLimiter
from pydantic import ValidationError

from bantin.events import ArticleEnriched, ArticleReceived, Event
from bantin_extract.processes.exchange import ANSWER, Extracted, read_message, write_message

ENVIRONMENT = (
    *("PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"),
    *("PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH"),
)
"""All that a reading process gets of our environment: nothing that could hold a secret."""

READER = (sys.executable, "-m", "bantin_extract.processes.reader")
_END_SECONDS = 5.0


class ProcessEndedError(Exception):
    """The process ended, or answered nonsense, instead of reading its pages."""


class Processes:
    """At most `count` processes, each with `memory` MiB, each page with `seconds`."""

    def __init__(self, count: int, memory: int, seconds: float, command: Sequence[str] = READER) -> None:
        self._command = (*command, "--memory", str(memory), "--seconds", f"{seconds:g}")
        self._count = count
        self._seconds = seconds
        self._idle: list[subprocess.Popen[bytes]] = []
        self._alive: set[subprocess.Popen[bytes]] = set()
        self._places: CapacityLimiter | None = None
        self._threads: CapacityLimiter | None = None
        weakref.finalize(self, _end_all, self._alive)

    async def read(self, events: tuple[ArticleReceived, ...]) -> list[Extracted]:
        """Return an outcome for each event; raise TimeoutError, or ProcessEndedError where the process failed."""
        self._places = self._places or CapacityLimiter(self._count)
        self._threads = self._threads or CapacityLimiter(2 * self._count)
        async with self._places:
            process = self._idle.pop() if self._idle else self._start()
            try:
                with anyio.fail_after(self._seconds * max(1, len(events))):
                    answer = await anyio.to_thread.run_sync(
                        _ask, process, events, abandon_on_cancel=True, limiter=self._threads
                    )
            except BaseException:
                self._end(process)
                raise
            self._idle.append(process)
            return answer

    def close(self) -> None:
        """End every process."""
        _end_all(self._alive)
        self._idle.clear()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        process = subprocess.Popen(  # noqa: S603 - our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C reaches every process of a terminal; the stage decides when these end
        )
        self._alive.add(process)
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._alive.discard(process)
        _kill(process)


def _ask(process: subprocess.Popen[bytes], events: tuple[ArticleReceived, ...]) -> list[Extracted]:
    """Send a group and wait for its answer; runs in a thread."""
    requests, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    try:
        write_message(requests, pickle.dumps(events))
        message = read_message(answers)
        if message is None:
            raise ProcessEndedError("the process ended")
        outcomes = ANSWER.validate_json(message)
    except (OSError, ValueError, ValidationError) as error:
        raise ProcessEndedError(type(error).__name__) from error
    if [_identity(outcome) for outcome in outcomes] != [_identity(event) for event in events]:
        raise ProcessEndedError("the process answered for other pages")
    return outcomes


def _identity(event: Event) -> tuple[str, str, str, str]:
    own = event.article.article_id if isinstance(event, ArticleEnriched) else event.article_id
    return event.receipt_id, event.batch_id, event.article_id, own


def _end_all(alive: set[subprocess.Popen[bytes]]) -> None:
    while alive:
        _kill(alive.pop())


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(_END_SECONDS)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue  # what was still to be written is lost with the process
