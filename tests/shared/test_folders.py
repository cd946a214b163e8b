"""What the platform keeps is in folders of its own user alone, unless somebody made them otherwise."""

import os
import stat
from collections.abc import Generator
from pathlib import Path

import pytest

from bantin.access.audit import LOCAL, record_act
from bantin.eventlog.connect import open_log
from bantin.folders import make_private
from bantin.search.connect import open_engine
from bantin_standalone.platform import open_platform
from bantin_standalone.settings import PlatformSettings


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def usual_umask() -> Generator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_every_folder_that_was_missing_is_private(tmp_path: Path) -> None:
    make_private(tmp_path / "one" / "two")
    assert [mode(tmp_path / "one"), mode(tmp_path / "one" / "two")] == [0o700, 0o700]


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o750)
    make_private(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o750


def test_what_can_not_be_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        make_private(tmp_path / "file")


async def test_whoever_makes_the_data_folder_first_makes_it_private(tmp_path: Path) -> None:
    record_act(tmp_path / "audit", LOCAL, "reindex", "index")
    async with open_log(f"sqlite:///{tmp_path / 'log' / 'log.db'}"):
        pass
    async with open_engine(f"tantivy:///{tmp_path / 'search' / 'index'}") as engine:
        await engine.prepare()
    async with open_platform(PlatformSettings(data=tmp_path / "data", extract_workers=1)):
        pass
    for name in ("audit", "log", "search", "data"):
        assert mode(tmp_path / name) == 0o700, name
