"""Dead letters: records that a group can never process, kept with the reason and the record's own bytes.

The dead letter is the original record (key, value and every header, of any bytes) plus `dlq_*` headers, on
`<topic>.<group>.dlq`. Nothing is lost, and publishing it again under its old topic undoes the death.
"""

import re
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime

from bantin.envelope import IDENTITY, UndecodableRecordError, extension, text_headers
from bantin.eventlog.port import Headers, Message, Record
from bantin.events import Reason

_PREFIX = "dlq_"
_SUFFIX = ".dlq"
_PLACE = re.compile(r"(?P<topic>.+)/(?P<partition>[0-9]{1,20})/(?P<offset>[0-9]{1,20})")
RETRY_OF = "dlq-retry-of"
"""Header of a record that was published again: the letter that it lay in."""

MAX_STACK_CHARACTERS = 8_000


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a record died: the reason, the stage, how often it was tried; the error's stack and the trace, if any."""

    reason: Reason
    stage: str
    attempts: int = 1
    stack: str = ""
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A dead letter as its readers see it. The ids are None where the record did not even hold those.

    `origin` is where the record lay, `TOPIC/PARTITION/OFFSET`; `retry_of` the letter in which it lay before that.
    """

    letter: str
    receipt_id: str | None
    batch_id: str | None
    article_id: str | None
    failure: Failure
    origin: str
    at: datetime
    retry_of: str | None = None


def stack_of(error: BaseException) -> str:
    """Return the error's stack trace, its end kept where it is very long."""
    return "".join(traceback.format_exception(error))[-MAX_STACK_CHARACTERS:]


def dead_letter(record: Record, group: str, failure: Failure) -> Message:
    """Return the message that buries `record` for `group`.

    Headers of the record that look like those of a dead letter (it may be one) are kept under one more prefix.
    """
    added = {
        "code": failure.reason.code,
        "detail": failure.reason.detail,
        "stage": failure.stage,
        "attempts": str(failure.attempts),
        "stack": failure.stack,
        "origin": f"{record.topic}/{record.partition}/{record.offset}",
        "at": datetime.now(UTC).isoformat(),
        **({"trace_id": failure.trace_id} if failure.trace_id else {}),
        **_identity(record),
    }
    headers: Headers = tuple((_PREFIX + name, text.encode("utf-8", "replace")) for name, text in added.items())
    kept = tuple((_PREFIX + name if name.startswith(_PREFIX) else name, value) for name, value in record.headers)
    return Message(f"{record.topic}.{group}{_SUFFIX}", record.key, record.value, (*kept, *headers))


def exhumed(record: Record, letter: str) -> Message:
    """Return the message that publishes a buried record again: as it was, and with the name of its letter."""
    own = tuple((name, value) for name, value in record.headers if name != RETRY_OF and not _is_of_the_death(name))
    headers = tuple((name.removeprefix(_PREFIX), value) for name, value in own)
    return Message(buried_topic(record.topic), record.key, record.value, (*headers, (RETRY_OF, letter.encode())))


def buried_topic(topic: str) -> str:
    """Return the topic whose records lie on a topic of dead letters, `<topic>.<group>.dlq`."""
    return topic.removesuffix(_SUFFIX).rpartition(".")[0]


def letter_id(record: Record) -> str:
    """Return the name of a dead letter: of its topic, and of the place where its record lay before.

    So it has no slash, and a record that died twice because its death was not committed is one letter. A record that
    does not say where it lay is named by where it lies now.
    """
    origin = text_headers(record.headers).get(_PREFIX + "origin", "")
    place = _PLACE.fullmatch(origin)
    if place and place["topic"] == buried_topic(record.topic):
        return f"{record.topic}-{place['partition']}-{place['offset']}"
    return f"{record.topic}-at-{record.partition}-{record.offset}"


def read_dead_letter(record: Record) -> DeadLetter:
    """Return what a dead-letter record says; raise UndecodableRecordError where it is none."""
    headers = text_headers(record.headers)
    try:
        reason = Reason(code=headers["dlq_code"], detail=headers["dlq_detail"])
        attempts, stack = int(headers["dlq_attempts"]), headers["dlq_stack"]
        failure = Failure(reason, headers["dlq_stage"], attempts, stack, headers.get("dlq_trace_id"))
        at = datetime.fromisoformat(headers["dlq_at"])
    except (KeyError, ValueError) as error:
        raise UndecodableRecordError(f"not a dead letter: {error!r}") from error
    if at.tzinfo is None:
        raise UndecodableRecordError(f"not a dead letter: {headers['dlq_at']!r} has no offset from UTC")
    return DeadLetter(
        letter=letter_id(record),
        receipt_id=headers.get("dlq_receipt_id"),
        batch_id=headers.get("dlq_batch_id"),
        article_id=headers.get("dlq_article_id"),
        failure=failure,
        origin=headers.get("dlq_origin", ""),
        at=at,
        retry_of=headers.get(RETRY_OF),
    )


def _is_of_the_death(name: str) -> bool:
    return name.startswith(_PREFIX) and not name.startswith(_PREFIX * 2)


def _identity(record: Record) -> dict[str, str]:
    headers = text_headers(record.headers)
    return {name: headers[extension(name)] for name in IDENTITY if extension(name) in headers}
