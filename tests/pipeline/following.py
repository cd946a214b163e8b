"""Follows a batch to its end, as a client would."""

import time
from typing import Any

import httpx

from tests.pipeline.processes import Platform


def settled(platform: Platform, batch_id: str, seconds: float = 90) -> dict[str, Any]:
    """Return the batch once every file in it has ended; fail with what is missing after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        batch = httpx.get(f"{platform.ingest_url}/v1/batches/{batch_id}", timeout=30).json()
        if batch["done"] == batch["total"]:
            return batch
        if time.monotonic() > deadline:
            unfinished = [receipt for receipt in batch["files"] if receipt["status"] == "accepted"]
            outputs = [process.output()[-1500:] for process in platform.consumers()]
            raise AssertionError(f"{len(unfinished)} files did not end: {unfinished[:3]}\n" + "\n".join(outputs))
        time.sleep(0.1)
