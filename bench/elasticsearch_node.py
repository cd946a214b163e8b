"""The Elasticsearch that is measured: the one that an operator names, else a node started for the run."""

from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from uuid import uuid4

import pytest

from tests.engines.elasticsearch import ElasticsearchServer, drop_indexes, elasticsearch_url


class _MeasuredServer(ElasticsearchServer):
    java_options = "-Xms1g -Xmx1g"  # with Java's optimising compiler, which nodes of tests do without


@contextmanager
def elasticsearch_node(url: str | None = None) -> Generator[str | None]:
    """Give the URL of a node: this one, else the one that `BANTIN_TEST_ELASTICSEARCH` names, else one started here.

    Where there is none and none can be started, for want of a JDK or Maven, say so and give None.
    """
    with ExitStack() as stack:
        try:
            found = url or stack.enter_context(elasticsearch_url(_MeasuredServer))
        except (pytest.skip.Exception, pytest.fail.Exception) as missing:
            print(f"Only the embedded engine is measured, there is no Elasticsearch: {missing}")
            found = None
        yield found.rstrip("/") if found else None


@asynccontextmanager
async def temporary_index(url: str) -> AsyncGenerator[str]:
    """Give a name for an index of a node; in the end delete the index and all whose names go on from it."""
    name = f"bench-{uuid4().hex[:12]}"
    try:
        yield name
    finally:
        await drop_indexes(url, name)
