"""Opening the search engine that a URL names."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bantin.search.port import SearchEngine
from bantin.secrets import masked, split_address


@asynccontextmanager
async def open_engine(url: str) -> AsyncGenerator[SearchEngine]:
    """Open the engine at `tantivy:///PATH` or `http(s)://HOST:PORT[/INDEX]`, and close it at the end of the block.

    Raise ValueError for any other URL, ImportError (naming the extra to install) where the engine's library is absent.
    """
    engine = await _connect(url)
    try:
        yield engine
    finally:
        await engine.close()


async def _connect(url: str) -> SearchEngine:
    scheme = split_address(url, "the search URL can't be read: use tantivy:///PATH or http(s)://HOST:PORT").scheme
    if scheme == "tantivy":
        from bantin.search.embedded.engine import TantivyEngine  # noqa: PLC0415

        return TantivyEngine(tantivy_path(url))
    if scheme in {"http", "https"}:
        from bantin.search.elastic.engine import ElasticEngine  # noqa: PLC0415

        return await ElasticEngine.connect(url)
    raise ValueError(f"search URL {masked(url)!r} names no engine: use tantivy:///PATH or http(s)://HOST:PORT")


def tantivy_path(url: str) -> Path:
    """Return the folder that `tantivy:///PATH` names: relative, or absolute with a fourth slash, as in SQLite URLs."""
    prefix = "tantivy:///"
    if not url.startswith(prefix) or len(url) == len(prefix):
        raise ValueError(f"search URL {masked(url)!r} names no folder: use tantivy:///PATH")
    return Path(url.removeprefix(prefix))
