"""The image holds one service with its locked dependencies, runs without rights and tells its own health."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.deployment.reading import ROOT, dockerfile, image_environment


class Health(BaseHTTPRequestHandler):
    """A service whose health is the server's `status`."""

    def do_GET(self) -> None:
        assert isinstance(self.server, HTTPServer)
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def healthy_port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def health_check() -> list[str]:
    (command,) = re.findall(r"^HEALTHCHECK .*?CMD (\[.*\])$", dockerfile(), re.MULTILINE)
    return json.loads(command)


def check_health(port: int) -> int:
    command = [sys.executable, *health_check()[1:]]
    return subprocess.run(command, env={"BANTIN_PORT": str(port)}, capture_output=True, check=False).returncode


def test_the_health_check_passes_where_the_service_answers(healthy_port: int):
    assert check_health(healthy_port) == 0


def test_the_health_check_fails_where_nothing_answers(healthy_port: int):
    assert check_health(healthy_port + 1 if healthy_port < 65535 else 1) != 0


def test_the_base_image_is_pinned_to_a_python_that_the_project_supports():
    (version,) = re.findall(r"^ARG PYTHON=(\d+\.\d+\.\d+)-slim-[a-z]+$", dockerfile(), re.MULTILINE)
    assert tuple(map(int, version.split("."))) >= (3, 11)
    assert set(re.findall(r"^FROM (\S+)", dockerfile(), re.MULTILINE)) == {"python:${PYTHON}"}


def test_the_service_runs_as_a_user_without_rights():
    assert re.findall(r"^USER (\S+)$", dockerfile(), re.MULTILINE) == ["10001"]


def test_everything_is_installed_by_hash_except_our_own_wheels():
    installs = [part for part in re.split(r"&&|\n", dockerfile()) if re.search(r"pip install", part)]
    assert len(installs) == 3
    assert all("--require-hashes" in part or "--no-deps" in part for part in installs)


def test_what_is_copied_exists_and_the_ignore_file_lets_it_through():
    ignored = (ROOT / ".dockerignore").read_text().split("\n")
    assert "*" in ignored
    for source in re.findall(r"^COPY (?!--from)(\S+)", dockerfile(), re.MULTILINE):
        path = source.replace("${SERVICE}", "api")
        assert (ROOT / path).exists()
        assert f"!{path.split('/')[0]}" in ignored


def test_the_image_listens_on_every_interface_of_its_own_network():
    assert image_environment()["BANTIN_HOST"] == "0.0.0.0"
    assert image_environment()["BANTIN_DATA"] == "/data"
