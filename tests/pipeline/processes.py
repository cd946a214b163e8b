"""The platform as its users run it: real commands in processes of their own, killed and started again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

COMMANDS = Path(sys.executable).parent
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One command of the platform, on a port of its own."""

    def __init__(self, command: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._command = command
        self._environment = {**os.environ, **environment, "BANTIN_PORT": str(self.port), "BANTIN_DATA": str(folder)}
        self._output = folder / "output.log"
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)

    def start(self) -> None:
        """Start it and wait until it is ready."""
        program = [str(COMMANDS / self._command[0]), *self._command[1:]]
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(program, env=self._environment, stdout=output, stderr=output)
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{self._command} did not become ready:\n{self.output()[-4000:]}")
            time.sleep(0.1)

    @property
    def pid(self) -> int:
        """The id of the process that runs now."""
        assert self._process is not None
        return self._process.pid

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def log_url(self) -> str:
        """The URL of the log that it works on."""
        return self._environment.get("BANTIN_LOG_URL", f"sqlite:///{self._environment['BANTIN_DATA']}/log.db")

    def kill(self) -> None:
        """SIGKILL: it gets no chance to tidy up."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    def stop(self) -> int:
        """SIGTERM; return its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(15)

    def output(self) -> str:
        return self._output.read_text(errors="replace")


class Platform:
    """All processes of one platform. `ingest_url` and `api_url` are the same in the embedded shape."""

    def __init__(self, processes: Mapping[str, Process]) -> None:
        self.processes = processes
        self.ingest_url = processes["ingest"].url
        self.api_url = processes["api"].url

    def consumers(self) -> list[Process]:
        """Return every process that consumes, each once."""
        return list(dict.fromkeys(self.processes.values()))


@contextmanager
def started(processes: Mapping[str, Process]) -> Iterator[Platform]:
    platform = Platform(processes)
    for process in platform.consumers():
        process.start()
    try:
        yield platform
    finally:
        for process in platform.consumers():
            process.kill()


@contextmanager
def embedded(folder: Path) -> Iterator[Platform]:
    """One `bantin up`: nothing but Python."""
    process = Process(("bantin", "up"), {}, folder / "bantin")
    with started(dict.fromkeys(("ingest", "extract", "index", "api"), process)) as platform:
        yield platform


@contextmanager
def distributed(folder: Path, log_url: str, search_url: str) -> Iterator[Platform]:
    """The four services on a real Kafka and a real Elasticsearch."""
    environment = {"BANTIN_LOG_URL": log_url, "BANTIN_SEARCH_URL": search_url}
    subprocess.run(
        [sys.executable, "-m", "bantin.prepare"], env={**os.environ, **environment}, check=True, timeout=START_SECONDS
    )
    names = ("ingest", "extract", "index", "api")
    with started({name: Process((f"bantin-{name}",), environment, folder / name) for name in names}) as platform:
        yield platform
