"""Proves that each delivery gets its one outcome: in order within an article, alone among its neighbours."""

from itertools import permutations

import pytest

from bantin.events import ArticleIndexed
from bantin.handler import Emit, Outcome, Refuse, Retry
from bantin.search.port import SearchRefusedError, WriteResult
from bantin_index.handler import ArticleWriter, rounds


def told(outcome: Outcome) -> tuple[str, str | None]:
    """The decision in an outcome: what, and the reason's code."""
    assert isinstance(outcome, Emit)
    (event,) = outcome.events
    assert isinstance(event, ArticleIndexed)
    return event.outcome, event.reason and event.reason.code


@pytest.fixture
def write(index) -> ArticleWriter:
    return ArticleWriter(index, "memory")


async def test_a_new_article_is_written_and_told(write, index, event, deliver) -> None:
    (outcome,) = await write(deliver(event("r1", 0, "v1")))
    assert told(outcome) == ("indexed", None)
    (indexed,) = outcome.events
    assert (indexed.receipt_id, indexed.batch_id, indexed.article_id, indexed.version) == ("r1", "b1", "a1", "v1")
    assert indexed.indexed_at == index.held["a1"].article.indexed_at


async def test_a_redelivery_repeats_its_event_to_the_letter(write, event, deliver) -> None:
    first = await write(deliver(event("r1", 0, "v1")))
    assert await write(deliver(event("r1", 0, "v1"))) == first


async def test_two_captures_in_one_batch_are_decided_in_order(write, index, event, deliver) -> None:
    outcomes = await write(
        deliver(
            event("r1", 0, "v1"),
            event("r9", 0, "x", article_id="a9"),
            event("r2", 1, "v1"),
            event("r3", 2, "v2"),
            event("r4", 0, "v3"),
        )
    )
    assert [told(outcome) for outcome in outcomes] == [
        ("indexed", None),
        ("indexed", None),
        ("duplicate", "unchanged"),
        ("indexed", None),
        ("duplicate", "older_capture"),
    ]
    assert index.held["a1"].writers == ("r1", "r3")
    assert [len(bulk) for bulk in index.bulks] == [2, 1, 1]


async def test_a_refused_write_dies_alone(write, index, event, deliver) -> None:
    index.answers["a2"] = WriteResult("refused", "field too long")
    first, second, third = await write(deliver(*(event(f"r{n}", 0, "v", article_id=f"a{n}") for n in (1, 2, 3))))
    assert told(first) == told(third) == ("indexed", None)
    assert isinstance(second, Refuse)
    assert (second.reason.code, second.reason.detail) == ("index_refused", "field too long")


async def test_a_capture_that_must_wait_holds_up_the_later_ones_of_its_article_only(
    write, index, event, deliver
) -> None:
    index.answers["a1"] = WriteResult("retry", "429")
    batch = deliver(event("r1", 0, "v1"), event("r2", 1, "v2"), event("r3", 0, "w", article_id="a3"))
    first, second, third = await write(batch)
    assert isinstance(first, Retry)
    assert first.why == "429"
    assert isinstance(second, Retry)
    assert told(third) == ("indexed", None)
    del index.answers["a1"]
    assert [told(outcome) for outcome in await write(batch[:2])] == [("indexed", None)] * 2
    assert index.held["a1"].writers == ("r1", "r2")


async def test_a_write_that_another_process_overtook_is_an_older_capture(write, index, event, deliver) -> None:
    index.answers["a1"] = WriteResult("stale")
    (outcome,) = await write(deliver(event("r1", 0, "v1")))
    assert told(outcome) == ("duplicate", "older_capture")


async def test_everything_waits_while_the_engine_is_down(write, index, event, deliver) -> None:
    index.down = True
    batch = deliver(event("r1", 0, "v1"), event("r2", 1, "v2"))
    assert all(isinstance(outcome, Retry) for outcome in await write(batch))
    index.down = False
    assert [told(outcome) for outcome in await write(batch)] == [("indexed", None)] * 2


async def test_a_refusal_of_the_whole_engine_is_not_swallowed(write, index, event, deliver, monkeypatch) -> None:
    async def refuse(_: object) -> None:
        raise SearchRefusedError("401: check the API key")

    monkeypatch.setattr(index, "get", refuse)
    with pytest.raises(SearchRefusedError, match="API key"):
        await write(deliver(event("r1", 0, "v1")))


@pytest.mark.parametrize("order", list(permutations(range(4))))
async def test_any_cut_into_batches_ends_the_same(write, index, event, deliver, order) -> None:
    events = [event("r1", 0, "v1"), event("r2", 3, "v2"), event("r3", 1, "v2"), event("r4", 5, "v1")]
    batch = deliver(*(events[place] for place in order))
    for start in (0, 2, 1):
        await write(batch[start : start + 3])
    held = index.held["a1"].article
    assert (held.version, held.captured_at) == ("v1", events[3].article.captured_at)


def test_rounds_keep_every_position_and_repeat_no_key() -> None:
    assert rounds(["a", "b", "a", "a", "c"]) == [[0, 1, 4], [2], [3]]
    assert rounds([]) == []
