"""A service is HTTP routes, background tasks and readiness checks; any set of them runs in one process.

`bantin-ingest` runs one, `bantin up` runs all four: the same code in both shapes.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio
from fastapi import APIRouter

from bantin.access.keys import Scope

Task = Callable[[anyio.Event], Awaitable[None]]
"""Runs until the event is set, then ends what it has in hand and returns."""

Check = Callable[[], Awaitable[None]]
"""Returns if a dependency answers (or a loop makes progress) and raises an error that says why not."""


@dataclass(frozen=True, slots=True)
class Service:
    """What one service adds to the process that runs it.

    Where keys are asked for, `routers` need one with the service's `scope`; `open_routers` never need any. `examples`
    are shown in the API's description (`bantin.openapi`).
    """

    name: str
    routers: tuple[APIRouter, ...] = ()
    tasks: tuple[Task, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict[str, Check])
    scope: Scope | None = None
    open_routers: tuple[APIRouter, ...] = ()
    examples: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict[str, Any])
