"""Secrets planted in every place that takes one are in nothing that a process says, whatever goes wrong."""

import base64
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bantin.access.command import add_key
from tests.engines.process import free_ports, stop, wait_until

START_SECONDS = 60
COMMANDS = Path(sys.executable).parent
PLANTED = "Pl4nted-S3cret/with:signs@all"
SHAPES = (PLANTED, "Pl4nted-S3cret", base64.b64encode(f"bantin:{PLANTED}".encode()).decode())


def leaks(said: str, *more: str) -> list[str]:
    return [shape for shape in (*SHAPES, *more) if shape in said]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Everything a process may be told, with a secret in each, in files as in variables."""
    secret = tmp_path / "secret"
    secret.write_text(PLANTED)
    log, search = free_ports(2)
    return {
        "BANTIN_LOG_PASSWORD_FILE": str(secret),
        "BANTIN_LOG_URL": f"kafka://bantin@127.0.0.1:{log}?tls=0&mechanism=PLAIN",
        "BANTIN_SEARCH_PASSWORD": PLANTED,
        "BANTIN_SEARCH_URL": f"http://bantin@127.0.0.1:{search}",
        "BANTIN_LOG_LEVEL": "DEBUG",
        "OTEL_TRACES_EXPORTER": "console",
        "OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST": ".*",
    }


@contextmanager
def running(command: str, environment: dict[str, str], output: Path) -> Iterator[tuple[str, int]]:
    """Run a service until the block ends; give its address and its process's id."""
    (port,) = free_ports(1)
    url, given = f"http://127.0.0.1:{port}", {**environment, "BANTIN_PORT": str(port)}
    with output.open("wb") as file:
        process = subprocess.Popen([COMMANDS / command], env=given, stdout=file, stderr=file)
    try:
        wait_until(lambda: answers(url), process, output, START_SECONDS)
        yield url, process.pid
    finally:
        stop(process)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").is_success
    except httpx.TransportError:
        return False


def test_a_service_whose_engine_is_away_tells_no_secret(environment: dict[str, str], tmp_path: Path) -> None:
    keys, output = tmp_path / "keys.json", tmp_path / "output"
    key = add_key(keys, "a portal", ["search"]).presented
    wrong = key[:-8] + "0" * 8
    said: list[str] = []
    with running("bantin-api", {**environment, "BANTIN_KEYS": str(keys)}, output) as (url, pid):
        for headers in ({"X-API-Key": key}, {"Authorization": f"Bearer {key}"}, {"X-API-Key": wrong}):
            for path in ("/v1/search?q=x", "/readyz", "/metrics"):
                answer = httpx.get(url + path, headers=headers, timeout=30)
                said += [f"{answer.status_code}", answer.text, str(answer.headers)]
        command = Path(f"/proc/{pid}/cmdline")  # what `ps` shows
        said.append(command.read_text() if command.exists() else "")
    said.append(output.read_text())
    assert {"503", "401", "200"} <= set(said)  # failing engine, wrong key, metrics
    assert "GET /v1/search" in said[-1]  # spans, with every header captured
    assert not leaks("".join(said), key, wrong, key.rpartition("_")[2])


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"BANTIN_LOG_URL": f"kafka://bantin:{PLANTED}@:x/y"},
        {"BANTIN_LOG_URL": f"amqp://bantin:{PLANTED}@127.0.0.1", "BANTIN_LOG_PASSWORD_FILE": ""},
        {"BANTIN_LOG_URL": f"kafka://bantin:{PLANTED}@127.0.0.1", "BANTIN_LOG_PASSWORD_FILE": ""},
        {"BANTIN_LOG_URL": "kafka://bantin:Pl4nted-S3cret#x@127.0.0.1:1", "BANTIN_LOG_PASSWORD_FILE": ""},
        {"BANTIN_LOG_URL": "kafka://bantin:1?Pl4nted-S3cret@127.0.0.1:1", "BANTIN_LOG_PASSWORD_FILE": ""},
        {
            "BANTIN_SEARCH_URL": "http://bantin:1/Pl4nted-S3cret@127.0.0.1:1",
            "BANTIN_SEARCH_PASSWORD": "",
            "BANTIN_LOG_URL": "",
        },
        {"BANTIN_SEARCH_URL": f"ftp://bantin:{PLANTED}@127.0.0.1", "BANTIN_SEARCH_PASSWORD": ""},
        {"BANTIN_SEARCH_API_KEY": PLANTED},
        {"BANTIN_PORT": PLANTED, "BANTIN_TRUSTED_PROXIES": "x"},
    ],
    ids=[
        "no broker",
        "no address",
        "no log",
        "unescaped",
        "cut by #",
        "cut by ?",
        "cut by /",
        "no engine",
        "two secrets",
        "no number",
    ],
)
def test_a_process_that_can_not_start_tells_why_and_no_secret(
    environment: dict[str, str], tmp_path: Path, more: dict[str, str]
) -> None:
    given = {"BANTIN_PORT": "0", "BANTIN_DATA": str(tmp_path / "data"), **environment, **more}
    ended = subprocess.run(
        [COMMANDS / "bantin-index"], env=given, capture_output=True, text=True, timeout=90, check=False
    )
    assert ended.returncode != 0
    assert "start: " in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not leaks(ended.stdout + ended.stderr)
