"""Whatever strikes, every accepted file ends once and the index is what the log says."""

from collections.abc import Mapping

import pytest

from chaos.run import run

KINDS: Mapping[str, int] = {"embedded": 3, "distributed": 3}
"""So many faults strike, drawn from the seed; `make soak` has all of them, for as long as one likes."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "shape", ["embedded", pytest.param("distributed", marks=[pytest.mark.kafka, pytest.mark.elasticsearch])]
)
async def test_faults_lose_and_double_nothing(shape: str) -> None:
    outcome = await run(shape, seed=11, kinds=KINDS[shape])
    assert not outcome.verdict.breaches, "\n".join(outcome.verdict.breaches[:20])
    assert outcome.verdict.statuses.total() == len(outcome.ledger.promises) > 0
    assert len(outcome.recoveries) == KINDS[shape]
