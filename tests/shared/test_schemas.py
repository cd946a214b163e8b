"""Events keep their golden schemas, and every example message still means what it meant."""

import json
from pathlib import Path
from typing import Any

import pytest

from bantin.envelope import decode, encode
from bantin.eventlog.port import Message, Record
from bantin.events import ArticleReceived
from bantin.topics import BY_EVENT, Topic

SCHEMAS = Path("shared/schemas")
TOPICS = list(BY_EVENT.values())
EXAMPLES = sorted(SCHEMAS.glob("*/example-*.json"))
MADE_ANEW = {"ce_id", "ce_time"}


def test_every_event_has_an_example() -> None:
    assert {path.parent.name for path in EXAMPLES} == {topic.name for topic in TOPICS}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_the_schema_is_the_golden_one(topic: Topic, update_golden: bool) -> None:
    """A change here changes what other programs read: see that old records still decode, then update."""
    assert topic.event is not None
    schema = json.dumps(topic.event.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2) + "\n"
    golden = SCHEMAS / topic.name / "schema.json"
    if update_golden:
        golden.write_text(schema)
    assert golden.read_text() == schema, "run pytest --update-golden if the change is wanted"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_decodes_and_encodes_to_itself(path: Path) -> None:
    example = json.loads(path.read_text())
    (topic,) = [topic for topic in TOPICS if topic.name == path.parent.name]
    assert topic.event is not None
    event = decode(_record(topic, example), topic.event)
    carrier = {"traceparent": example["headers"]["traceparent"]}
    message = encode(event, source=example["headers"]["ce_source"], carrier=carrier)
    assert message.topic == topic.name
    assert message.key == example["key"].encode()
    assert _headers(message) == {k: v for k, v in example["headers"].items() if k not in MADE_ANEW}
    assert message.value is not None
    value = message.value.decode() if topic.event is ArticleReceived else json.loads(message.value)
    assert value == example["value"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_field_that_a_newer_producer_adds_is_ignored(path: Path) -> None:
    example = json.loads(path.read_text())
    (topic,) = [topic for topic in TOPICS if topic.name == path.parent.name]
    assert topic.event is not None
    before = decode(_record(topic, example), topic.event)
    example["headers"]["ce_mood"] = "vui"
    if topic.event is not ArticleReceived:
        example["value"]["mood"] = "vui"
    assert decode(_record(topic, example), topic.event) == before


def _record(topic: Topic, example: dict[str, Any]) -> Record:
    value = example["value"] if topic.event is ArticleReceived else json.dumps(example["value"])
    headers = tuple((name, text.encode()) for name, text in example["headers"].items())
    return Record(topic.name, 0, 0, 0, example["key"].encode(), value.encode(), headers)


def _headers(message: Message) -> dict[str, str]:
    return {name: (value or b"").decode() for name, value in message.headers if name not in MADE_ANEW}
