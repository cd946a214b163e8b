"""Dead letters keep the record's own bytes and say why it died."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.deadletter import RETRY_OF, Failure, dead_letter, exhumed, letter_id, read_dead_letter, stack_of
from bantin.envelope import UndecodableRecordError
from bantin.eventlog.port import Headers, Message, Record
from bantin.events import Reason

FOREIGN_NAMES = st.text(max_size=10).filter(lambda name: not name.startswith("dlq"))
VALUES = st.none() | st.binary(max_size=20)
HEADERS = st.lists(st.tuples(FOREIGN_NAMES, VALUES), max_size=5).map(tuple)
DEADLY_NAMES = st.sampled_from(["dlq_", "dlq_code", "dlq_dlq_code", "dlq_mine", "dlq_retry_of"])
ANY_HEADERS = st.lists(st.tuples(FOREIGN_NAMES | DEADLY_NAMES, VALUES), max_size=6).map(tuple)
FAILURE = Failure(Reason(code="c", detail="d"), "s")


def record(headers: Headers = (), value: bytes | None = b"value") -> Record:
    return Record("articles.raw.v1", 3, 41, 0, b"key", value, headers)


def placed(message: Message, offset: int = 0) -> Record:
    return Record(message.topic, 0, offset, 0, message.key, message.value, message.headers)


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
    failure = Failure(Reason(code="handler_failed", detail="vì lỗi"), "extract", 2, "Traceback …", "a1" * 16)
    letter = read_dead_letter(buried(record(headers), failure))
    assert (letter.receipt_id, letter.batch_id, letter.article_id) == ("r1", "b1", "a1")
    assert (letter.failure, letter.origin) == (failure, "articles.raw.v1/3/41")


def test_its_topic_is_that_of_the_group_which_failed() -> None:
    assert buried(record(), Failure(Reason(code="c", detail="d"), "s")).topic == "articles.raw.v1.extract.dlq"


def test_a_record_that_dies_twice_tells_its_last_death_only() -> None:
    once = buried(record(), Failure(Reason(code="first", detail=""), "s"))
    twice = buried(once, Failure(Reason(code="second", detail=""), "s"))
    assert [value for name, value in twice.headers if name == "dlq_code"] == [b"second"]


@given(headers=ANY_HEADERS, value=st.none() | st.binary(max_size=50), deaths=st.integers(1, 3))
def test_a_record_comes_back_as_it_was_however_often_it_was_buried(
    headers: Headers, value: bytes | None, deaths: int
) -> None:
    original = record(headers, value)
    buried_record = original
    for _ in range(deaths):  # a dead letter may itself be a record that a group can't process
        buried_record = placed(dead_letter(buried_record, "extract", FAILURE))
    for _ in range(deaths):
        message = exhumed(buried_record, letter_id(buried_record))
        assert message.headers[-1] == (RETRY_OF, letter_id(buried_record).encode())
        buried_record = placed(Message(message.topic, message.key, message.value, message.headers[:-1]))
    assert (buried_record.topic, buried_record.key, buried_record.value) == (original.topic, b"key", value)
    assert buried_record.headers == headers


def test_a_record_that_was_retried_names_its_last_letter_only() -> None:
    once = placed(exhumed(placed(dead_letter(record(), "extract", FAILURE)), "first"))
    twice = exhumed(placed(dead_letter(once, "extract", FAILURE)), "second")
    assert [value for name, value in twice.headers if name == RETRY_OF] == [b"second"]
    assert read_dead_letter(placed(dead_letter(once, "extract", FAILURE))).retry_of == "first"


def test_a_letter_is_named_by_where_its_record_lay_so_that_one_buried_twice_is_one() -> None:
    message = dead_letter(record(), "extract", FAILURE)
    assert letter_id(placed(message, 5)) == letter_id(placed(message, 6)) == "articles.raw.v1.extract.dlq-3-41"


@pytest.mark.parametrize("origin", [None, b"", b"articles.raw.v1/3/x", b"other.v1/3/41", b"3/41", b"\xff"])
def test_a_letter_that_does_not_say_where_its_record_lay_is_named_by_its_own_place(origin: bytes | None) -> None:
    message = Message("articles.raw.v1.extract.dlq", None, None, (("dlq_origin", origin),))
    assert letter_id(placed(message, 7)) == "articles.raw.v1.extract.dlq-at-0-7"


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
