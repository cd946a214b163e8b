"""What a file's events say, and that the store and the trace need nothing else."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.events import ArticleReceived, ArticleRejected
from bantin.problem import Problem
from bantin_ingest.handler import IncomingFile, arrival, issue_tickets, refusal, submission
from bantin_ingest.ids import new_id
from bantin_ingest.intake import SHARE_BYTES, SHARE_FILES, shares
from bantin_ingest.provenance import Provenance
from bantin_ingest.push import parse_push

NOW = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)


def file(size: int = 3, limit: int = 10, sha256: str = "ab" * 32) -> IncomingFile:
    return IncomingFile("tin.html", "text/html", size, sha256, refusal(size, limit))


def test_a_file_that_can_be_taken_is_received() -> None:
    (ticket,) = issue_tickets([file()], Provenance("https://a.vn/1", "Báo A", None), NOW)
    event = submission(ticket, b"tin")
    assert isinstance(event, ArticleReceived)
    assert (event.content, event.source_url, event.source_name) == (b"tin", "https://a.vn/1", "Báo A")
    (received,) = arrival(ticket, "f" * 32)
    assert received.file is not None
    assert (received.status, received.file.trace_id, received.file.batch_total) == ("accepted", "f" * 32, 1)


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (11, "too_large")])
def test_one_that_can_not_is_rejected_with_the_reason(size: int, code: str) -> None:
    (ticket,) = issue_tickets([file(size)], Provenance(), NOW)
    event = submission(ticket, None)
    assert isinstance(event, ArticleRejected)
    assert event.reason.code == code
    received, rejected = arrival(ticket, None)
    assert (received.stage, rejected.stage, rejected.status) == ("received", "rejected", "rejected")
    assert rejected.reason == event.reason


def test_the_limit_itself_is_allowed() -> None:
    assert refusal(10, 10) is None


@pytest.mark.parametrize(
    ("submitted", "captured"),
    [
        (None, NOW),
        (NOW - timedelta(days=400), NOW - timedelta(days=400)),
        (NOW + timedelta(seconds=1), NOW),
        (datetime(2026, 3, 1, 8, 30, tzinfo=timezone(timedelta(hours=7))), NOW),
    ],
)
def test_nothing_was_captured_after_it_was_received(submitted: datetime | None, captured: datetime) -> None:
    assert Provenance(captured_at=submitted).captured(NOW) == captured


def test_the_same_bytes_at_another_address_are_another_article() -> None:
    addresses = ["https://a.vn/1", "https://a.vn/2", None]
    ids = {issue_tickets([file()], Provenance(address), NOW)[0].article_id for address in addresses}
    assert len(ids) == 3


def test_an_address_belongs_to_one_file() -> None:
    with pytest.raises(ValueError, match="one file"):
        issue_tickets([file(), file()], Provenance("https://a.vn/1"), NOW)


def test_ids_are_new_and_sort_by_time() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert len(set(ids)) == 1_000
    assert [name[:13] for name in ids] == sorted(name[:13] for name in ids)
    assert all(name[14] == "7" for name in ids)


@given(st.lists(st.integers(0, SHARE_BYTES + 10), max_size=30), st.integers(0, SHARE_FILES + 5))
def test_shares_keep_every_file_in_order_and_within_bounds(sizes: list[int], small: int) -> None:
    tickets = issue_tickets([file(size, SHARE_BYTES * 2) for size in [*sizes, *[1] * small]], Provenance(), NOW)
    cut = list(shares(tickets))
    assert [ticket for share in cut for ticket in share] == list(tickets)
    for share in cut:
        assert 0 < len(share) <= SHARE_FILES
        assert len(share) == 1 or sum(ticket.file.size for ticket in share) <= SHARE_BYTES


def test_equal_articles_have_one_canonical_form() -> None:
    one = parse_push(b'{"title": "T\\u1ee9", "text": "N\\u1ed9i dung", "captured_at": "2026-03-01T08:00:00Z"}')
    other = parse_push('{"text":"Nội dung","source":null,"title":"Tứ"}'.encode())
    assert one.canonical == other.canonical == '{"text":"Nội dung","title":"Tứ"}'.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"{}",
        b'{"title": "T"}',
        b'{"text": "  "}',
        b'{"text": "a", "html": "b"}',
        b'{"text": 5}',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b'{"text": "a", "publishd_at": "2026-03-01"}',
        b'{"text": "a", "published_at": "2026-13-01"}',
        b'{"text": "a", "published_at": "20260301"}',
        b'{"text": "a", "published_at": "2026-03-01T08:00:00"}',
        b"[" * 100_000,
    ],
)
def test_a_push_that_is_no_article_is_a_422_that_says_why(body: bytes) -> None:
    with pytest.raises(Problem) as raised:
        parse_push(body)
    assert raised.value.status == 422
    assert len(raised.value.detail) > 10
