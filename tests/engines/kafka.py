"""A real Apache Kafka for tests: one broker in KRaft mode on loopback.

`python -m tests.engines.kafka` runs one by hand.
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines.jdk import require_jdk
from tests.engines.kafka_login import format_options, login_settings, make_certificate
from tests.engines.maven import cached, copy_with_dependencies
from tests.engines.process import free_ports, stop, wait_until

VERSION = "4.1.0"
LARGEST_MESSAGE = 96 * 1024 * 1024
START_SECONDS = 90


class KafkaServer:
    """One broker on one data folder; it may be killed and started again, on the same port and data."""

    def __init__(self, folder: Path, password: str | None = None, advertised: str | None = None) -> None:
        """With a `password`, only the user `bantin` gets in, over TLS; clients trust `certificate`.

        Clients are sent to the address `advertised`, where something passes them on; by default to the broker itself.
        """
        self.folder = folder
        self._password = password
        port, self._controller_port = free_ports(2)
        self.address = f"127.0.0.1:{port}"
        self._advertised = advertised or self.address
        self.output = folder / "server.out"
        self._java = require_jdk() / "bin" / "java"
        self._classpath = str(_libraries() / "*")
        self._process: subprocess.Popen[bytes] | None = None
        self.certificate: Path | None = None
        self._format()

    def start(self) -> None:
        """Start the broker and return when it answers."""
        command = [self._java, "-Xmx512m", "-cp", self._classpath, "kafka.Kafka", self._properties]
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(command, stdout=output, stderr=output, cwd=self.folder)
        wait_until(self._answers, self._process, self.output, START_SECONDS)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the broker; with SIGKILL as a crash would."""
        if self._process is not None:
            stop(self._process, how)

    def kill(self) -> None:
        """End the broker as a crash would."""
        self.stop(signal.SIGKILL)

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    def _format(self) -> None:
        settings = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@127.0.0.1:{self._controller_port}",
            "listeners": f"CLIENTS://{self.address},CONTROLLER://127.0.0.1:{self._controller_port}",
            "advertised.listeners": f"CLIENTS://{self._advertised}",
            "inter.broker.listener.name": "CLIENTS",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,CLIENTS:PLAINTEXT",
            "controller.listener.names": "CONTROLLER",
            "log.dirs": self.folder / "data",
            "offsets.topic.num.partitions": 3,
            "offsets.topic.replication.factor": 1,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
            "auto.create.topics.enable": "false",
            "socket.request.max.bytes": LARGEST_MESSAGE * 2,
        }
        if self._password is not None:
            self.certificate = make_certificate(self.folder, self._java)
            settings |= login_settings(self.folder, self._password)
        self._properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        command = [self._java, "-Xmx256m", "-cp", self._classpath, "kafka.tools.StorageTool"]
        command += ["format", "-t", "YmFuLXRpbi10ZXN0cy1rZg", "-c", self._properties]
        command += format_options(self._password) if self._password is not None else []
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True, timeout=60)

    def _answers(self) -> bool:
        """Return whether the broker takes connections, which it does only when it has started."""
        host, port = self.address.split(":")
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            return False
        return True


@contextmanager
def kafka_server(password: str | None = None, advertised: str | None = None) -> Iterator[KafkaServer]:
    """Run a broker of its own in a temporary folder: for tests that kill it, or that must log in."""
    with tempfile.TemporaryDirectory(prefix="bantin-kafka-", ignore_cleanup_errors=True) as folder:
        server = KafkaServer(Path(folder), password, advertised)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def kafka_address() -> Iterator[str]:
    """Give `host:port` of a broker: the one that `BANTIN_TEST_KAFKA` names, else one started now."""
    if address := os.environ.get("BANTIN_TEST_KAFKA"):
        yield address
        return
    with kafka_server() as server:
        yield server.address


def _libraries() -> Path:
    def fill(folder: Path) -> None:
        copy_with_dependencies("org.apache.kafka", "kafka_2.13", VERSION, folder)

    return cached(f"kafka-{VERSION}", fill)


def main() -> None:
    """Run a broker until Ctrl-C and print its address."""
    with kafka_server() as server:
        print(f"kafka://{server.address}  (data in {server.folder}; Ctrl-C ends it)", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
