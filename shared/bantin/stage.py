"""A stage binds a pure handler to the log: consume, decode, handle, publish, commit; written once, at the edge.

The promise: a record's offset is committed only after everything it led to is acknowledged. One bad record
becomes a dead letter and never blocks or drops its neighbours; a record that must wait is tried again, with
back-off, while the group's membership stays alive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from opentelemetry.context import Context

from bantin.events import Event, Reason

T_co = TypeVar("T_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Delivery(Generic[T_co]):
    """An event that came from the log; `context` holds the span in which it is processed."""

    event: T_co
    context: Context


@dataclass(frozen=True, slots=True)
class Emit:
    """Done: publish these events (possibly none), then commit."""

    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now: try this delivery again later. `why` is logged."""

    why: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Never: dead-letter the record for this reason."""

    reason: Reason


Outcome = Emit | Retry | Refuse


class Handler(Protocol[T_contra]):
    """Events in, one outcome each, in order. An error it raises retries them one by one; then it refuses the culprit."""

    async def __call__(self, deliveries: Sequence[Delivery[T_contra]]) -> Sequence[Outcome]: ...
