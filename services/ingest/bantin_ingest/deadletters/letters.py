"""A dead letter as operators see it, and what becomes of it: a fold of the actions about it, in any order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from pydantic import AwareDatetime

from bantin.deadletter import DeadLetter, Failure, buried_topic, letter_id, read_dead_letter
from bantin.envelope import RECEIVED_HEADERS, UndecodableRecordError, decode, text_headers
from bantin.eventlog.port import Record
from bantin.events import DeadLetterAction, Model, Reason
from bantin.telemetry.tracing import extract, trace_id
from bantin_ingest.deadletters.plain import plain

State = Literal["open", "retried", "discarded"]
Place = tuple[str, int, int]
"""Topic, partition and offset of a record."""

LAST_MILLISECOND = 253_402_300_799_000
"""Whatever a foreign record's timestamp says: the last one that a date can tell."""

_ERROR = re.compile(r"[A-Za-z_][\w.]*(: .*)?")


class Letter(Model):
    """What a dead letter says. `origin` is where its record lay, `retry_of` the letter that this lay in before.

    `size` is in bytes. The ids and the trace are null where the record does not even hold those.
    """

    letter: str
    topic: str
    partition: int
    offset: int
    died_at: AwareDatetime
    stage: str
    reason: Reason
    exception: str | None
    attempts: int
    origin: str
    retry_of: str | None
    trace_id: str | None
    receipt_id: str | None
    batch_id: str | None
    article_id: str | None
    file_name: str | None
    content_type: str | None
    size: int

    @property
    def place(self) -> Place:
        """Where it lies."""
        return self.topic, self.partition, self.offset


class Decision(Model):
    """Who decided what about a letter, and when."""

    action: Literal["retry", "discard"]
    by: str
    at: AwareDatetime
    note: str


class DecidedLetter(Letter):
    """A letter with what became of it; `decision` is null while it is open."""

    state: State
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """An action, and where on its topic it is. Actions about one letter lie in one partition."""

    event: DeadLetterAction
    partition: int
    offset: int


def read_action(record: Record) -> PlacedAction:
    """Return the action in a record; raise UndecodableRecordError where it is none."""
    return PlacedAction(decode(record, DeadLetterAction), record.partition, record.offset)


def read_letter(record: Record) -> Letter:
    """Return the letter in a record from a topic of dead letters, whatever it holds."""
    headers = text_headers(record.headers)
    try:
        dead = read_dead_letter(record)
    except UndecodableRecordError as error:
        dead = _foreign(record, str(error))
    file_name = headers.get(RECEIVED_HEADERS["file_name"])
    content_type = headers.get("content-type")
    return Letter(
        letter=dead.letter,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        died_at=dead.at,
        stage=plain(dead.failure.stage),
        reason=Reason(code=plain(dead.failure.reason.code), detail=plain(dead.failure.reason.detail)),
        exception=_exception(dead.failure.stack),
        attempts=dead.failure.attempts,
        origin=plain(dead.origin),
        retry_of=dead.retry_of and plain(dead.retry_of),
        trace_id=dead.failure.trace_id or trace_id(extract(record)),
        receipt_id=dead.receipt_id,
        batch_id=dead.batch_id,
        article_id=dead.article_id,
        file_name=None if file_name is None else plain(file_name, 300),
        content_type=None if content_type is None else plain(content_type, 300),
        size=len(record.value or b""),
    )


def decided(letter: Letter, actions: Iterable[PlacedAction]) -> DecidedLetter:
    """Return the letter with what became of it, whatever order its actions are given in and however often.

    A retry counts more than a discard: it publishes the record again, which nothing takes back.
    """
    ordered = sorted(actions, key=lambda action: (action.event.action != "retry", action.partition, action.offset))
    first = ordered[0].event if ordered else None
    state: State = "open" if first is None else "retried" if first.action == "retry" else "discarded"
    decision = first and Decision(action=first.action, by=plain(first.by), at=first.at, note=plain(first.note))
    return DecidedLetter(**dict(letter), state=state, decision=decision)


def is_echo(action: PlacedAction, actions: Iterable[PlacedAction]) -> bool:
    """Return whether an earlier action has already decided the same about the letter."""
    same = [other for other in actions if other.event.action == action.event.action]
    return any((other.partition, other.offset) < (action.partition, action.offset) for other in same)


def _foreign(record: Record, why: str) -> DeadLetter:
    """Return what can be said of a record that somebody else has put among the dead letters."""
    group = record.topic.removeprefix(f"{buried_topic(record.topic)}.").removesuffix(".dlq")
    return DeadLetter(
        letter=letter_id(record),
        receipt_id=None,
        batch_id=None,
        article_id=None,
        failure=Failure(Reason(code="not_a_dead_letter", detail=why), group, attempts=0),
        origin="",
        at=datetime.fromtimestamp(min(max(record.timestamp, 0), LAST_MILLISECOND) / 1_000, UTC),
    )


def _exception(stack: str) -> str | None:
    """Return the line of a stack trace that names the exception: the last one that is not indented and names one."""
    lines = (line for line in reversed(stack.splitlines()) if _ERROR.fullmatch(line))
    return next((plain(line, 500) for line in lines), None)
