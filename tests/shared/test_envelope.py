"""Any event survives the wire, and no bytes from the wire do worse than being named undecodable."""

import json
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.envelope import UndecodableRecordError, decode, encode, text_headers
from bantin.eventlog.port import Headers, Message, Record
from bantin.events import (
    AcceptedFile,
    Article,
    ArticleEnriched,
    ArticleIndexed,
    ArticleReceived,
    ArticleRejected,
    DeadLetterAction,
    Event,
    ReceiptRecorded,
)
from bantin.topics import BY_EVENT, record_key

TIMES = st.datetimes(timezones=st.just(UTC))
TEXT = st.text()
st.register_type_strategy(str, TEXT)

ARTICLES = st.builds(
    Article,
    captured_at=TIMES,
    indexed_at=st.none() | TIMES,
    published_at=st.none() | st.dates() | TIMES,
    people=st.just(()),
    documents=st.just(()),
    evidence=st.just(()),
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(ArticleReceived, captured_at=TIMES, received_at=TIMES, content=st.binary()),
    st.builds(ArticleEnriched, extracted_at=TIMES, article=ARTICLES),
    st.builds(ArticleRejected, rejected_at=TIMES),
    st.builds(ArticleIndexed, extracted_at=TIMES, indexed_at=TIMES),
    st.builds(ReceiptRecorded, at=TIMES, file=st.none() | st.builds(AcceptedFile)),
    st.builds(DeadLetterAction, at=TIMES),
)
ANY_HEADERS = st.lists(st.tuples(TEXT, st.none() | st.binary())).map(tuple)


def received(message: Message) -> Record:
    return Record(message.topic, 0, 0, 0, message.key, message.value, message.headers)


@given(event=EVENTS)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    message = encode(event, source="/bantin/test")
    assert decode(received(message), type(event)) == event
    assert message.topic == BY_EVENT[type(event)].name
    assert message.key == record_key(event)


@given(event=EVENTS)
def test_every_record_is_a_cloud_event_that_names_its_file(event: Event) -> None:
    headers = text_headers(encode(event, source="/bantin/test", carrier={"traceparent": "00-1-2-01"}).headers)
    assert headers["ce_specversion"] == "1.0"
    assert headers["ce_type"] == event.type
    assert headers["ce_source"] == "/bantin/test"
    assert headers["ce_id"]
    assert headers["traceparent"] == "00-1-2-01"
    assert headers["ce_subject"] == event.subject
    assert (headers.get("ce_receiptid", ""), headers.get("ce_articleid", "")) == (event.receipt_id, event.article_id)


@given(headers=ANY_HEADERS, value=st.none() | st.binary(), event_type=st.sampled_from(list(BY_EVENT)))
def test_foreign_bytes_are_undecodable_and_nothing_worse(
    headers: Headers, value: bytes | None, event_type: type[Event]
) -> None:
    marked = (*headers, ("ce_type", event_type.type.encode()))
    with pytest.raises(UndecodableRecordError):
        decode(Record("t", 0, 0, 0, None, value, marked), event_type)


def test_an_event_of_another_type_is_undecodable() -> None:
    message = Message("t", b"k", json.dumps({}).encode(), (("ce_type", b"vn.example.other.v1"),))
    with pytest.raises(UndecodableRecordError, match=r"expected ce_type vn\.bantin\.article\.rejected\.v1"):
        decode(received(message), ArticleRejected)
