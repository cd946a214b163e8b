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
from bantin.topics import Topic

E_co = TypeVar("E_co", bound=Event, covariant=True)
E_contra = TypeVar("E_contra", bound=Event, contravariant=True)


@dataclass(frozen=True, slots=True)
class Delivery(Generic[E_co]):
    """An event that came from the log; `context` holds the span in which it is processed.

    `topic` is where it came from (a stage may read several). `redelivered` says nothing: assume every delivery is one.
    """

    event: E_co
    topic: str
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


class Handler(Protocol[E_contra]):
    """Events in, one outcome each, in order. Raising RetryLaterError retries all of them, any other error refuses each alone."""

    async def __call__(self, deliveries: Sequence[Delivery[E_contra]]) -> Sequence[Outcome]: ...
