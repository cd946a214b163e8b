"""Both shapes of the platform, started once for all tests of this folder."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from tests.pipeline.processes import Platform, distributed, embedded


@pytest.fixture(
    scope="module",
    params=["embedded", pytest.param("distributed", marks=[pytest.mark.kafka, pytest.mark.elasticsearch])],
)
def platform(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    with ExitStack() as stack:
        if request.param == "embedded":
            yield stack.enter_context(embedded(folder))
            return
        log_url = request.getfixturevalue("kafka_url")
        search_url = f"{request.getfixturevalue('elasticsearch_url')}/pipeline-{uuid4().hex[:8]}"
        yield stack.enter_context(distributed(folder, log_url, search_url))
