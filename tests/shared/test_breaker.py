"""The breaker opens when most of a window dies, and not for a few poison records."""

import pytest

from bantin.breaker import Breaker, BreakerOpenError


def test_a_few_poison_records_among_good_ones_stop_nothing() -> None:
    breaker = Breaker()
    for position in range(1_000):
        breaker.record(died=position % 3 == 0)


def test_it_waits_for_enough_records_before_it_judges() -> None:
    breaker = Breaker(least=20)
    for _ in range(19):
        breaker.record(died=True)
    with pytest.raises(BreakerOpenError, match="20 of the last 20 records"):
        breaker.record(died=True)


def test_a_long_good_history_does_not_hide_a_bad_deploy() -> None:
    breaker = Breaker(window=100)
    for _ in range(10_000):
        breaker.record(died=False)
    with pytest.raises(BreakerOpenError):
        for _ in range(60):
            breaker.record(died=True)
