"""Dead letters: records that a group can never process, kept with the reason and the record's own bytes.

The dead letter is the original record (key, value and every header, of any bytes) plus `dlq_*` headers, on
`<topic>.<group>.dlq`. Nothing is lost, and publishing it again under its old topic undoes the death.
"""

import traceback
from dataclasses import dataclass
from datetime import UTC, datetime

from bantin.envelope import IDENTITY, UndecodableRecordError, extension, text_headers
from bantin.eventlog.port import Headers, Message, Record
from bantin.events import Reason

_PREFIX = "dlq_"
MAX_STACK_CHARACTERS = 8_000


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a record died: the reason, the stage, how often it was tried, and the stack of the error if any."""

    reason: Reason
    stage: str
    attempts: int = 1
    stack: str = ""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A dead letter as its readers see it. The ids are None where the record did not even hold those."""

    receipt_id: str | None
    batch_id: str | None
    article_id: str | None
    failure: Failure
    origin: str
    at: datetime


def stack_of(error: BaseException) -> str:
    """Return the error's stack trace, its end kept where it is very long."""
    return "".join(traceback.format_exception(error))[-MAX_STACK_CHARACTERS:]


def dead_letter(record: Record, group: str, failure: Failure) -> Message:
    """Return the message that buries `record` for `group`."""
    origin = f"{record.topic}/{record.partition}/{record.offset}"
    added = {
        "code": failure.reason.code,
        "detail": failure.reason.detail,
        "stage": failure.stage,
        "attempts": str(failure.attempts),
        "stack": failure.stack,
        "origin": origin,
        "at": datetime.now(UTC).isoformat(),
        **_identity(record),
    }
    headers: Headers = tuple((_PREFIX + name, text.encode("utf-8", "replace")) for name, text in added.items())
    ours = {name for name, _ in headers}
    kept = tuple(pair for pair in record.headers if pair[0] not in ours)
    return Message(f"{record.topic}.{group}.dlq", record.key, record.value, (*kept, *headers))


def read_dead_letter(record: Record) -> DeadLetter:
    """Return what a dead-letter record says; raise UndecodableRecordError where it is none."""
    headers = text_headers(record.headers)
    try:
        reason = Reason(code=headers["dlq_code"], detail=headers["dlq_detail"])
        failure = Failure(reason, headers["dlq_stage"], int(headers["dlq_attempts"]), headers["dlq_stack"])
        at = datetime.fromisoformat(headers["dlq_at"])
    except (KeyError, ValueError) as error:
        raise UndecodableRecordError(f"not a dead letter: {error!r}") from error
    return DeadLetter(
        receipt_id=headers.get("dlq_receipt_id"),
        batch_id=headers.get("dlq_batch_id"),
        article_id=headers.get("dlq_article_id"),
        failure=failure,
        origin=headers.get("dlq_origin", ""),
        at=at,
    )


def _identity(record: Record) -> dict[str, str]:
    headers = text_headers(record.headers)
    return {name: headers[extension(name)] for name in IDENTITY if extension(name) in headers}
