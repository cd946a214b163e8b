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
}


def record(stage: Stage, second: int, receipt: str = "r0", total: int = 1) -> ReceiptRecorded:
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
    )


def folded(*steps: tuple[Stage, int]) -> Receipt:
    receipt = fold_receipt([record(stage, second) for stage, second in steps])
    assert receipt is not None
    return receipt


RECORDS = st.lists(
    st.builds(
        record,
        st.sampled_from(list(STATUS)),
        st.integers(0, 5),
        st.sampled_from(["r0", "r1", "r2"]),
        st.just(3),
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


def test_what_a_search_finds_is_indexed_whatever_else_was_said() -> None:
    assert folded(("received", 0), ("indexed", 1), ("dead_lettered", 5), ("rejected", 6)).status == "indexed"


def test_received_comes_first_even_where_clocks_differ() -> None:
    receipt = folded(("received", 5), ("extracted", 3), ("indexed", 4))
    assert [entry.stage for entry in receipt.timeline] == ["received", "extracted", "indexed"]


def test_nothing_is_told_of_a_file_before_it_is_known() -> None:
    assert fold_receipt([record("indexed", 1)]) is None
    assert fold_batch([record("indexed", 1)]) is None
    assert fold_batch([]) is None
