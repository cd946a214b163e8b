"""A client of the platform's HTTP APIs, as the command line uses them."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import httpx

from bantin.access.keys import PRESENTED
from bantin.secrets import read_secret

Batch = Mapping[str, Any]
"""What `GET /v1/batches/{batch_id}` answers."""

POLL_SECONDS = 0.2
PATIENCE_SECONDS = 600.0
BUSY = frozenset((429, 503))


class ClientError(Exception):
    """The platform did not answer, or answered with a problem; the message says which and what to do."""


class BusyError(ClientError):
    """The platform asks to be asked again later, in `seconds`."""

    def __init__(self, told: str, seconds: float) -> None:
        super().__init__(told)
        self.seconds = seconds


class Client:
    """Talks to one platform over HTTP."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def push(self, files: Sequence[tuple[str, Path]]) -> Batch:
        """Upload files, each under its name, and return their batch; all of them are durable then.

        Waits where the platform has too much before it; raise BusyError if that lasts for PATIENCE_SECONDS.
        """
        parts = [("file", (name, await anyio.Path(path).read_bytes())) for name, path in files]
        deadline = anyio.current_time() + PATIENCE_SECONDS
        while True:
            try:
                return await self._json("POST", "/v1/files", files=parts)
            except BusyError as busy:
                if anyio.current_time() + busy.seconds > deadline:
                    raise
                await anyio.sleep(busy.seconds)

    async def batch(self, batch_id: str) -> Batch:
        """Return a batch as it is now."""
        return await self._json("GET", f"/v1/batches/{batch_id}")

    async def search(self, **parameters: str | int) -> Mapping[str, Any]:
        """Return the answer of `GET /v1/search`."""
        return await self._json("GET", "/v1/search", params=parameters)

    async def reindex(self, method: str) -> Mapping[str, Any]:
        """Begin (POST), look at (GET) or break off (DELETE) a reindex, and return how it stands."""
        return await self._json(method, "/v1/reindex")

    async def dead_letters(self, **parameters: str | int) -> Mapping[str, Any]:
        """Return a page of dead letters."""
        return await self._json("GET", "/v1/dead-letters", params=parameters)

    async def dead_letter(self, letter: str) -> Mapping[str, Any]:
        """Return one dead letter with its headers, its stack and the beginning of its content."""
        return await self._json("GET", f"/v1/dead-letters/{quote(letter, safe='')}")

    async def decide(self, action: str, what: Mapping[str, Any]) -> Mapping[str, Any]:
        """Retry or discard dead letters, and return how many that was."""
        return await self._json("POST", "/v1/dead-letters/actions", json={"action": action, **what})

    async def _json(self, method: str, path: str, **options: Any) -> Mapping[str, Any]:
        try:
            response = await self._http.request(method, path, **options)
        except httpx.HTTPError as error:
            where = self._http.base_url.copy_with(userinfo=b"")  # which may hold a key
            raise ClientError(
                f"no answer from {where} ({error!r}); is it running? Start one with: bantin up"
            ) from error
        if response.is_error:
            problem: dict[str, Any] = response.json() if "json" in response.headers.get("content-type", "") else {}
            told = f"{response.status_code}: {problem.get('detail', response.text[:200])}"
            if response.status_code in BUSY and (later := response.headers.get("Retry-After", "")).isdigit():
                raise BusyError(told, float(later))
            raise ClientError(told)
        return response.json()


@asynccontextmanager
async def connected(url: str, key: str = "") -> AsyncGenerator[Client]:
    """Give a client of the platform at `url`, which shows the key where there is one, here or in BANTIN_KEY_FILE.

    Raise ClientError for a key that can't be one, before it gets into anything that names it.
    """
    key = key or _key_at_hand()
    if key and not PRESENTED.fullmatch(key):
        raise ClientError("this is no key: bantin_, eight letters and digits, _ and 64 more; `bantin keys create`")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as http:
        yield Client(http)


def _key_at_hand() -> str:
    """Return the key in the environment or in the file that it names; empty where there is none."""
    try:
        return read_secret("BANTIN_KEY") or ""
    except ValueError as error:
        raise ClientError(str(error)) from None
