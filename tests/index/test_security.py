"""On an Elasticsearch that asks who we are: each role does its work over TLS and nothing else, and no key is shown."""

import json
import logging
import stat
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from urllib.error import HTTPError
from uuid import uuid4

import pytest
from elasticsearch import _otel
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine, SearchRefusedError, SearchUnavailableError
from bantin.search.query import Query
from bantin_index.elastic_keys import create_keys, run_elastic_keys
from bantin_index.settings import IndexSettings
from tests.contracts.search.corpus import fill, found, stored
from tests.engines.secured_elasticsearch import PASSWORD, SecuredElasticsearchServer, secured_elasticsearch

pytestmark = [pytest.mark.elasticsearch, pytest.mark.timeout(400)]

MORE_RIGHTS = {"name": "more", "role_descriptors": {"all": {"cluster": ["all"]}}}
Open = Callable[[str], AbstractAsyncContextManager[SearchEngine]]


@pytest.fixture(scope="module")
def server() -> Iterator[SecuredElasticsearchServer]:
    with secured_elasticsearch() as started:
        yield started


@pytest.fixture
def name() -> str:
    return f"test-{uuid4().hex[:12]}"


@pytest.fixture
async def keys(server: SecuredElasticsearchServer, name: str, tmp_path: Path) -> dict[str, str]:
    """A key of each role, by role."""
    made = await create_keys(
        server.url_as(f"elastic:{PASSWORD}", name), tmp_path / "keys", ["reader", "writer", "admin"]
    )
    return {path.stem: path.read_text().strip() for path in made}


@pytest.fixture
async def open_as(server: SecuredElasticsearchServer, name: str, keys: dict[str, str]) -> Open:
    """Open the engine with a role's key; the admin has prepared the index."""

    @asynccontextmanager
    async def opened(role: str) -> AsyncGenerator[SearchEngine]:
        async with open_engine(server.url_as(f":{keys[role]}", name)) as engine:
            yield engine

    async with opened("admin") as admin:
        await admin.prepare()
    return opened


async def test_the_writer_writes_and_reads_and_can_do_nothing_to_the_index(open_as: Open) -> None:
    async with open_as("writer") as writer:
        await writer.prepare()
        layout = await writer.layout()
        assert layout.live == layout.ours
        await fill(writer, [stored("a"), stored("b")])
        await writer.delete(["b"])
        assert set(await writer.get(["a", "b"])) == {"a"}
        await writer.lookalikes([["x"]])
        await writer.ready()
        with pytest.raises(SearchRefusedError, match="check its credentials and rights"):
            async with writer.rebuild():
                raise AssertionError("the writer rebuilds")


async def test_the_reader_searches_in_every_way_and_changes_nothing(open_as: Open) -> None:
    async with open_as("writer") as writer:
        await fill(writer, [stored(f"a{number}", "chợ phiên") for number in range(3)])
    async with open_as("reader") as reader:
        await reader.ready()
        first = await reader.search(Query(text="chợ", size=2))
        assert first.next_cursor, "which holds a point in time"
        last = await reader.search(Query(text="chợ", size=2, cursor=first.next_cursor))
        assert len(first.hits) + len(last.hits) == 3
        assert set(await reader.get(["a1"])) == {"a1"}
        assert await reader.similar("a1")
        assert [len(batch) async for batch in reader.export(Query())] == [3]
        await reader.suggest("cho", 5)
        await reader.facet_values(Query(), "province", "", 5)
        for call in (reader.write([stored("b")]), reader.delete(["a1"])):
            with pytest.raises(SearchRefusedError, match="credentials and rights"):
                await call
        with pytest.raises(SearchRefusedError):
            async with reader.rebuild():
                raise AssertionError("the reader rebuilds")
        assert await found(reader) == {"a0", "a1", "a2"}


