"""A receipt is the same whatever order its records come in, and says what an outsider would call the truth."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.events import AcceptedFile, Reason, ReceiptRecorded, Stage, Status
from bantin_ingest.receipts.fold import fold_batch, fold_receipt
from bantin_ingest.receipts.model import Receipt

START = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
STATUS: dict[Stage, Status] = {
    "received": "accepted",
    "extracted": "accepted",
    "retried": "accepted",
    "indexed": "indexed",
    "duplicate": "duplicate",
    "rejected": "rejected",
    "dead_lettered": "dead_lettered",
    "discarded": "dead_lettered",
}
OF_LETTERS = ("dead_lettered", "retried", "discarded")


def record(
    stage: Stage, second: int, receipt: str = "r0", total: int = 1, letter: str | None = None
) -> ReceiptRecorded:
    file = AcceptedFile(
        name=f"{receipt}.html", bytes=3, sha256="ab", trace_id=None, position=int(receipt[1:]), batch_total=total
    )
    ended = stage in ("rejected", "dead_lettered")
    return ReceiptRecorded(
        receipt_id=receipt,
        batch_id="b",
        article_id="a",
        stage=stage,
        status=STATUS[stage],
        at=START + timedelta(seconds=second),
        reason=Reason(code=stage, detail=f"at {second}") if ended else None,
        file=file if stage == "received" else None,
        letter=letter if stage in OF_LETTERS else None,
    )


def folded(*steps: tuple[Stage, int] | tuple[Stage, int, str]) -> Receipt:
    receipt = fold_receipt([record(step[0], step[1], letter=step[2] if len(step) == 3 else None) for step in steps])
    assert receipt is not None
    return receipt


RECORDS = st.lists(
    st.builds(
        record,
        st.sampled_from(list(STATUS)),
        st.integers(0, 5),
        st.sampled_from(["r0", "r1", "r2"]),
        st.just(3),
        st.sampled_from([None, "l0", "l1"]),
    ),
    max_size=14,
)


@given(RECORDS, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(records: list[ReceiptRecorded], chance: random.Random) -> None:
    shuffled = records + chance.choices(records, k=3) if records else []
    chance.shuffle(shuffled)
    assert fold_batch(shuffled) == fold_batch(records)


@given(RECORDS)
def test_counts_agree_with_the_files(records: list[ReceiptRecorded]) -> None:
    batch = fold_batch(records)
    if batch is None:
        return
    assert sum(batch.counts.model_dump().values()) == len(batch.files) <= batch.total == 3
    assert batch.done == sum(file.ended for file in batch.files)
    assert [file.receipt_id for file in batch.files] == sorted(file.receipt_id for file in batch.files)


def test_a_file_is_accepted_until_something_ends_it() -> None:
    receipt = folded(("received", 0), ("extracted", 1))
    assert (receipt.status, receipt.reason, receipt.ended) == ("accepted", None, False)
    assert [entry.stage for entry in receipt.timeline] == ["received", "extracted"]


@pytest.mark.parametrize("end", ["indexed", "duplicate", "rejected", "dead_lettered"])
def test_each_end_ends_it(end: Stage) -> None:
    receipt = folded((end, 2), ("received", 0))
    assert (receipt.status, receipt.ended) == (end, True)


def test_a_retry_reopens_an_earlier_dead_letter_only() -> None:
    assert folded(("received", 0), ("dead_lettered", 1), ("retried", 2)).status == "accepted"
    assert folded(("received", 0), ("dead_lettered", 1), ("retried", 2)).reason is None
    assert folded(("received", 0), ("dead_lettered", 3), ("retried", 2)).status == "dead_lettered"
    assert folded(("received", 0), ("dead_lettered", 1), ("retried", 2), ("indexed", 3)).status == "indexed"


def test_the_second_death_gives_its_own_reason() -> None:
    receipt = folded(("received", 0), ("dead_lettered", 1), ("retried", 2), ("dead_lettered", 3))
    assert receipt.reason == Reason(code="dead_lettered", detail="at 3")


def test_a_retry_reopens_the_letter_that_it_names_whatever_the_clocks_say() -> None:
    assert folded(("received", 0), ("dead_lettered", 9, "l0"), ("retried", 2, "l0")).status == "accepted"
    again = folded(("received", 0), ("dead_lettered", 1, "l0"), ("retried", 9, "l0"), ("dead_lettered", 3, "l1"))
    assert (again.status, again.reason) == ("dead_lettered", Reason(code="dead_lettered", detail="at 3"))
    reopened = folded(("received", 0), ("dead_lettered", 1, "l0"), ("dead_lettered", 3, "l1"), ("retried", 4, "l1"))
    assert reopened.status == "dead_lettered", "the first letter still waits for somebody to decide"


def test_the_timeline_tells_of_every_death_and_every_retry() -> None:
    receipt = folded(
        ("received", 0),
        ("dead_lettered", 1, "l0"),
        ("retried", 2, "l0"),
        ("dead_lettered", 3, "l1"),
        ("retried", 4, "l1"),
        ("extracted", 5),
        ("indexed", 6),
    )
    stages = ["received", "dead_lettered", "retried", "dead_lettered", "retried", "extracted", "indexed"]
    assert [entry.stage for entry in receipt.timeline] == stages
    assert (receipt.status, receipt.reason) == ("indexed", None)


def test_a_letter_that_was_discarded_stays_the_end_and_says_so() -> None:
    discarded = folded(("received", 0), ("dead_lettered", 1, "l0"), ("discarded", 2, "l0"))
    assert discarded.status == "dead_lettered"
    assert discarded.reason == Reason(code="dead_lettered", detail="at 1 (An operator has discarded it.)")
    assert discarded.timeline[-1].stage == "discarded"
    both = folded(("received", 0), ("dead_lettered", 1, "l0"), ("dead_lettered", 3, "l1"), ("discarded", 4, "l1"))
    assert both.reason == Reason(code="dead_lettered", detail="at 1"), "this one is still to be decided about"
    assert (
        folded(("received", 0), ("dead_lettered", 1, "l0"), ("discarded", 2, "l0"), ("retried", 3, "l0")).reason is None
    )


def test_what_a_search_finds_is_indexed_whatever_else_was_said() -> None:
    assert folded(("received", 0), ("indexed", 1), ("dead_lettered", 5), ("rejected", 6)).status == "indexed"


def test_received_comes_first_even_where_clocks_differ() -> None:
    receipt = folded(("received", 5), ("extracted", 3), ("indexed", 4))
    assert [entry.stage for entry in receipt.timeline] == ["received", "extracted", "indexed"]


def test_nothing_is_told_of_a_file_before_it_is_known() -> None:
    assert fold_receipt([record("indexed", 1)]) is None
    assert fold_batch([record("indexed", 1)]) is None
    assert fold_batch([]) is None
