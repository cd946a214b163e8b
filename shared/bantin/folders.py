"""Folders of what the platform keeps: what is in them is for its own user, whatever the umask says."""

from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o700


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for this user alone; one that is there stays as it is.

    Raise OSError where it can't be made.
    """
    for one in reversed((folder, *folder.parents)):
        if not one.is_dir():
            one.mkdir(mode=OWNER_ONLY, exist_ok=True)
