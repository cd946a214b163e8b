"""The engines that must all pass this suite, each with an empty index of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from bantin.search.connect import open_engine
from bantin.search.elastic import aliases, mapping, rebuilding
from bantin.search.port import SearchEngine
from tests.engines.elasticsearch import drop_indexes

QUICK_REFRESH = "10ms"


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
async def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "embedded":
        yield f"tantivy:///{tmp_path / 'index'}"
        return
    url, name = request.getfixturevalue("elasticsearch_url"), f"test-{uuid4().hex[:12]}"
    yield f"{url}/{name}"
    await drop_indexes(url, name)


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that is left behind keeps an index that was replaced for a moment only."""
    monkeypatch.setattr(rebuilding, "GRACE_SECONDS", 0.5)


@pytest.fixture(autouse=True)
def quick_refresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elasticsearch shows what was written sooner than in production: every write of a test waits for it."""
    monkeypatch.setattr(aliases, "REFRESH_INTERVAL", QUICK_REFRESH)
    monkeypatch.setattr(aliases, "settings", lambda refresh_interval=QUICK_REFRESH: mapping.settings(refresh_interval))


@pytest.fixture
async def engine(engine_url: str) -> AsyncIterator[SearchEngine]:
    async with open_engine(engine_url) as engine:
        await engine.prepare()
        yield engine
