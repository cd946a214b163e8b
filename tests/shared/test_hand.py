"""A hand says how far its partitions may be committed, and when to take no more."""

from hypothesis import given
from hypothesis import strategies as st

from bantin import hand as hand_module
from bantin.eventlog.port import Record, TopicPartition
from bantin.hand import Hand


def record(offset: int, partition: int = 0, size: int = 1) -> Record:
    return Record("t", partition, offset, 0, None, b"x" * size)


def test_a_partition_is_committed_up_to_what_still_waits() -> None:
    hand = Hand(64)
    first, second, third, other = (
        hand.take(record(0)),
        hand.take(record(1)),
        hand.take(record(2)),
        hand.take(record(7, 1)),
    )
    hand.settle(second)
    hand.settle(other)
    assert hand.offsets() == {TopicPartition("t", 1): 8}
    assert hand.offsets() == {}, "said once"
    hand.settle(first)
    assert hand.offsets() == {TopicPartition("t", 0): 2}
    hand.settle(third)
    assert hand.offsets() == {TopicPartition("t", 0): 3}
    assert hand.empty


@given(st.permutations(range(12)))
def test_no_order_of_settling_skips_a_record(order: list[int]) -> None:
    hand = Hand(64)
    places = [hand.take(record(offset)) for offset in range(12)]
    committed = 0
    settled: set[int] = set()
    for offset in order:
        hand.settle(places[offset])
        settled.add(offset)
        committed = hand.offsets().get(TopicPartition("t", 0), committed)
        assert set(range(committed)) <= settled
        assert committed not in settled
    assert committed == 12


def test_it_is_full_by_records_by_bytes_and_by_what_can_not_be_committed() -> None:
    hand = Hand(2)
    places = [hand.take(record(offset)) for offset in range(2)]
    assert hand.full
    hand.settle(places[1])
    assert not hand.full
    large = hand.take(record(2, size=hand_module.MAX_BYTES))
    assert hand.full
    hand.settle(large)
    assert not hand.full
    for offset in range(3, hand_module.MAX_UNCOMMITTED + 1):
        hand.settle(hand.take(record(offset)))
    assert hand.full, "one that waits keeps all behind it from being committed"
    hand.settle(places[0])
    assert hand.offsets() == {TopicPartition("t", 0): hand_module.MAX_UNCOMMITTED + 1}
    assert not hand.full


async def test_who_waits_for_a_change_hears_of_it_once() -> None:
    hand = Hand(2)
    place = hand.take(record(0))
    assert not await hand.changes(0.01)
    hand.settle(place)
    assert await hand.changes(0.01)
    assert not await hand.changes(0.01)
