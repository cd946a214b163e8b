"""The circuit breaker in front of Elasticsearch: when it is dead, requests hear so at once instead of waiting."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

from elastic_transport import (
    AiohttpHttpNode,
    HttpHeaders,
    NodeConfig,
    TransportError,
)
from elastic_transport.client_utils import DEFAULT

from bantin.search.elastic.limits import MOST_AT_ONCE

FAILURES: Final = 3
"""So many requests in a row without any answer open the circuit."""

OPEN_SECONDS: Final = 5.0
"""So long nothing is asked then; after that one request at a time, until one is answered."""


class CircuitOpenError(TransportError):
    """Not asked, as nothing was answered lately or too much is under way."""


class Circuit:
    """Counts requests without an answer. Any answer, an error too, shows that somebody is there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._opened = 0.0
        self._probing = False
        self._under_way = 0

    @contextmanager
    def request(self) -> Generator[None]:
        """Make one request in this block. Raise CircuitOpenError where it should not be made."""
        probing = self._admit()
        self._probing |= probing
        self._under_way += 1
        try:
            yield
        except TransportError:
            self._failures += 1
            self._opened = self._clock()
            raise
        else:
            self._failures = 0
        finally:
            self._under_way -= 1
            self._probing &= not probing

    def _admit(self) -> bool:
        """Return whether this request tries whether the engine is back."""
        if self._under_way >= MOST_AT_ONCE:
            raise CircuitOpenError(f"{self._under_way} requests are under way, which is as many as we make at once")
        if self._failures < FAILURES:
            return False
        wait = self._opened + OPEN_SECONDS - self._clock()
        if wait > 0 or self._probing:
            again = f"it is asked again in {max(0.0, wait):.0f} s"
            raise CircuitOpenError(f"it left {self._failures} requests in a row without an answer; {again}")
        return True


class GuardedNode(AiohttpHttpNode):
    """An Elasticsearch node behind a circuit."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._circuit = Circuit()

    async def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = DEFAULT,
    ) -> Any:
        """Make a request. Raise TransportError where there is no answer, CircuitOpenError where it isn't made."""
        with self._circuit.request():
            return await super().perform_request(method, target, body, headers, request_timeout)
