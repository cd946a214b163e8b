"""What becomes of letters and of their files does not depend on the order in which their records are read."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bantin.deadletter import Failure, dead_letter
from bantin.eventlog.port import Record, TopicPartition
from bantin.events import AcceptedFile, DeadLetterAction, Reason, ReceiptRecorded
from bantin.topics import ACTIONS, RAW, RAW_DEAD
from bantin_ingest.deadletters.acting import receipt_records
from bantin_ingest.deadletters.letters import DecidedLetter, Letter, PlacedAction, decided, is_echo, read_letter
from bantin_ingest.deadletters.store import LetterStore, Selection, mark
from bantin_ingest.receipts.fold import fold_receipt

START = datetime(2026, 3, 1, tzinfo=UTC)
FILE = AcceptedFile(name="a", bytes=1, sha256="ab", trace_id=None, position=0, batch_total=1)
IDENTITY = (("ce_receiptid", b"r"), ("ce_batchid", b"b"), ("ce_articleid", b"a"))
Act = Literal["retry", "discard"]


def letter(origin: int, lies_at: int = 0) -> Letter:
    """Return the letter of the raw record at offset `origin`."""
    record = Record(RAW.name, 0, origin, 0, b"a", b"content", IDENTITY)
    message = dead_letter(record, "extract", Failure(Reason(code="broken", detail="why"), "extract"))
    return read_letter(Record(message.topic, 0, lies_at, 0, message.key, message.value, message.headers))


def action(name: str, act: Act, offset: int) -> PlacedAction:
    event = DeadLetterAction(
        receipt_id="r", batch_id="b", article_id="a", letter=name, action=act, by="an", at=START, note=str(offset)
    )
    return PlacedAction(event, 0, offset)


ACTS = st.lists(st.sampled_from(["retry", "discard"]), max_size=6)


@given(ACTS, st.randoms(use_true_random=False))
def test_what_becomes_of_a_letter_is_told_by_its_actions_in_any_order(acts: list[Act], chance: random.Random) -> None:
    one = letter(7)
    actions = [action(one.letter, act, offset) for offset, act in enumerate(acts)]
    shuffled = actions + chance.choices(actions, k=2) if actions else []
    chance.shuffle(shuffled)
    found = decided(one, shuffled)
    assert found == decided(one, actions)
    assert found.state == ("retried" if "retry" in acts else "discarded" if "discard" in acts else "open")
    carried_out = [placed for placed in actions if not is_echo(placed, shuffled)]
    assert sorted(placed.event.action for placed in carried_out) == sorted(set(acts))


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["die", "retry", "discard"])), max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_view_is_the_same_however_it_was_read(steps: list[tuple[int, str]], chance: random.Random) -> None:
    letters = [letter(origin, at) for at, (origin, step) in enumerate(steps) if step == "die"]
    actions = [
        action(letter(origin).letter, step, offset)
        for offset, (origin, step) in enumerate(steps)
        if step in ("retry", "discard")
    ]
    with TemporaryDirectory() as folder:
        at_once, piecemeal = (LetterStore(Path(folder) / name) for name in ("one.db", "two.db"))
        at_once.apply(letters, actions, {TopicPartition(RAW_DEAD.name, 0): 9, TopicPartition(ACTIONS.name, 0): 4})
        pieces = letters + actions
        pieces += chance.choices(pieces, k=3) if pieces else []
        chance.shuffle(pieces)
        for piece in pieces:
            if isinstance(piece, Letter):
                piecemeal.apply([piece], [], {})
            else:
                piecemeal.apply([], [piece], {})
        for state in ("open", "retried", "discarded", None):
            pages = [store.page(Selection(state), None, 100) for store in (at_once, piecemeal)]
            assert pages[0] == pages[1]
            assert all(later < earlier for earlier, later in pairwise(map(mark, pages[0])))
            counted = at_once.count(Selection(state))
            assert sum(count for _, _, count in counted) == len(pages[0])
        assert at_once.positions()[TopicPartition(ACTIONS.name, 0)] == 4
        for store in (at_once, piecemeal):
            store.close()


class OneFile(RuleBasedStateMachine):
    """A file that dies, is retried and discarded, in any way; what its receipt says is what an onlooker would say.

    `away` are retries that were decided and not yet carried out, `lives` records of the file that are being read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.records = [receipt("received", 0, file=FILE)]
        self.lives = [0]
        self.graves: dict[int, str] = {}
        self.away: list[int] = []
        self.next_offset = 1
        self.clock = 0
        self.answered = False

    def tick(self, step: int = 1) -> datetime:
        """Clocks of several machines: time may go back."""
        self.clock += step
        return START + timedelta(seconds=self.clock)

    @rule(step=st.integers(-3, 3))
    def time_passes(self, step: int) -> None:
        self.tick(step)

    @precondition(lambda self: self.lives)
    @rule(pick=st.randoms(use_true_random=False), step=st.integers(-3, 3), again=st.booleans())
    def dies(self, pick: random.Random, step: int, again: bool) -> None:
        origin = self.lives.pop(pick.randrange(len(self.lives)))
        self.graves[origin] = "open"
        for _ in range(2 if again else 1):  # its death was not committed: it is buried twice
            self.records.append(
                receipt("dead_lettered", 0, at=self.tick(step), letter=letter(origin).letter, reason=str(origin))
            )

    @precondition(lambda self: self.lives)
    @rule(pick=st.randoms(use_true_random=False), step=st.integers(-3, 3))
    def is_indexed(self, pick: random.Random, step: int) -> None:
        self.lives.pop(pick.randrange(len(self.lives)))
        self.answered = True
        self.records.append(receipt("indexed", 0, at=self.tick(step)))

    @precondition(lambda self: self.graves)
    @rule(pick=st.randoms(use_true_random=False))
    def operator_retries(self, pick: random.Random) -> None:
        origin = pick.choice(sorted(self.graves))
        if self.graves[origin] != "retried":
            self.graves[origin] = "retried"
            self.away.append(origin)

    @precondition(lambda self: self.away)
    @rule(step=st.integers(-3, 3), times=st.integers(1, 2))
    def retry_is_carried_out(self, step: int, times: int) -> None:
        origin = self.away.pop(0)
        at = self.tick(step)
        for _ in range(times):  # killed before it was committed: carried out again
            self.records += [told(origin, "retry", at)]
            self.lives.append(self.next_offset)
            self.next_offset += 1

    @precondition(lambda self: "open" in self.graves.values())
    @rule(pick=st.randoms(use_true_random=False), step=st.integers(-3, 3))
    def operator_discards(self, pick: random.Random, step: int) -> None:
        origin = pick.choice([origin for origin, state in self.graves.items() if state == "open"])
        self.graves[origin] = "discarded"
        self.records += [told(origin, "discard", self.tick(step))]

    @invariant()
    def receipt_says_what_is(self) -> None:
        shuffled = list(self.records)
        random.Random(len(shuffled)).shuffle(shuffled)
        found = fold_receipt(shuffled)
        assert found is not None
        assert found == fold_receipt(self.records)
        undone = {origin: state for origin, state in self.graves.items() if state != "retried" or origin in self.away}
        if self.answered:
            assert (found.status, found.reason) == ("indexed", None)
        elif not undone:
            assert (found.status, found.reason) == ("accepted", None)
        else:
            assert found.status == "dead_lettered"
            assert found.reason is not None
            given_up = {str(o) for o, state in self.graves.items() if state == "discarded"}
            waits = any(state == "open" for state in undone.values())
            assert not waits or found.reason.detail not in given_up
        assert len([entry for entry in found.timeline if entry.stage == "dead_lettered"]) == len(self.graves)