async def test_the_admin_rebuilds_and_no_other_index_is_its_own(open_as: Open, server, name, keys) -> None:
    async with open_as("writer") as writer, open_as("admin") as admin:
        await fill(writer, [stored("old")])
        async with admin.rebuild() as fresh:
            await fill(fresh, [stored("new")])
            await fresh.hold_writes()
            assert [result.status for result in await writer.write([stored("late")])] == ["retry"]
        assert [result.status for result in await writer.write([stored("late")])] == ["written"]
        assert await found(writer) == {"new", "late"}
    async with open_engine(server.url_as(f":{keys['admin']}", f"other-{name}")) as elsewhere:
        with pytest.raises(SearchRefusedError):
            await elsewhere.prepare()


def test_no_role_reaches_the_cluster(server, keys) -> None:
    for key in keys.values():
        with pytest.raises(HTTPError, match="403"):
            server.ask("GET", "/_nodes", key=key)
        with pytest.raises(HTTPError, match="403"):
            server.ask(
                "POST", "/_security/api_key", {"name": "more", "role_descriptors": {"all": {"cluster": ["all"]}}}, key
            )


async def test_a_wrong_key_is_refused_in_plain_words_and_shown_nowhere(
    server, name, keys, caplog, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    monkeypatch.setattr(_otel, "_tracer", provider.get_tracer("test"))
    wrong = keys["reader"][:-6] + "wrong="
    told: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for key in (wrong, keys["reader"]):
            async with open_engine(server.url_as(f":{key}", name)) as engine:
                for call in (engine.ready(), engine.prepare(), engine.write([stored("a")])):
                    with pytest.raises((SearchRefusedError, SearchUnavailableError)) as error:
                        await call
                    told.append(f"{error.value} {error.value.__cause__!r}")
    assert "check its credentials and rights" in told[0]
    finished = spans.get_finished_spans()
    provider.shutdown()
    assert finished
    shown = "\n".join([*told, caplog.text, *(span.to_json() for span in finished)])
    for secret in (wrong, keys["reader"]):
        assert secret not in shown


async def test_a_node_that_shows_no_certificate_that_we_trust_is_told_no_key(server, name, keys) -> None:
    async with open_engine(server.url_as(f":{keys['reader']}", name).partition("?")[0]) as engine:
        with pytest.raises(SearchUnavailableError, match=r"certificate verify failed.* BANTIN_SEARCH_CA_FILE"):
            await engine.ready()


async def test_keys_go_into_files_of_their_owner_and_replace_none(server, name, tmp_path, capsys) -> None:
    settings = IndexSettings(search_url=server.url_as(f"elastic:{PASSWORD}", name))
    folder = tmp_path / "made"
    paths = await create_keys(settings.search_url, folder, ["reader"])
    (path,) = paths
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError, match=r"reader\.key exists"):
        await create_keys(settings.search_url, folder, ["writer", "reader"])
    assert not (folder / "writer.key").exists()
    held = server.ask("GET", f"/_security/api_key?name=bantin-reader-{name}")["api_keys"]
    assert [key["metadata"] for key in held] == [{"bantin": "reader"}]


def test_the_command_says_what_it_made_and_shows_no_key(server, name, tmp_path, capsys) -> None:
    settings = IndexSettings(search_url=server.url_as(f"elastic:{PASSWORD}", name))
    assert run_elastic_keys(to=tmp_path / "made", role=["writer"], settings=settings) == 0
    told = capsys.readouterr()
    assert told.err.split() == [str(tmp_path / "made" / "writer.key")]
    assert (tmp_path / "made" / "writer.key").read_text().strip() not in told.out + told.err
    wrong = IndexSettings(search_url=server.url_as("elastic:wrong-password", name))
    with pytest.raises(SystemExit, match="no key made: Elasticsearch refuses us") as error:
        run_elastic_keys(to=tmp_path / "none", settings=wrong)
    assert "wrong-password" not in json.dumps(str(error.value))
