"""The audit log: who did which operator's act to what, and how it ended, one line of JSON an act, only ever added to.

A line is on disk before `record_act` returns. The file is opened for each line, so it can be renamed away at any time.
"""

import json
import os
import pwd
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import structlog
from opentelemetry import trace
from starlette.requests import HTTPConnection

from bantin.access.keys import StoredKey
from bantin.folders import make_private

FILE_NAME = "audit.log"

Act = Literal[
    "keys.create",
    "keys.revoke",
    "dlq.retry",
    "dlq.discard",
    "reindex",
    "replay.apply",
    "verify.fix",
]

logger = structlog.get_logger(__name__)


class AuditError(Exception):
    """The audit log can't be written, so the act must not be done; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `id` is a key's id, or `local` where none is asked for; `name` is the key's, or the user's."""

    id: str
    name: str = ""


LOCAL = Actor("local")


def actor_of(request: HTTPConnection) -> Actor:
    """Return who sent a request: the key that the guard let in, `local` where no key is asked for."""
    return getattr(request.state, "actor", LOCAL)


def let_in(request: HTTPConnection, key: StoredKey) -> None:
    """Note on the request whose key it came with."""
    request.state.actor = Actor(key.id, key.name)


def this_user() -> Actor:
    """Return the user who runs this command."""
    try:
        return Actor("local", pwd.getpwuid(os.geteuid()).pw_name)
    except KeyError:  # containers run as users without a name
        return Actor("local", f"user {os.geteuid()}")


def record_act(folder: Path, actor: Actor, act: Act, target: str, outcome: str = "done", **details: str | int) -> None:
    """Add an act to `audit.log` in the folder (BANTIN_DATA), and to the log; `target` says on what.

    Blocks until the disk has it. Raise AuditError where the file can't be written: then the act is not to be done,
    so call this first, or use `audited` for an act that takes its time or may fail.
    """
    told: dict[str, str | int] = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "actor": actor.id,
        "name": actor.name,
        "act": act,
        "target": target,
        "outcome": outcome,
        **details,
    }
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        told["trace_id"] = trace.format_trace_id(context.trace_id)
    _append(folder / FILE_NAME, told)
    about = {name: value for name, value in told.items() if name not in ("at", "trace_id")}
    logger.info("operator_act", **about)


@contextmanager
def audited(folder: Path, actor: Actor, act: Act, target: str) -> Generator[dict[str, str | int]]:
    """Record that an act `began`, and at the end of the block that it is `done` or has `failed`, by which error.

    Gives a dict for details (counts, say) that the last line is to hold. The block is not entered without the first.
    """
    record_act(folder, actor, act, target, "began")
    details: dict[str, str | int] = {}
    try:
        yield details
    except BaseException as error:
        record_act(folder, actor, act, target, "failed", error=type(error).__name__, **details)
        raise
    record_act(folder, actor, act, target, "done", **details)


def _append(path: Path, told: dict[str, str | int]) -> None:
    line = json.dumps(told, ensure_ascii=False).replace("\x85", "\\u0085")
    line = line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # some readers end a line there
    try:
        make_private(path.parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (line + "\n").encode("utf-8", "backslashreplace"))  # in one piece: others write, too
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise AuditError(
            f"nothing was done, as {path} can't be written: {error.strerror or error}; "
            "operators' acts are kept there, so its folder must be writable for this user"
        ) from error
