"""A client that drops files all the time and insists: what got no 202 is sent again until it does."""

import random
from typing import Final

import anyio
import httpx

from chaos.drops import Drop, Drops
from chaos.ledger import Ledger

ACCEPTED: Final = 202
TOO_MANY_REQUESTS: Final = 429
REQUEST_SECONDS: Final = 20.0
PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 5.0
BETWEEN_SECONDS: Final = 1.5
PATIENCE_SECONDS: Final = 300.0


class Dropper:
    """Drops files at a platform and notes what was accepted."""

    def __init__(self, url: str, seed: int, ledger: Ledger) -> None:
        self._url = url
        self._drops = Drops(seed)
        self._chance = random.Random(f"dropper {seed}")  # noqa: S311 - repeatable, not secret
        self._ledger = ledger

    async def run(self, stop: anyio.Event) -> None:
        """Drop one request after another until `stop` is set."""
        async with httpx.AsyncClient(base_url=self._url, timeout=REQUEST_SECONDS) as http:
            while not stop.is_set():
                await self.drop(http, self._drops.request())
                await anyio.sleep(self._chance.uniform(0, BETWEEN_SECONDS))

    async def probe(self, http: httpx.AsyncClient) -> str:
        """Drop one new article and return its batch."""
        return await self.drop(http, [self._drops.article()])

    async def drop(self, http: httpx.AsyncClient, drops: list[Drop]) -> str:
        """Send files until they are accepted, and return their batch; raise AssertionError after PATIENCE_SECONDS."""
        files = [("file", (drop.name, drop.content)) for drop in drops]
        deadline = anyio.current_time() + PATIENCE_SECONDS
        while True:
            pause = PAUSE_SECONDS
            try:
                answer = await http.post("/v1/files", files=files, data=dict(drops[0].provenance))
            except httpx.TransportError as error:
                why = repr(error)
                self._ledger.refuse(type(error).__name__)
            else:
                if answer.status_code == ACCEPTED:
                    self._ledger.accept(answer.json(), drops)
                    return answer.json()["batch_id"]
                why = f"{answer.status_code} {answer.text[:500]}"
                self._ledger.refuse(str(answer.status_code))
                if answer.is_client_error and answer.status_code != TOO_MANY_REQUESTS:
                    raise AssertionError(f"refused for good: {why}")
                pause = float(answer.headers.get("Retry-After", PAUSE_SECONDS))
            if anyio.current_time() > deadline:
                raise AssertionError(f"not accepted within {PATIENCE_SECONDS:.0f} s: {why}")
            await anyio.sleep(min(pause, LONGEST_PAUSE_SECONDS))
