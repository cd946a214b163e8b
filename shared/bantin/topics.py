"""The topics of the log: what each carries, how it is keyed and how long it is kept."""

from dataclasses import dataclass

from bantin.events import (
    ArticleEnriched,
    ArticleIndexed,
    ArticleReceived,
    ArticleRejected,
    DeadLetterAction,
    Event,
    ReceiptRecorded,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A named, append-only sequence of records of one event type.

    `compacted` keeps the newest record of each key; otherwise records are kept for ever, because the log is
    the source of truth and everything downstream is rebuilt from it. `event` is None for dead letters, which
    carry a failed record's own bytes.
    """

    name: str
    event: type[Event] | None
    compacted: bool = False
    partitions: int = 6


RAW = Topic("articles.raw.v1", ArticleReceived)
ENRICHED = Topic("articles.enriched.v1", ArticleEnriched)
REJECTED = Topic("articles.rejected.v1", ArticleRejected)
INDEXED = Topic("articles.indexed.v1", ArticleIndexed)
RECEIPTS = Topic("receipts.v1", ReceiptRecorded, compacted=True)
ACTIONS = Topic("dlq.actions.v1", DeadLetterAction)

EXTRACT_GROUP = "extract"
INDEX_GROUP = "index"
RECEIPTS_GROUP = "receipts"
ACTIONS_GROUP = "deadletters"


def dead_letters(topic: Topic, group: str) -> Topic:
    """Return the topic that takes the records of `topic` which `group` can never process."""
    return Topic(f"{topic.name}.{group}.dlq", None, partitions=1)


RAW_DEAD = dead_letters(RAW, EXTRACT_GROUP)
ENRICHED_DEAD = dead_letters(ENRICHED, INDEX_GROUP)
OUTCOMES = (REJECTED, INDEXED, RAW_DEAD, ENRICHED_DEAD)
"""What ends a file: the receipts group reads these."""

OUTCOMES_DEAD = tuple(dead_letters(topic, RECEIPTS_GROUP) for topic in OUTCOMES)

ACTIONS_DEAD = dead_letters(ACTIONS, ACTIONS_GROUP)

DEAD_LETTERS = (RAW_DEAD, ENRICHED_DEAD, *OUTCOMES_DEAD, ACTIONS_DEAD)
"""Everything that a group could not process."""

ALL_TOPICS = (RAW, ENRICHED, RECEIPTS, ACTIONS, ACTIONS_DEAD, *OUTCOMES, *OUTCOMES_DEAD)

BY_EVENT: dict[type[Event], Topic] = {topic.event: topic for topic in ALL_TOPICS if topic.event}


def record_key(event: Event) -> bytes:
    """Return the key of an event's record: same article, same partition, so order holds."""
    if isinstance(event, ReceiptRecorded):
        return "/".join(filter(None, (event.receipt_id, event.stage, event.letter))).encode()
    if isinstance(event, DeadLetterAction):
        return event.letter.encode()
    return event.article_id.encode()
