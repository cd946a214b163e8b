"""Beyond this machine nothing is served without keys: the process refuses to start, and says what to do."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.access.command import add_key
from bantin.access.entrance import keyring_for, needs_keys
from bantin.access.keyring import utc_now
from bantin.access.keys import KeysError, new_key, serialise_keys

COMMANDS = Path(sys.executable).parent
REFUSED = r"refusing to listen on 0\.0\.0\.0, which others can reach, without keys: .*`bantin keys create .*BANTIN_KEYS"


@given(st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_this_machine_is_the_whole_loopback_network(address: object) -> None:
    assert not needs_keys(str(address))
    assert keyring_for(None, str(address)) is None


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.7", "10.0.0.1", "fe80::1%eth0", "128.0.0.1", "::2"])
def test_every_other_address_needs_keys(address: str) -> None:
    assert needs_keys(address)
    with pytest.raises(KeysError, match="without keys"):
        keyring_for(None, address)


def test_the_loopback_address_of_ipv6_is_this_machine() -> None:
    assert not needs_keys("::1")


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_keys_file_is_asked_for_on_every_address_and_has_to_hold_a_usable_key(tmp_path: Path, address: str) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(KeysError, match=r"BANTIN_KEYS=.*keys\.json is usable; .*bantin keys create"):
        keyring_for(path, address)
    spent = new_key("spent", ["search"], utc_now()).stored
    revoked = spent.model_copy(update={"revoked": utc_now()})
    expired = spent.model_copy(update={"id": "00000000", "expires": utc_now() - timedelta(seconds=1)})
    path.write_bytes(serialise_keys([revoked, expired]))
    with pytest.raises(KeysError, match="is usable"):
        keyring_for(path, address)
    key = add_key(path, "a portal", ["search"])
    keyring = keyring_for(path, address)
    assert keyring is not None
    assert keyring.authenticate(key.presented).name == "a portal"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text("keys")
    with pytest.raises(KeysError, match=r"refusing to start: BANTIN_KEYS: .*keys\.json is not a keys file: .*mend it"):
        keyring_for(path, "127.0.0.1")


@pytest.mark.parametrize(
    ("command", "host"), [(("bantin", "up"), "0.0.0.0"), (("bantin", "up"), ""), (("bantin-extract",), "0.0.0.0")]
)
def test_a_real_process_refuses_to_listen_everywhere_without_keys(
    tmp_path: Path, command: tuple[str, ...], host: str
) -> None:
    own = {"BANTIN_HOST": host, "BANTIN_PORT": "0", "BANTIN_DATA": str(tmp_path), "BANTIN_KEYS": ""}
    ended = subprocess.run(
        [COMMANDS / command[0], *command[1:]],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert re.fullmatch(REFUSED + r".*\n", ended.stderr), ended.stderr
    assert list(tmp_path.iterdir()) == []
