"""Connections whose senders must keep a pace: a head within a time, a body at a rate; else a 408 and the end.

Without it a connection that sends nothing, or a byte now and then, is held for ever, and a few thousand of them keep
everybody else out. Time in which we ourselves don't read is not the sender's. Who ends a body in the middle, and may
still listen (a half-close), is told that, too: a 400.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

Phase = Literal["head", "body"]

_TOO_SLOW: Final = {
    "type": "urn:bantin:problem:too_slow",
    "title": "Request Timeout",
    "status": 408,
    "detail": "The request came too slowly; send it again.",
}
_INCOMPLETE: Final = {
    "type": "urn:bantin:problem:incomplete_request",
    "title": "Bad Request",
    "status": 400,
    "detail": "The connection ended before the request did.",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for a request's head; seconds that a body may pause; bytes a second it must bring on average."""

    head_seconds: float
    body_seconds: float
    body_rate: float

    def left(self, left: float, received: int) -> float:
        """Return for how many seconds nothing need come, `received` bytes later; never more than a pause."""
        return min(self.body_seconds, max(0.0, left) + received / self.body_rate)


class PacedConnection(H11Protocol):
    """One connection of uvicorn's, given up when its sender is too slow."""

    def __init__(self, *args: Any, pace: Pace, **options: Any) -> None:
        super().__init__(*args, **options)
        self._pace = pace
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._waits_for: Phase | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait("head", self._pace.head_seconds)

    def data_received(self, data: bytes) -> None:
        """Take bytes, and see what is to be waited for next."""
        super().data_received(data)
        state = None if self.transport.is_closing() else self.conn.their_state
        if state is h11.SEND_BODY:
            begun = self._waits_for == "body"
            left = self._deadline - self.loop.time() if begun else self._pace.body_seconds
            self._wait("body", self._pace.left(left, len(data)))
        elif state is not h11.IDLE:
            self._stop_waiting()
        elif self._waits_for != "head":  # the bytes of a head gain it no time
            self._wait("head", self._pace.head_seconds)

    def eof_received(self) -> None:
        """Answer a sender who ends within a body, if nothing was answered yet; the connection ends in any case."""
        if self._waits_for == "body" and not self.transport.is_closing():
            self._break_off(_INCOMPLETE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self, phase: Phase, seconds: float) -> None:
        self._stop_waiting()
        self._waits_for = phase
        self._deadline = self.loop.time() + seconds
        self._timer = self.loop.call_at(self._deadline, self._give_up)

    def _stop_waiting(self) -> None:
        self._waits_for = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        if self.transport.is_closing():
            return
        if self.flow.read_paused:
            self._wait("body", self._pace.body_seconds)
            return
        self._break_off(_TOO_SLOW)
        self.transport.close()

    def _break_off(self, problem: Mapping[str, str | int]) -> None:
        """Answer with a problem where nothing was answered yet, and let nothing else be."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._answer(problem)
        if self._waits_for == "body":
            self.cycle.disconnected = True  # what it would still answer is not sent

    def _answer(self, problem: Mapping[str, str | int]) -> None:
        body = json.dumps(problem).encode()
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        for event in (
            h11.Response(status_code=int(problem["status"]), headers=headers),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            if out := self.conn.send(event):
                self.transport.write(out)
