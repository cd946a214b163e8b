"""The API over a real embedded engine that holds the invented corpus."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bantin.http import create_app
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin_api.app import build
from bantin_api.settings import ApiSettings
from tests.api.corpus import ARTICLES, stored


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncGenerator[SearchEngine]:
    async with open_engine(f"tantivy:///{tmp_path / 'index'}") as opened:
        await opened.prepare()
        await opened.write([stored(article) for article in ARTICLES])
        yield opened


@pytest.fixture
def app(engine: SearchEngine) -> FastAPI:
    return create_app([build(ApiSettings(ingest_url="/"), engine)])


@pytest.fixture
async def client(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bantin.example") as opened:
        yield opened
