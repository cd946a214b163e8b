"""No bytes of strangers end in an error of ours: inputs that are kept, and new ones made from them.

`make fuzz` goes on for longer and keeps what it finds; a finding becomes a test by lying in the corpus.
"""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing.corpus import kept
from tests.fuzzing.mutation import LARGEST, mutated
from tests.fuzzing.targets import TARGETS

KEPT = [(name, path) for name in TARGETS for path in kept(name)]


@pytest.mark.parametrize(("name", "path"), KEPT, ids=[f"{name}/{path.name}" for name, path in KEPT])
def test_kept_inputs_end_well(name: str, path: Path) -> None:
    TARGETS[name](path.read_bytes())


def test_every_target_has_inputs_to_begin_from() -> None:
    assert {name for name, _ in KEPT} == set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False))
def test_changed_inputs_end_well(name: str, chance: random.Random) -> None:
    inputs = [path.read_bytes() for path in kept(name)]
    TARGETS[name](mutated(chance.choice(inputs), inputs, chance))


@given(st.binary(max_size=300), st.randoms(use_true_random=False))
def test_changes_stay_small(raw: bytes, chance: random.Random) -> None:
    assert len(mutated(raw, [raw], chance)) <= LARGEST
