"""Processes that read pages: started with a bare environment, asked one group at a time, ended when they are late."""

import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Sequence
from typing import BinaryIO, Literal, NamedTuple, cast

import anyio
from anyio import CapacityLimiter
from pydantic import ValidationError

from bantin.events import ArticleEnriched, ArticleReceived, Event
from bantin.faults import UnavailableError
from bantin_extract.processes.exchange import ANSWER, READY, Extracted, read_message, write_message

ENVIRONMENT = (
    *("PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"),
    *("PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "LD_LIBRARY_PATH"),
)
"""All that a reading process gets of our environment: nothing that could hold a secret."""

READER = (sys.executable, "-m", "bantin_extract.processes.reader")
_START_SECONDS = 60.0
_END_SECONDS = 5.0

Failure = Literal["late", "ended"]
"""A page took too long; or the process ended, or answered nonsense, instead of reading it."""


class Answers(NamedTuple):
    """The outcomes of the first pages of a group; `failure` is what happened at the page after these, if anything."""

    outcomes: list[Extracted]
    failure: Failure | None = None


class ProcessEndedError(Exception):
    """The process ended, or answered nonsense, instead of reading its pages."""


class Processes:
    """At most `count` processes, each with `memory` MiB; `seconds` of processor time are the most for a page.

    With `keep` they stay for the next pages, else each ends with its group.
    """

    def __init__(
        self, count: int, memory: int, seconds: float, command: Sequence[str] = READER, *, keep: bool = True
    ) -> None:
        self._command = (*command, "--memory", str(memory), "--seconds", f"{seconds:g}")
        self._count = count
        self._keep = keep
        self._idle: list[subprocess.Popen[bytes]] = []
        self._alive: set[subprocess.Popen[bytes]] = set()
        self._places: CapacityLimiter | None = None
        self._threads: CapacityLimiter | None = None
        weakref.finalize(self, _end_all, self._alive)

    async def read(self, events: tuple[ArticleReceived, ...], seconds: float) -> Answers:
        """Return what becomes of the events, each within so many seconds, up to the first that fails.

        Raise UnavailableError where no process can be started: that is no page's fault.
        """
        self._places = self._places or CapacityLimiter(self._count)
        self._threads = self._threads or CapacityLimiter(2 * self._count)
        async with self._places:
            process = self._idle.pop() if self._idle else await self._start(self._threads)
            answers = Answers([])
            well = False
            try:
                answers = await _answers(process, events, seconds, self._threads)
                well = self._keep and answers.failure is None
            finally:
                if well:
                    self._idle.append(process)
                else:
                    self._end(process)
            return answers

    def close(self) -> None:
        """End every process."""
        _end_all(self._alive)
        self._idle.clear()

    async def _start(self, threads: CapacityLimiter) -> subprocess.Popen[bytes]:
        """Return a new process that is ready."""
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        try:
            process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own program; a fork takes no time
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                start_new_session=True,  # Ctrl-C reaches every process of a terminal; the stage decides when these end
            )
        except OSError as error:
            raise UnavailableError(f"no process that reads pages can be started: {error}") from error
        self._alive.add(process)
        ready = False
        try:
            with anyio.move_on_after(_START_SECONDS):
                ready = await anyio.to_thread.run_sync(_is_ready, process, abandon_on_cancel=True, limiter=threads)
        finally:
            if not ready:
                self._end(process)
        if not ready:
            raise UnavailableError("a process that reads pages does not start; its errors are on our standard error")
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._alive.discard(process)
        _kill(process)


async def _answers(
    process: subprocess.Popen[bytes], events: tuple[ArticleReceived, ...], seconds: float, threads: CapacityLimiter
) -> Answers:
    outcomes: list[Extracted] = []
    try:
        for event in events:
            asked = () if outcomes else events
            with anyio.fail_after(seconds):
                outcomes.append(
                    await anyio.to_thread.run_sync(
                        _answer, process, asked, event, abandon_on_cancel=True, limiter=threads
                    )
                )
    except TimeoutError:
        return Answers(outcomes, "late")
    except ProcessEndedError:
        return Answers(outcomes, "ended")
    return Answers(outcomes)


def _is_ready(process: subprocess.Popen[bytes]) -> bool:
    """Wait until a process says that it can read pages; runs in a thread."""
    try:
        return read_message(cast("BinaryIO", process.stdout)) == READY
    except (OSError, ValueError):
        return False


def _answer(process: subprocess.Popen[bytes], asked: tuple[ArticleReceived, ...], event: ArticleReceived) -> Extracted:
    """Send what is asked, if anything, and wait for the answer about one event; runs in a thread."""
    requests, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    try:
        if asked:
            write_message(requests, pickle.dumps(asked))
        message = read_message(answers)
        if message is None:
            raise ProcessEndedError("the process ended")
        outcome = ANSWER.validate_json(message)
    except (OSError, ValueError, ValidationError) as error:
        raise ProcessEndedError(type(error).__name__) from error
    if _identity(outcome) != _identity(event):
        raise ProcessEndedError("the process answered for another page")
    return outcome


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
