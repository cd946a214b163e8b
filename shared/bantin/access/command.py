"""`bantin keys` (and `bantin-keys` in every image): make, list and revoke keys.

A key is shown once, alone on standard output; everything else that is said goes to standard error.
"""

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from bantin.access.audit import AuditError, audited, record_act, this_user
from bantin.access.keyring import utc_now
from bantin.access.keys import KeysError, NewKey, Scope, StoredKey, new_key
from bantin.access.keys_file import change_keys, read_keys
from bantin.access.last_used import beside, read_last_used
from bantin.local_time import read_moment
from bantin.telemetry.logs import configure_logs

File = Annotated[Path | None, Parameter(name="--file", env_var="BANTIN_KEYS", show_env_var=True)]
Used = Annotated[Path | None, Parameter(name="--used", env_var="BANTIN_KEYS_USED", show_env_var=True)]
Scopes = Annotated[list[Scope], Parameter(negative=())]

command = cyclopts.App(name="keys", help="Make, list and revoke the keys that requests need.")


@command.command(name="create")
def create(*, name: str, scope: Scopes, expires: str = "", file: File = None) -> None:
    """Make a key and print it: it can't be shown again.

    Parameters
    ----------
    name
        Who or what uses the key.
    scope
        What it opens: ingest, search or ops; repeat for several.
    expires
        The day (in Vietnam) or the moment (RFC 3339) from which it opens nothing any more. Unset: never.
    file
        The keys file; it is made where there is none.
    """
    path = _named(file)
    configure_logs("bantin-keys", "WARNING", "auto")
    made = add_key(path, name, scope, read_expiry(expires))
    sys.stdout.write(f"{made.presented}\n")
    sys.stderr.write(f"key {made.stored.id} is in {path}, as a hash only: keep it, it is not shown again\n")


@command.command(name="list")
def list_keys(*, file: File = None, used: Used = None) -> None:
    """Show every key's id, name, scopes, dates and state.

    Parameters
    ----------
    file
        The keys file.
    used
        The file that keeps when each key was last used. Unset: beside the keys file.
    """
    path = _named(file)
    if not path.exists():
        raise KeysError(f"{path} does not exist; make it with `bantin keys create`")
    sys.stdout.write(table(read_keys(path), utc_now(), read_last_used(used or beside(path))))


@command.command(name="revoke")
def revoke(key_id: str, /, *, file: File = None) -> None:
    """Let a key open nothing any more, from the next request on.

    Parameters
    ----------
    key_id
        Its id: what `bantin keys list` shows, and what stands between the two `_` of the key.
    file
        The keys file.
    """
    path = _named(file)
    configure_logs("bantin-keys", "WARNING", "auto")

    def revoked(keys: tuple[StoredKey, ...]) -> tuple[StoredKey, ...]:
        if key_id not in {key.id for key in keys}:
            raise KeysError(f"{path} holds no key of that id; `bantin keys list` shows them")
        at = utc_now()
        return tuple(key.model_copy(update={"revoked": key.revoked or at}) if key.id == key_id else key for key in keys)

    if not path.exists():
        raise KeysError(f"{path} does not exist; name the keys file with --file or BANTIN_KEYS")
    with audited(path.parent, this_user(), "keys.revoke", key_id):
        change_keys(path, revoked)
    sys.stderr.write(f"key {key_id} is revoked\n")


def add_key(path: Path, name: str, scopes: Iterable[str], expires: datetime | None = None) -> NewKey:
    """Make a key and keep it in the file; raise KeysError or AuditError where that can't be.

    Changes of keys are audited beside the file: who may write the one may write the other.
    """
    made: list[NewKey] = []

    def with_new_key(keys: tuple[StoredKey, ...]) -> tuple[StoredKey, ...]:
        made.append(new_key(name, scopes, utc_now(), expires, taken={key.id for key in keys}))
        _tell(path, made[0].stored, "began")
        return (*keys, made[0].stored)

    change_keys(path, with_new_key)
    _tell(path, made[0].stored, "done")
    return made[0]


def _tell(path: Path, key: StoredKey, outcome: str) -> None:
    about = {"key_name": key.name, "scopes": ",".join(key.scopes)}
    record_act(path.parent, this_user(), "keys.create", key.id, outcome, **about)


def read_expiry(text: str) -> datetime | None:
    """Return the moment from which a key opens nothing: the day's beginning in Vietnam where only a day is given."""
    if not text:
        return None
    try:
        return read_moment(text)
    except ValueError:
        told = f"--expires {text!r} is no date such as 2027-01-01 and no time such as 2027-01-01T12:00+07:00"
        raise KeysError(told) from None


def table(keys: Iterable[StoredKey], now: datetime, used: Mapping[str, datetime]) -> str:
    """Return the keys as lines of columns."""
    rows: list[tuple[str, ...]] = [("ID", "STATE", "SCOPES", "CREATED", "EXPIRES", "LAST USED", "NAME")]
    for key in keys:
        dates = (key.created, key.expires, used.get(key.id))
        shown = (moment.isoformat(timespec="seconds") if moment else "never" for moment in dates)
        rows.append((key.id, key.state(now), ",".join(key.scopes), *shown, key.name))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)


def _named(file: Path | None) -> Path:
    if file is None or not file.name:
        raise KeysError("which keys file? Name it with --file PATH or BANTIN_KEYS=PATH")
    return file.absolute()


def main() -> None:
    """Run the command by itself; a foreseen error is one line on standard error, and exit status 1."""
    try:
        command()
    except (AuditError, KeysError) as error:
        raise SystemExit(f"bantin-keys: {error}") from None
