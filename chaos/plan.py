"""When which fault strikes: rounds of all of them, in an order and for a time drawn from a seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORTEST_SECONDS = 0.2
LONGEST_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """A fault, how long it lasts and how long the platform is left alone before it, in seconds."""

    fault: str
    calm: float
    lasts: float


def rounds(seed: int, faults: Sequence[str]) -> Iterator[list[Step]]:
    """Give rounds without end: each holds every fault once; those of one seed are always the same."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    while True:
        order = chance.sample(faults, len(faults))
        yield [Step(fault, chance.uniform(0, 1), chance.uniform(SHORTEST_SECONDS, LONGEST_SECONDS)) for fault in order]
