"""A shadow index: what the live one should hold, made from a log in a folder that goes away again.

It is always an embedded one, so that comparing costs the production's search engine no writes.
"""

import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bantin.eventlog.port import EventLog
from bantin.search.embedded.engine import TantivyEngine
from bantin.search.port import SearchEngine
from bantin_index.reindex import Progress, reindex


@asynccontextmanager
async def shadow_of(log: EventLog, progress: Progress) -> AsyncGenerator[SearchEngine]:
    """Give an index of all the enriched articles on a log, with the decisions that the index stage makes.

    `progress` tells afterwards up to where the log was read.
    """
    with tempfile.TemporaryDirectory(prefix="bantin-shadow-") as folder:
        engine = TantivyEngine(Path(folder))
        try:
            await engine.prepare()
            await reindex(log, engine, "tantivy", progress)
            yield engine
        finally:
            await engine.close()
