"""A running process follows its keys file: made, revoked, expired and broken keys count from the next request on."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bantin.access.command import add_key
from bantin.access.keyring import Keyring
from bantin.access.keys import KeyRefusedError, KeysError, StoredKey, new_key, serialise_keys
from bantin.access.keys_file import change_keys

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def refusal(keyring: Keyring, presented: str) -> str:
    with pytest.raises(KeyRefusedError) as refused:
        keyring.authenticate(presented)
    return refused.value.reason


def test_keys_are_rotated_without_a_restart(path: Path) -> None:
    old = add_key(path, "a portal", ["search"])
    keyring = Keyring(path)
    assert keyring.authenticate(old.presented) == old.stored
    new = add_key(path, "a portal", ["search"])
    assert keyring.authenticate(new.presented) == new.stored
    assert keyring.authenticate(old.presented) == old.stored

    def revoked(keys: tuple[StoredKey, ...]) -> tuple[StoredKey, ...]:
        return (keys[0].model_copy(update={"revoked": NOW}), *keys[1:])

    change_keys(path, revoked)
    assert refusal(keyring, old.presented) == "revoked"
    assert keyring.authenticate(new.presented) == new.stored


def test_a_key_expires_while_the_file_stays_as_it_is(path: Path) -> None:
    clock = [NOW]
    key = new_key("a portal", ["search"], NOW, expires=NOW + timedelta(hours=1))
    path.write_bytes(serialise_keys([key.stored]))
    keyring = Keyring(path, lambda: clock[0])
    assert keyring.authenticate(key.presented) == key.stored
    clock[0] += timedelta(hours=1)
    assert refusal(keyring, key.presented) == "expired"


def test_nobody_is_let_in_while_the_file_is_broken_or_gone(path: Path) -> None:
    key = add_key(path, "a portal", ["search"])
    whole = path.read_bytes()
    keyring = Keyring(path)
    asyncio.run(keyring.check())
    path.write_bytes(whole[:-20])
    with pytest.raises(KeysError, match="is not a keys file"):
        keyring.authenticate(key.presented)
    with pytest.raises(KeysError, match="is not a keys file"):
        asyncio.run(keyring.check())
    path.unlink()
    with pytest.raises(KeysError, match="does not exist; make it with"):
        keyring.authenticate(key.presented)
    path.write_bytes(whole)
    assert keyring.authenticate(key.presented) == key.stored


def test_a_process_has_keys_of_its_own_that_no_file_holds(path: Path) -> None:
    add_key(path, "a portal", ["search"])
    before = path.read_bytes()
    keyring = Keyring(path)
    own = keyring.issue("itself", ["ingest"])
    assert keyring.authenticate(own).scopes == ("ingest",)
    assert path.read_bytes() == before
    assert refusal(Keyring(path), own) == "unknown"
