"""The Elasticsearch that is measured: the one that an operator names, else a node started for the run."""

import os
from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from uuid import uuid4

import pytest
from elasticsearch import AsyncElasticsearch

from tests.engines.elasticsearch import ElasticsearchServer, elasticsearch_server


class _MeasuredServer(ElasticsearchServer):
    java_options = "-Xms1g -Xmx1g"  # with Java's optimising compiler, which nodes of tests do without


@contextmanager
def elasticsearch_node(url: str | None = None) -> Generator[str | None]:
    """Give the URL of a node: this one, else the one that `BANTIN_TEST_ELASTICSEARCH` names, else one started here.

    Where there is none and none can be started, for want of a JDK or Maven, say so and give None.
    """
    if named := url or os.environ.get("BANTIN_TEST_ELASTICSEARCH"):
        yield named.rstrip("/")
        return
    with ExitStack() as stack:
        try:
            server = stack.enter_context(elasticsearch_server(_MeasuredServer))
        except (pytest.skip.Exception, pytest.fail.Exception) as missing:
            print(f"Only the embedded engine is measured, there is no Elasticsearch: {missing}")
            server = None
        yield server.url if server else None


@asynccontextmanager
async def temporary_index(url: str) -> AsyncGenerator[str]:
    """Give a name for an index of a node; in the end delete the index and all whose names go on from it."""
    name = f"bench-{uuid4().hex[:12]}"
    try:
        yield name
    finally:
        async with AsyncElasticsearch(url) as client:
            found = await client.options(ignore_status=404).indices.get(index=f"{name}*")
            if found.meta.status == 200 and found.body:
                await client.indices.delete(index=",".join(found))
