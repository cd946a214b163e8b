"""Dead letters keep the record's own bytes and say why it died."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.deadletter import Failure, dead_letter, read_dead_letter, stack_of
from bantin.envelope import UndecodableRecordError
from bantin.eventlog.port import Headers, Record
from bantin.events import Reason

FOREIGN_NAMES = st.text(max_size=10).filter(lambda name: not name.startswith("dlq_"))
HEADERS = st.lists(st.tuples(FOREIGN_NAMES, st.none() | st.binary(max_size=20)), max_size=5).map(tuple)


def record(headers: Headers = (), value: bytes | None = b"value") -> Record:
    return Record("articles.raw.v1", 3, 41, 0, b"key", value, headers)


def buried(original: Record, failure: Failure) -> Record:
    message = dead_letter(original, "extract", failure)
    return Record(message.topic, 0, 0, 0, message.key, message.value, message.headers)


@given(headers=HEADERS, value=st.none() | st.binary(max_size=50))
def test_key_value_and_headers_of_any_bytes_are_kept(headers: Headers, value: bytes | None) -> None:
    letter = buried(record(headers, value), Failure(Reason(code="c", detail="d"), "extract"))
    assert (letter.key, letter.value) == (b"key", value)
    assert letter.headers[: len(headers)] == headers


def test_it_says_which_file_died_where_and_why() -> None:
    headers = (("ce_receiptid", b"r1"), ("ce_batchid", b"b1"), ("ce_articleid", b"a1"))
    failure = Failure(Reason(code="handler_failed", detail="vì lỗi"), "extract", 2, "Traceback …")
    letter = read_dead_letter(buried(record(headers), failure))
    assert (letter.receipt_id, letter.batch_id, letter.article_id) == ("r1", "b1", "a1")
    assert (letter.failure, letter.origin) == (failure, "articles.raw.v1/3/41")


def test_its_topic_is_that_of_the_group_which_failed() -> None:
    assert buried(record(), Failure(Reason(code="c", detail="d"), "s")).topic == "articles.raw.v1.extract.dlq"


def test_a_record_that_dies_twice_tells_its_last_death_only() -> None:
    once = buried(record(), Failure(Reason(code="first", detail=""), "s"))
    twice = buried(once, Failure(Reason(code="second", detail=""), "s"))
    assert [value for name, value in twice.headers if name == "dlq_code"] == [b"second"]


def test_something_else_is_no_dead_letter() -> None:
    with pytest.raises(UndecodableRecordError, match="not a dead letter"):
        read_dead_letter(record())


def test_a_very_long_stack_keeps_its_end() -> None:
    try:
        raise ValueError("x" * 100_000 + "the end")
    except ValueError as error:
        stack = stack_of(error)
    assert len(stack) == 8_000
    assert stack.rstrip().endswith("the end")
