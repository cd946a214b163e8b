"""Fixtures that every test folder shares: real engines, started once a session when a test asks for one."""

import gc
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest

from bantin.telemetry.logs import configure_logs
from tests.engines.elasticsearch import ElasticsearchServer, elasticsearch_server
from tests.engines.elasticsearch import elasticsearch_url as running_elasticsearch
from tests.engines.kafka import KafkaServer, kafka_address, kafka_server

# Tracebacks of foreseen failures stay short and cheap: the default draws them with every local variable.
configure_logs("bantin-test", "WARNING", "json")

# No example is judged by its speed: a busy machine must not fail a test.
hypothesis.settings.register_profile("bantin", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("bantin")


@pytest.fixture(autouse=True)
def dropped_connections(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect, where they arose, the sockets that Kafka's clients leave to the garbage collector when one is refused.

    Their warning would fail whichever later test happens to run when they are collected.
    """
    yield
    if request.node.get_closest_marker("kafka"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files anew instead of comparing")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True where golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def kafka_url() -> Iterator[str]:
    """The log URL of a real Kafka that the whole session shares: use topic names of your own."""
    with kafka_address() as address:
        yield f"kafka://{address}"


@pytest.fixture
def own_kafka() -> Iterator[KafkaServer]:
    """A real Kafka of the test's own, which it may kill and start again."""
    with kafka_server() as server:
        yield server


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The URL of a real Elasticsearch that the whole session shares: use an index prefix of your own."""
    with running_elasticsearch() as url:
        yield url


@pytest.fixture
def own_elasticsearch() -> Iterator[ElasticsearchServer]:
    """A real Elasticsearch of the test's own, which it may kill and start again."""
    with elasticsearch_server() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("kafka", marks=pytest.mark.kafka)])
def log_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of each log adapter in turn: use topic and group names of your own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'log.db'}"
    return request.getfixturevalue("kafka_url")


@pytest.fixture
def unique() -> Callable[[str], str]:
    """Make a name that no other test and no other run has."""
    suffix = uuid4().hex[:12]
    return lambda name: f"{name}.{suffix}"
