"""A log's URL chooses its adapter; a wrong one is told what is known."""

from pathlib import Path

import pytest

from bantin.eventlog.connect import open_log


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///", "kafka://", "redis://localhost", "log.db"])
async def test_an_unknown_url_names_the_known_forms(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///PATH and kafka://HOST:PORT"):
        async with open_log(url):
            pass


async def test_the_scheme_chooses(tmp_path: Path) -> None:
    async with open_log(f"sqlite:///{tmp_path / 'a folder' / 'log.db'}") as log:
        assert log.system == "sqlite"
    async with open_log("kafka://127.0.0.1:1") as log:
        assert log.system == "kafka"


async def test_a_wrong_url_does_not_show_its_password() -> None:
    with pytest.raises(ValueError, match="known are") as caught:
        async with open_log("kafka+tls://user:secret@broker:9092"):
            pass
    assert "secret" not in str(caught.value)
