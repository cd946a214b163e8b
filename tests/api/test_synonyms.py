"""Proves that an operator's synonyms reach a search over HTTP, and that a broken file is named at the start."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bantin.http import create_app
from bantin.search.port import SearchEngine
from bantin.search.synonyms import follow_synonyms
from bantin_api.app import build
from bantin_api.settings import ApiSettings


@pytest.fixture(autouse=True)
def platforms_own_afterwards() -> Iterator[None]:
    yield
    follow_synonyms(None)


async def test_a_search_knows_an_operators_words_without_reindexing(engine: SearchEngine, tmp_path: Path) -> None:
    table = tmp_path / "synonyms.txt"
    table.write_text("LHHB = lễ hội hoa ban\n", "utf-8")
    for synonyms, found in ((None, []), (table, ["festival"])):
        app = create_app([build(ApiSettings(synonyms=synonyms), engine)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            answer = (await client.get("/v1/search", params={"q": "lhhb"})).json()
        assert [hit["article_id"] for hit in answer["hits"]] == found


def test_a_broken_file_is_named_at_the_start(
    engine: SearchEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "synonyms.txt"
    table.write_text("LHHB\n", "utf-8")
    monkeypatch.setenv("BANTIN_SYNONYMS", str(table))
    with pytest.raises(ValueError, match=r"synonyms\.txt can't be used: line 1"):
        build(ApiSettings(), engine)


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_SYNONYMS", "")
    assert ApiSettings().synonyms is None
