"""A real Elasticsearch with security on: it speaks TLS, under a certificate of its own, and asks who we are."""

import base64
import json
import os
import ssl
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.engines.elasticsearch import ElasticsearchServer

PASSWORD = "tests-only-" + "7c1f52"
"""Of the superuser `elastic`, on a node of this machine that lives for minutes."""

STORE_PASSWORD = "changeit"

KEYSTORE = """\
source bin/elasticsearch-env
export ES_HOME ES_PATH_CONF JAVA JAVA_TYPE ES_DISTRIBUTION_TYPE
CLI_NAME=keystore CLI_LIBS=lib/tools/keystore-cli exec bash bin/elasticsearch-cli "$@"
"""


class SecuredElasticsearchServer(ElasticsearchServer):
    """One node that nobody reads or writes without credentials. `ca_file` is the certificate by which to know it."""

    java_options = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"

    def __init__(self, folder: Path) -> None:
        self.ca_file = folder / "node.crt"
        super().__init__(folder)
        self.url = self.url.replace("http:", "https:")
        self._make_certificate()
        self._keep({"bootstrap.password": PASSWORD, "xpack.security.http.ssl.keystore.secure_password": STORE_PASSWORD})

    def url_as(self, credentials: str, name: str) -> str:
        """Return the search URL of an index for `USER:PASSWORD` or `:API_KEY`."""
        return f"{self.url.replace('//', f'//{credentials}@')}/{name}?ca={self.ca_file}"

    def ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> Any:
        """Send a request as the superuser, or with an API key, and return its answer."""
        superuser = base64.b64encode(f"elastic:{PASSWORD}".encode()).decode()
        headers = {
            "Authorization": f"ApiKey {key}" if key else f"Basic {superuser}",
            "Content-Type": "application/json",
        }
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}{path}", data, headers, method=method)
        with urlopen(request, timeout=30, context=ssl.create_default_context(cafile=self.ca_file)) as answer:
            return json.loads(answer.read())

    def _settings(self) -> dict[str, object]:
        return {
            **super()._settings(),
            "xpack.security.enabled": "true",
            "xpack.security.autoconfiguration.enabled": "false",
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.keystore.path": "node.p12",
        }

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s")["status"] != "red"
        except (URLError, OSError):
            return False

    def _make_certificate(self) -> None:
        """Make the node's key, and a certificate that it signs for itself."""
        keytool, store = self._java_home / "bin" / "keytool", self._home / "config" / "node.p12"
        common = ["-keystore", store, "-storetype", "PKCS12", "-storepass", STORE_PASSWORD, "-alias", "node"]
        of_it = ["-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=tests", "-validity", "2"]
        known_as = ["-ext", "SAN=ip:127.0.0.1", "-ext", "bc:c=ca:true", "-ext", "ku:c=digitalSignature,keyCertSign"]
        run([keytool, "-genkeypair", *common, *of_it, *known_as])
        run([keytool, "-exportcert", "-rfc", "-file", self.ca_file, *common])
        self._own(store)

    def _keep(self, secrets: Mapping[str, str]) -> None:
        """Make the node's keystore with these secrets in it."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("ES_", "JAVA_"))}
        environment |= {"ES_JAVA_HOME": str(self._java_home), "ES_PATH_CONF": str(self._home / "config")}
        script = ["bash", "-c", KEYSTORE, str(self._home / "bin" / "elasticsearch-keystore")]
        run([*script, "create"], environment, self._home)
        run([*script, "add", "--stdin", *secrets], environment, self._home, "\n".join(secrets.values()) + "\n")
        self._own(self._home / "config" / "elasticsearch.keystore")

    def _own(self, path: Path) -> None:
        if self._user is not None:
            os.chown(path, self._user, -1)


def run(
    command: list[Any], environment: dict[str, str] | None = None, folder: Path | None = None, entered: str = ""
) -> None:
    """Run a command to its end; raise RuntimeError with its output if it fails."""
    ended = subprocess.run(
        command, env=environment, cwd=folder, input=entered, capture_output=True, text=True, timeout=120, check=False
    )
    if ended.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{ended.stdout}\n{ended.stderr}")


@contextmanager
def secured_elasticsearch() -> Generator[SecuredElasticsearchServer]:
    """Run a node in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="bantin-secured-", ignore_cleanup_errors=True) as folder:
        server = SecuredElasticsearchServer(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()
