"""What a handler is: deliveries in, one outcome each; the stage that runs it does everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from opentelemetry.context import Context

from bantin.eventlog.port import Message
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
    """Done: publish these events and, as they are, these messages (possibly none of either), then commit."""

    events: tuple[Event, ...] = ()
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now: try this delivery again later. `why` is logged."""

    why: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Never: dead-letter the record for this reason; `stack` is the error's stack trace, if any."""

    reason: Reason
    stack: str = ""


Outcome = Emit | Retry | Refuse


class Handler(Protocol[T_contra]):
    """Events in, one outcome each, in order.

    It may raise UnavailableError (all wait and are tried again) or RefusedError (the stage stops and says so). Any
    other error makes the stage hand over the deliveries one by one, and refuse the culprit.
    """

    async def __call__(self, deliveries: Sequence[Delivery[T_contra]]) -> Sequence[Outcome]:
        """Return the outcome of each delivery."""
        ...
