"""Carries out what operators decided: a retried letter's record is published again, and the file's receipt told."""

from collections.abc import Mapping, Sequence

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, SpanKind

from bantin.breaker import Breaker
from bantin.deadletter import exhumed
from bantin.eventlog.port import EventLog, Message, Record
from bantin.events import DeadLetterAction, Reason, ReceiptRecorded
from bantin.handler import Delivery, Emit, Outcome, Refuse
from bantin.stage import Stage
from bantin.telemetry.tracing import extract, inject, tracer
from bantin.topics import ACTIONS, ACTIONS_GROUP, ENRICHED_DEAD, RAW_DEAD
from bantin_ingest.deadletters.letters import DecidedLetter, Letter, PlacedAction, is_echo, read_action
from bantin_ingest.deadletters.lookup import DeadLetters

ENDING = (RAW_DEAD.name, ENRICHED_DEAD.name)
"""Letters on these topics end a file; the others are about files that have ended otherwise, or about none."""

BATCH_RECORDS = 4
"""Their letters are in memory together, and each may be as large as a record can be."""


class ActionHandler:
    """Turns actions into what they lead to. Redelivered, an action leads to the same again."""

    def __init__(self, letters: DeadLetters) -> None:
        self._letters = letters

    async def __call__(self, deliveries: Sequence[Delivery[PlacedAction]]) -> Sequence[Outcome]:
        """Return the outcome of each action; raise UnavailableError where the log can't be read now."""
        letters, actions = await self._read([delivery.event for delivery in deliveries])
        echoes = {id(delivery) for delivery in deliveries if is_echo(delivery.event, actions[_name(delivery)])}
        retried = [
            letters[_name(d)] for d in deliveries if _is_retry(d) and _name(d) in letters and id(d) not in echoes
        ]
        records = await self._letters.records(retried)
        return [
            Emit() if id(delivery) in echoes else _outcome(delivery, letters.get(_name(delivery)), records)
            for delivery in deliveries
        ]

    async def _read(
        self, placed: Sequence[PlacedAction]
    ) -> tuple[Mapping[str, DecidedLetter], Mapping[str, Sequence[PlacedAction]]]:
        """Return the letters, and the actions about them: all those before the ones given, too."""
        names = {action.event.letter for action in placed}
        letters, actions = await self._letters.known(names), await self._letters.actions(names)
        if all(action.event.letter in letters and action in actions[action.event.letter] for action in placed):
            return letters, actions  # whoever has read these has read what lies before them in their partition
        return await self._letters.find(names), await self._letters.actions(names)


def _name(delivery: Delivery[PlacedAction]) -> str:
    return delivery.event.event.letter


def _is_retry(delivery: Delivery[PlacedAction]) -> bool:
    return delivery.event.event.action == "retry"


def _outcome(delivery: Delivery[PlacedAction], letter: DecidedLetter | None, records: Mapping[str, Record]) -> Outcome:
    action = delivery.event.event
    if letter is None:
        return Refuse(Reason(code="unknown_dead_letter", detail=f"There is no dead letter {action.letter}."))
    if action.action == "discard":
        return Emit(() if letter.state == "retried" else receipt_records(action, letter))
    if letter.letter not in records:
        return Refuse(Reason(code="lost_dead_letter", detail=f"The log no longer has the record of {action.letter}."))
    return Emit(receipt_records(action, letter), (retry(records[letter.letter], letter.letter, delivery.context),))


def retry(record: Record, letter: str, context: Context) -> Message:
    """Return the message that publishes a letter's record again, in a span of its own trace.

    The span is linked with that of the operator's act, which `context` holds; everything else of the record is as it
    was, so it has its old identity, and its old place in the order of captures.
    """
    message = exhumed(record, letter)
    own = extract(record)
    act = trace.get_current_span(context).get_span_context()
    links = [Link(act)] if act.is_valid else []
    attributes = {"bantin.dead_letter": letter, "messaging.destination.name": message.topic}
    span = tracer.start_span(f"retry {message.topic}", own, SpanKind.PRODUCER, attributes, links)
    span.end()
    carrier = inject(trace.set_span_in_context(span, own))
    kept = tuple((name, value) for name, value in message.headers if name not in carrier)
    carried = tuple((name, value.encode()) for name, value in carrier.items())
    return Message(message.topic, message.key, message.value, (*kept, *carried))


def receipt_records(action: DeadLetterAction, letter: Letter) -> tuple[ReceiptRecorded, ...]:
    """Return what the receipt of the letter's file learns: that it goes on, or that it has been given up."""
    if letter.topic not in ENDING or not (letter.receipt_id and letter.batch_id and letter.article_id):
        return ()
    retried = action.action == "retry"
    record = ReceiptRecorded(
        receipt_id=letter.receipt_id,
        batch_id=letter.batch_id,
        article_id=letter.article_id,
        stage="retried" if retried else "discarded",
        status="accepted" if retried else "dead_lettered",
        at=action.at,
        letter=letter.letter,
    )
    return (record,)


def acting_stage(log: EventLog, letters: DeadLetters, breaker: Breaker) -> Stage[PlacedAction]:
    """Return the stage that carries out actions; run as many as there are instances."""
    stage = Stage("deadletters", ACTIONS_GROUP, {ACTIONS: read_action}, ActionHandler(letters), log)
    stage.max_records = BATCH_RECORDS
    stage.breaker = breaker
    return stage