def receipt(
    stage: str,
    second: int,
    *,
    at: datetime | None = None,
    letter: str | None = None,
    reason: str | None = None,
    file: AcceptedFile | None = None,
) -> ReceiptRecorded:
    statuses = {"indexed": "indexed", "dead_lettered": "dead_lettered"}
    return ReceiptRecorded.model_validate(
        {
            **{"receipt_id": "r", "batch_id": "b", "article_id": "a", "stage": stage, "letter": letter, "file": file},
            "status": statuses.get(stage, "accepted"),
            "at": at or START + timedelta(seconds=second),
            "reason": reason and {"code": "broken", "detail": reason},
        }
    )


def told(origin: int, act: Act, at: datetime) -> ReceiptRecorded:
    one = letter(origin)
    (record,) = receipt_records(action(one.letter, act, 0).event.model_copy(update={"at": at}), one)
    return record


TestOneFile = OneFile.TestCase
TestOneFile.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_a_decided_letter_keeps_what_the_letter_said() -> None:
    one = letter(3)
    found = decided(one, [action(one.letter, "retry", 1), action(one.letter, "discard", 0)])
    assert isinstance(found, DecidedLetter)
    assert Letter.model_validate(found.model_dump()) == one
    assert found.decision is not None
    assert (found.decision.action, found.decision.note) == ("retry", "1")
