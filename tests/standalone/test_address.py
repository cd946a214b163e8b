"""Every command that asks a platform asks the same one: the one that was named, else that of the settings."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bantin_standalone import cli, dead_letters
from bantin_standalone.address import address_here, platform_address
from bantin_standalone.client import Client, ClientError


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BANTIN_HOST", "BANTIN_PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8109"),
        ("localhost", "http://localhost:8109"),
        ("0.0.0.0", "http://127.0.0.1:8109"),
        ("", "http://127.0.0.1:8109"),
        ("::", "http://[::1]:8109"),
        ("2001:db8::1", "http://[2001:db8::1]:8109"),
    ],
)
def test_what_listens_everywhere_is_called_on_this_machine(host: str, url: str) -> None:
    assert address_here(host, 8109) == url


def test_a_flag_counts_more_than_the_settings_and_these_more_than_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert platform_address("") == "http://127.0.0.1:8000"
    monkeypatch.setenv("BANTIN_PORT", "8109")
    assert platform_address("") == "http://127.0.0.1:8109"
    monkeypatch.setenv("BANTIN_HOST", "::1")
    assert platform_address("") == "http://[::1]:8109"
    assert platform_address("http://elsewhere:1") == "http://elsewhere:1"


def test_a_port_that_nobody_can_know_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_PORT", "0")
    with pytest.raises(ClientError, match="name its address"):
        platform_address("")


def test_a_port_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_PORT", "many")
    with pytest.raises(SystemExit, match="BANTIN_PORT"):
        platform_address("")


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (("push", "{file}"), "--to"),
        (("search", "tin"), "--at"),
        (("dlq", "list"), "--at"),
        (("dlq", "show", "x"), "--at"),
        (("dlq", "retry", "x"), "--at"),
        (("dlq", "discard", "--all", "--yes"), "--at"),
    ],
)
def test_every_command_asks_that_one(
    words: tuple[str, ...], flag: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    @asynccontextmanager
    async def connected(url: str, key: str = "") -> AsyncGenerator[Client]:
        del key
        asked.append(url)
        raise ClientError("nobody there")
        yield

    for module in (cli, dead_letters):
        monkeypatch.setattr(module, "connected", connected)
    monkeypatch.setenv("BANTIN_PORT", "8109")
    (tmp_path / "a.txt").write_text("Tin")
    given = [word.format(file=tmp_path / "a.txt") for word in words]
    for more in ([], [flag, "http://elsewhere:1"]):
        with pytest.raises(ClientError, match="nobody there"):
            cli.command([*given, *more])
    assert asked == ["http://127.0.0.1:8109", "http://elsewhere:1"]
