"""Events on the wire: CloudEvents 1.0, Kafka protocol binding, binary mode.

Attributes travel in `ce_*` headers and `content-type`, the payload is the record's value: the file itself for
`ArticleReceived`, JSON for every other event. `traceparent` rides beside them.
Source: the CloudEvents specification 1.0.2 and its Kafka protocol binding.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import ValidationError

from bantin.eventlog.port import Headers, Message, Record
from bantin.events import ArticleReceived, Event
from bantin.topics import BY_EVENT, record_key

E = TypeVar("E", bound=Event)

SPEC_VERSION = "1.0"
JSON_TYPE = "application/json"

IDENTITY = ("receipt_id", "batch_id", "article_id")
"""Which file a record belongs to: in the headers of every event, so that even a broken payload can be told."""


def extension(name: str) -> str:
    """Return the header of a field of ours: CloudEvents extension names are lower-case letters and digits."""
    return "ce_" + name.replace("_", "")


RECEIVED_HEADERS = {
    name: extension(name) for name in ArticleReceived.model_fields if name not in ("content", "content_type")
}


class UndecodableRecordError(ValueError):
    """A record is not the event that its topic carries; no retry will make it one."""


def encode(event: Event, *, source: str, carrier: Mapping[str, str] | None = None) -> Message:
    """Return the message that publishes `event`.

    `source` is the CloudEvents source, the publishing service (`/bantin/extract`); `carrier` holds the propagation
    headers (`traceparent`, `tracestate`, `baggage`) of the span that sends it.
    """
    attributes = {
        "ce_specversion": SPEC_VERSION,
        "ce_id": str(uuid.uuid4()),
        "ce_type": event.type,
        "ce_source": source,
        "ce_subject": event.subject,
        "ce_time": datetime.now(UTC).isoformat(),
        **{extension(name): value for name in IDENTITY if (value := getattr(event, name))},
    }
    if isinstance(event, ArticleReceived):
        fields = event.model_dump(mode="json", exclude={"content", "content_type"}, exclude_none=True)
        attributes |= {RECEIVED_HEADERS[name]: str(value) for name, value in fields.items()}
        attributes["content-type"], value = event.content_type, event.content
    else:
        attributes["content-type"], value = JSON_TYPE, event.model_dump_json().encode()
    headers = tuple((name, text.encode()) for name, text in (attributes | dict(carrier or {})).items())
    return Message(BY_EVENT[type(event)].name, record_key(event), value, headers)


def decode(record: Record, event_type: type[E]) -> E:
    """Return the event in a record; raise UndecodableRecordError where it is none."""
    headers = text_headers(record.headers)
    if (found := headers.get("ce_type")) != event_type.type:
        raise UndecodableRecordError(f"expected ce_type {event_type.type}, found {found!r}")
    try:
        if event_type is not ArticleReceived:
            return event_type.model_validate_json(record.value or b"")
        fields = {name: headers[header] for name, header in RECEIVED_HEADERS.items() if header in headers}
        content_type = headers.get("content-type", "application/octet-stream")
        return event_type.model_validate({**fields, "content_type": content_type, "content": record.value or b""})
    except ValidationError as error:
        raise UndecodableRecordError(str(error)) from error


def text_headers(headers: Headers) -> dict[str, str]:
    """Return the headers that are valid UTF-8 as text, the last of each name; foreign bytes are left out."""
    decoded: dict[str, str] = {}
    for name, value in headers:
        try:
            decoded[name] = (value or b"").decode()
        except UnicodeDecodeError:
            continue
    return decoded
