"""The drop folder on disk: look, read, move away. All functions block; call them in a thread."""

import os
import stat
from collections.abc import Generator
from pathlib import Path

from bantin_ingest.inbox.settling import Sighting, is_candidate

REASON_ENDING = ".reason.json"
MAX_NAME_BYTES = 255
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class ChangedFileError(Exception):
    """The file is not, or no longer, the one that was seen."""


def scan(inbox: Path) -> list[Sighting]:
    """Return every file that may be taken, in folders of any depth; links are not followed.

    Raise OSError where the folder itself can't be read; folders within that can't be are left out.
    """
    return list(_walk(inbox, ""))


def _walk(folder: Path, prefix: str) -> Generator[Sighting]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not is_candidate(entry.name, top=not prefix):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    yield Sighting(prefix + entry.name, status.st_size, status.st_mtime_ns)
            except (FileNotFoundError, NotADirectoryError, PermissionError):
                continue  # it went away while we looked, or is not ours to see


def read(inbox: Path, sighting: Sighting) -> bytes:
    """Return the content of the file as it was seen; raise ChangedFileError where it has changed, or OSError."""
    descriptor = os.open(inbox / sighting.path, os.O_RDONLY | _NO_FOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(sighting.size + 1)
        if not _same(os.fstat(descriptor), sighting) or len(content) != sighting.size:
            raise ChangedFileError(f"{sighting.path} changed while it was read")
        return content


def move_away(inbox: Path, sighting: Sighting, destination: str, reason: bytes | None) -> Path | None:
    """Move a file to the `destination` folder of the inbox, under its own path, and write `reason` beside it.

    Nothing is overwritten: a taken name gets a number. Return where the file is now; None where the file as it was
    seen is no longer there.
    """
    source = inbox / sighting.path
    if not _there(source, sighting):
        return None
    wanted = inbox / destination / sighting.path
    wanted.parent.mkdir(parents=True, exist_ok=True)
    target = _reserve(wanted)
    if reason is not None:
        _beside(target).write_bytes(reason)
    return source.replace(target)


def _reserve(wanted: Path) -> Path:
    """Return a name like `wanted` that was free, with an empty file that holds it for us."""
    number = 1
    while True:
        ending = wanted.suffix if number == 1 else f"-{number}{wanted.suffix}"
        candidate = wanted.with_name(_cut(wanted.stem, ending) + ending)
        number += 1
        if _beside(candidate).exists():
            continue
        try:
            candidate.touch(exist_ok=False)
        except FileExistsError:
            continue
        return candidate


def _beside(path: Path) -> Path:
    return path.with_name(_cut(path.name, REASON_ENDING) + REASON_ENDING)


def _cut(name: str, ending: str) -> str:
    """Shorten a name so that it can be stored with the ending."""
    room = MAX_NAME_BYTES - len(os.fsencode(ending))
    encoded = os.fsencode(name)
    return name if len(encoded) <= room else encoded[:room].decode(errors="ignore")


def _there(path: Path, sighting: Sighting) -> bool:
    try:
        return _same(os.lstat(path), sighting)
    except FileNotFoundError:
        return False


def _same(status: os.stat_result, sighting: Sighting) -> bool:
    return stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == (sighting.size, sighting.mtime_ns)
