"""Whether a process may listen where it is told to: beyond this machine only behind keys."""

import ipaddress
from pathlib import Path

from bantin.access.keyring import Keyring, utc_now
from bantin.access.keys import KeysError
from bantin.access.keys_file import read_keys

MAKE_ONE = "`bantin keys create --name NAME --scope ingest --scope search --file PATH`"


def needs_keys(address: str) -> bool:
    """Return whether others than this machine reach the (numeric) address that a socket is bound to."""
    return not ipaddress.ip_address(address.partition("%")[0]).is_loopback


def keyring_for(path: Path | None, address: str, used: Path | None = None) -> Keyring | None:
    """Return the keys that guard a process which listens on the address; None where it is open to this machine.

    Raise KeysError, one sentence with the remedy, where the process must not start.
    """
    if path is None:
        if needs_keys(address):
            raise KeysError(
                f"refusing to listen on {address}, which others can reach, without keys: "
                f"make one with {MAKE_ONE} and set BANTIN_KEYS=PATH, or listen on 127.0.0.1"
            )
        return None
    try:
        keys = read_keys(path)
    except KeysError as error:
        raise KeysError(f"refusing to start: BANTIN_KEYS: {error}") from error
    if not any(key.state(utc_now()) == "usable" for key in keys):
        raise KeysError(f"refusing to start: no key in BANTIN_KEYS={path} is usable; make one with {MAKE_ONE}")
    return Keyring(path, used=used)
