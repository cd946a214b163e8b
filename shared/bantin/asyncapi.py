"""The AsyncAPI document of the log: which service sends and receives what, on which topic, in which form.

FastStream generates it from the bindings below; `python -m bantin.asyncapi` writes `docs/asyncapi.json`. FastStream
knows nothing of our headers, so they are added here.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bantin import __version__
from bantin.envelope import IDENTITY, JSON_TYPE, RECEIVED_HEADERS, SPEC_VERSION, extension
from bantin.events import ArticleReceived, DeadLetterAction
from bantin.topics import (
    ACTIONS,
    ACTIONS_DEAD,
    ACTIONS_GROUP,
    ENRICHED,
    ENRICHED_DEAD,
    EXTRACT_GROUP,
    INDEX_GROUP,
    INDEXED,
    OUTCOMES,
    OUTCOMES_DEAD,
    RAW,
    RAW_DEAD,
    RECEIPTS,
    RECEIPTS_GROUP,
    REJECTED,
    Topic,
)

try:
    from faststream.kafka import KafkaBroker
    from faststream.specification import AsyncAPI
except ImportError as error:
    raise ImportError('writing the AsyncAPI document needs an extra: pip install "bantin[kafka]"') from error

DOCUMENT = Path("docs/asyncapi.json")

DESCRIPTION = """Events are CloudEvents 1.0 in binary mode: attributes in `ce_*` headers, the payload as the record's
value. The key is the article's id, that of a receipt's record is `receipt_id/stage` (with the dead letter behind it,
if the stage is about one), that of an action is the dead letter. A dead letter that is retried is published again under
its old topic, as it was but for its trace, with its letter in the header `dlq-retry-of`."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What one service receives as a member of `group`, and what it sends."""

    service: str
    group: str
    receives: tuple[Topic, ...]
    sends: tuple[Topic, ...]


BINDINGS = (
    Binding("ingest", RECEIPTS_GROUP, OUTCOMES, (RAW, RECEIPTS, *OUTCOMES_DEAD)),
    Binding(
        "ingest",
        ACTIONS_GROUP,
        (ACTIONS,),
        (ACTIONS, ACTIONS_DEAD, ENRICHED, *OUTCOMES),
    ),
    Binding("extract", EXTRACT_GROUP, (RAW,), (ENRICHED, REJECTED, RAW_DEAD)),
    Binding("index", INDEX_GROUP, (ENRICHED,), (INDEXED, ENRICHED_DEAD)),
)


def document(bindings: Sequence[Binding] = BINDINGS) -> dict[str, Any]:
    """Return the AsyncAPI 3 document."""
    broker: Any = KafkaBroker("localhost:9092", logger=None)
    topics: dict[str, Topic] = {}
    for binding in bindings:
        for topic in binding.receives:
            title = f"{binding.service}-receives-{topic.name}"
            subscriber = broker.subscriber(
                topic.name, group_id=binding.group, title=title, description=f"Group `{binding.group}`. {_about(topic)}"
            )
            subscriber(_handler(topic))
            topics[title] = topic
        for topic in binding.sends:
            title = f"{binding.service}-sends-{topic.name}"
            broker.publisher(topic.name, schema=_payload(topic), title=title, description=_about(topic))
            topics[title] = topic
    specification = AsyncAPI(broker, title="Bản Tin", version=__version__, description=DESCRIPTION)
    found = cast(dict[str, Any], json.loads(specification.to_specification().to_json()))
    for title, message in found["components"]["messages"].items():
        _describe(message, topics[title.rpartition(":")[0]])
    return found


def main() -> None:
    """Write the document to the path given, or to its place in the project."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT
    path.write_text(rendered())


def rendered() -> str:
    """Return the document as it is kept."""
    return json.dumps(document(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _about(topic: Topic) -> str:
    kept = "The newest record of each key is kept." if topic.compacted else "Kept for ever."
    if topic.event is None:
        return f"Dead letters: a failed record's own bytes, with the reason in headers beside its own. {kept}"
    return f"{(topic.event.__doc__ or '').splitlines()[0]} {kept}"


def _payload(topic: Topic) -> type:
    """A received file travels as its bytes, a dead letter as whatever it was."""
    return bytes if topic.event in (None, ArticleReceived) else topic.event


def _handler(topic: Topic) -> Any:
    """FastStream reads the payload's schema from a handler; ours are elsewhere and take batches."""

    async def receive(event: Any) -> None: ...

    receive.__annotations__["event"] = _payload(topic)
    return receive


def _describe(message: dict[str, Any], topic: Topic) -> None:
    message["correlationId"] = {"description": "The trace.", "location": "$message.header#/traceparent"}
    if topic.event is None:
        return
    properties: dict[str, Any] = {
        "ce_specversion": {"type": "string", "const": SPEC_VERSION},
        "ce_id": {"type": "string", "format": "uuid"},
        "ce_type": {"type": "string", "const": topic.event.type},
        "ce_source": {"type": "string", "description": "The sending service, `/bantin/NAME`."},
        "ce_subject": {"type": "string", "description": "What it is about: the article's id, or a dead letter."},
        "ce_time": {"type": "string", "format": "date-time"},
        "content-type": {"type": "string"},
        "traceparent": {"type": "string", "description": "W3C trace context of the span that sent it."},
        **{extension(name): {"type": "string", "description": f"`{name}`"} for name in IDENTITY},
    }
    optional = {"traceparent"}
    if topic.event is DeadLetterAction:
        optional |= {extension(name) for name in IDENTITY}
    if topic.event is ArticleReceived:
        schema = ArticleReceived.model_json_schema()
        required: set[str] = set(schema["required"])
        for name, header in RECEIVED_HEADERS.items():
            properties[header] = {"type": "string", "description": f"`{name}`"}
            if name not in required:
                optional.add(header)
        properties["content-type"]["description"] = "The file's own."
    else:
        properties["content-type"]["const"] = message["contentType"] = JSON_TYPE
    message["headers"] = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


if __name__ == "__main__":
    main()
