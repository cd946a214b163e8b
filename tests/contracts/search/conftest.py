"""The engines that must all pass this suite, each with an empty index of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from bantin.search.connect import open_engine
from bantin.search.elastic import rebuilding
from bantin.search.port import SearchEngine


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "embedded":
        return f"tantivy:///{tmp_path / 'index'}"
    return f"{request.getfixturevalue('elasticsearch_url')}/test-{uuid4().hex[:12]}"


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that is left behind keeps an index that was replaced for a moment only."""
    monkeypatch.setattr(rebuilding, "GRACE_SECONDS", 0.5)


@pytest.fixture
async def engine(engine_url: str) -> AsyncIterator[SearchEngine]:
    async with open_engine(engine_url) as engine:
        await engine.prepare()
        yield engine
