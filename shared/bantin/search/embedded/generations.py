"""The folders of an index: one for each generation, and a pointer to the live one that is replaced at once.

    current.json             which generation is live, and by which schema it was made
    generations/ID/          one tantivy index

Nothing but the pointer makes a generation live, so a rebuild that dies half-way leaves no trace in any search.
"""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from bantin.folders import make_private
from bantin.search.embedded.library import tantivy
from bantin.search.embedded.schema import SCHEMA_VERSION, build_schema
from bantin.search.port import Layout, SearchUnavailableError

_POINTER: Final = "current.json"
_FOLDERS: Final = "generations"


class Generation(NamedTuple):
    """The folder of one index, and the version of its schema."""

    folder: Path
    schema: int

    @property
    def is_ours(self) -> bool:
        """Whether this version of ours can read and write it."""
        return self.schema == SCHEMA_VERSION


class Generations:
    """The generations under one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pointer = root / _POINTER
        self._folders = root / _FOLDERS

    def live(self) -> Generation:
        """Return the live generation. Raise SearchUnavailableError if there is none yet."""
        try:
            pointer = json.loads(self._pointer.read_bytes())
        except FileNotFoundError as error:
            raise SearchUnavailableError(f"there is no search index in {self._root} yet") from error
        return Generation(self._folders / pointer["generation"], pointer["schema"])

    def readable(self) -> Path:
        """Return the folder of the live generation. Raise SearchUnavailableError if there is none we can read."""
        live = self.live()
        if not live.is_ours:
            raise SearchUnavailableError(
                f"the index in {self._root} has schema {live.schema}, not {SCHEMA_VERSION}: it has to be rebuilt "
                "from the log, which the index service does at its start and `bantin reindex` at any time"
            )
        return live.folder

    def layout(self) -> Layout:
        """Return the live generation's schema beside our own. Raise SearchUnavailableError if there is none yet."""
        return Layout(self.live().schema, SCHEMA_VERSION)

    def state(self) -> tuple[int, int] | None:
        """Return what changes whenever another generation goes live; None where there is none."""
        try:
            status = self._pointer.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def create(self) -> Path:
        """Make a new, empty generation that is not live yet."""
        folder = self._folders / uuid4().hex
        make_private(folder)
        tantivy.Index(build_schema(), str(folder))
        return folder

    def go_live(self, folder: Path) -> None:
        """Make a generation the live one, in one step that survives a power cut."""
        draft = self._draft(folder)
        draft.replace(self._pointer)
        _sync_folder(self._root)

    def create_first(self) -> None:
        """Make a first generation live unless there is one; of several processes one wins, and all go on with its."""
        if self.state() is not None:
            return
        folder = self.create()
        draft = self._draft(folder)
        try:
            os.link(draft, self._pointer)
        except FileExistsError:
            self.remove(folder)
        finally:
            draft.unlink()
        _sync_folder(self._root)

    def remove(self, folder: Path) -> None:
        """Delete a generation; what still reads it goes on until it has finished."""
        shutil.rmtree(folder, ignore_errors=True)

    def has_others(self, kept: Path) -> bool:
        """Return whether there are generations beside one."""
        return any(folder != kept for folder in self._folders.iterdir())

    def remove_others(self, kept: Path) -> None:
        """Delete what broken-off rebuilds left behind. For the process that holds the live generation's writer."""
        with suppress(FileNotFoundError):
            for folder in self._folders.iterdir():
                if folder != kept:
                    self.remove(folder)

    def _draft(self, folder: Path) -> Path:
        draft = self._root / f"{_POINTER}.{uuid4().hex}"
        with draft.open("x") as file:
            json.dump({"generation": folder.name, "schema": SCHEMA_VERSION}, file)
            file.flush()
            os.fsync(file.fileno())
        return draft


def _sync_folder(folder: Path) -> None:
    """Make a rename inside a folder durable, where the platform can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
