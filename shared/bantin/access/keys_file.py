"""The keys file on disk: read whole, replaced whole, changed by one process at a time."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from bantin.access.keys import KeysError, StoredKey, parse_keys, serialise_keys

LOCK_SECONDS = 10.0

Change = Callable[[tuple[StoredKey, ...]], tuple[StoredKey, ...]]


def read_keys(path: Path) -> tuple[StoredKey, ...]:
    """Return the keys in the file; none where there is no file. Raise KeysError where it can't be read."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unreadable(path, error) from error
    return parse_keys(content, str(path))


def change_keys(path: Path, change: Change) -> tuple[StoredKey, ...]:
    """Apply a change to the keys in the file, make the file if it isn't there, and return what it holds then.

    Readers see the keys from before or from after the change, and a crash leaves one or the other.
    """
    path = path.resolve()  # a link is followed, not replaced
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS):
            before = read_keys(path)
            after = change(before)
            if after != before:
                _replace(path, serialise_keys(after))
            return after
    except Timeout as error:
        raise KeysError(f"{path} is being changed by another process; try again") from error
    except OSError as error:
        raise KeysError(
            f"{path} can't be written: {error.strerror or error}; its folder must be writable for this user"
        ) from error


def unreadable(path: Path, error: OSError) -> KeysError:
    """Return the error that the keys file can't be read."""
    if isinstance(error, FileNotFoundError):
        return KeysError(f"{path} does not exist; make it with `bantin keys create`")
    return KeysError(f"{path} can't be read: {error.strerror or error}; give the file to the user that runs this")


def _replace(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            if os.geteuid() == 0 and path.exists():  # root changes the file of the user that serves
                os.fchown(file.fileno(), path.stat().st_uid, path.stat().st_gid)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
