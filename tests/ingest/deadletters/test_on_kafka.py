"""On a real Kafka, with several instances: any of them lists a letter, and one carries out what another was told."""

from uuid import uuid4

import anyio
import pytest

from bantin.topics import RAW_DEAD
from tests.ingest.conftest import Start
from tests.ingest.deadletters.reader import Reader, act, letters, reading, until_counts, upload

pytestmark = pytest.mark.kafka


async def test_letters_are_retried_and_discarded_across_instances(start: Start, kafka_url: str) -> None:
    reason = f"broken-{uuid4().hex[:8]}"  # others use this broker, too
    reader = Reader({"độc": reason})
    async with (
        start(log_url=kafka_url) as one,
        start(log_url=kafka_url, data=one.settings.data / "two") as two,
        reading(one, reader),
    ):
        batch = await upload(one, "độc 1", "độc 2", "lành")
        await until_counts(two, batch["batch_id"], dead_lettered=2, indexed=1)
        found = await letters(two, reason=reason)
        assert found["letters"] == (await letters(one, reason=reason))["letters"]
        first, second = (letter["letter"] for letter in found["letters"])
        detail = (await one.http.get(f"/v1/dead-letters/{first}")).json()
        assert detail["preview"]["text"].startswith("độc")
        assert detail["topic"] == RAW_DEAD.name
        await act(two, "retry", letters=[first])  # and dies again
        with anyio.fail_after(60):
            while not any(one_more["retry_of"] == first for one_more in found["letters"]):
                found = await letters(one, reason=reason)
        await act(one, "discard", letters=[second])
        reader.deadly.clear()
        assert (await act(two, "retry", reason=reason))["decided"] == 1
        for instance in (one, two):
            await until_counts(instance, batch["batch_id"], dead_lettered=1, indexed=2)
        assert (await letters(one, reason=reason))["total"] == 0
