"""The keys file is replaced whole, readable by its owner only, and no change of two at once is lost."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bantin.access.command import add_key
from bantin.access.keys import KeysError, StoredKey
from bantin.access.keys_file import change_keys, read_keys


def test_a_file_is_made_with_its_folder_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "etc" / "keys.json"
    made = add_key(path, "a portal", ["search"])
    assert read_keys(path) == (made.stored,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keys_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda number: add_key(path, f"portal {number}", ["ingest"]), range(24)))
    assert {key.id for key in read_keys(path)} == {key.stored.id for key in made}


def test_a_failed_change_leaves_the_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.json"
    before = (add_key(path, "a portal", ["search"]).stored,)

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(KeysError, match=r"keys\.json can't be written: No space left on device"):
        change_keys(path, lambda keys: ())
    assert read_keys(path) == before
    assert {item.name for item in tmp_path.iterdir()} <= {"keys.json", ".keys.json.lock", "audit.log"}


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "keys.json"
    link.symlink_to(tmp_path / "elsewhere.json")
    add_key(link, "a portal", ["search"])
    assert link.is_symlink()
    assert len(read_keys(tmp_path / "elsewhere.json")) == 1


def test_a_broken_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text('{"version": 1, "keys": [')
    with pytest.raises(KeysError, match=r"keys\.json is not a keys file"):
        add_key(path, "a portal", ["search"])
    assert path.read_text() == '{"version": 1, "keys": ['


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")
def test_root_leaves_the_file_to_the_user_that_serves(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    add_key(path, "a portal", ["search"])
    os.chown(path, 10001, 10001)
    add_key(path, "another", ["search"])
    assert (path.stat().st_uid, path.stat().st_gid) == (10001, 10001)


def test_no_file_and_a_blank_one_hold_no_keys_and_a_folder_is_none(tmp_path: Path) -> None:
    none: tuple[StoredKey, ...] = ()
    (tmp_path / "blank").write_text("\n")
    assert read_keys(tmp_path / "missing") == read_keys(tmp_path / "blank") == none
    with pytest.raises(KeysError, match="can't be read: Is a directory"):
        read_keys(tmp_path)
