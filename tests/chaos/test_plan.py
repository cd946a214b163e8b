"""A run can be repeated: everything that chance decides comes from the seed."""

from itertools import islice

from chaos.drops import Drops
from chaos.plan import rounds

FAULTS = ["SIGKILL", "disk full", "poison"]


def test_every_round_holds_every_fault_once() -> None:
    for steps in islice(rounds(3, FAULTS), 5):
        assert sorted(step.fault for step in steps) == sorted(FAULTS)


def test_a_seed_gives_the_same_plan_again_and_another_seed_another() -> None:
    first, again, other = (list(islice(rounds(seed, FAULTS), 4)) for seed in (7, 7, 8))
    assert first == again != other


def test_a_seed_drops_the_same_files_again() -> None:
    one, other = Drops(5), Drops(5)
    assert [one.request() for _ in range(50)] == [other.request() for _ in range(50)]


def test_the_drops_hold_repeats_captures_and_rubbish() -> None:
    drops = Drops(5)
    files = [drop for _ in range(200) for drop in drops.request()]
    addresses = [drop.source_url for drop in files if drop.source_url]
    captures = {(drop.source_url, drop.captured_at) for drop in files if drop.source_url}
    assert len(set(addresses)) < len(captures) < len(addresses), "older, newer and equal captures of one page"
    loose = [drop.content for drop in files if drop.kind == "article" and not drop.source_url]
    assert len(set(loose)) < len(loose)
    assert {drop.kind for drop in files} == {"article", "rubbish"}
