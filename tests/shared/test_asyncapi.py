"""The AsyncAPI document says what is really on the log."""

import json

from bantin.asyncapi import DOCUMENT, document, rendered
from bantin.topics import ALL_TOPICS, BY_EVENT


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text() == rendered(), "run python -m bantin.asyncapi"


def test_every_topic_has_a_sender_and_the_events_a_receiver() -> None:
    found = document()
    addresses = {key: channel["address"] for key, channel in found["channels"].items()}
    directions: dict[str, set[str]] = {topic.name: set() for topic in ALL_TOPICS}
    for operation in found["operations"].values():
        channel = operation["channel"]["$ref"].removeprefix("#/channels/")
        directions[addresses[channel]].add(operation["action"])
    assert all("send" in actions for actions in directions.values())
    read_by_all_instances = {"receipts.v1"}  # outside any group, which FastStream has no word for
    assert all(
        "receive" in directions[topic.name] for topic in BY_EVENT.values() if topic.name not in read_by_all_instances
    )


def test_every_reference_leads_somewhere() -> None:
    found = document()
    for part in json.dumps(found).split('"$ref": "#/')[1:]:
        place = found
        for step in part.split('"')[0].split("/"):
            place = place[step]


def test_events_describe_their_headers() -> None:
    messages = document()["components"]["messages"]
    raw = messages["ingest-sends-articles.raw.v1:Message"]
    assert raw["headers"]["properties"]["ce_type"]["const"] == "vn.bantin.article.received.v1"
    assert "ce_filename" in raw["headers"]["required"]
    assert "ce_sourceurl" not in raw["headers"]["required"]
