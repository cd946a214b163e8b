"""The command: it says so where there is nothing to measure, and lists errors page by page."""

from pathlib import Path

import pytest

from quality import __main__ as command
from quality.measures import Matched, Tally
from quality.scoring import PageScore


def test_nothing_is_measured_or_written_without_the_pages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "PORTALS", tmp_path / "absent")
    monkeypatch.setattr(command, "DOCS", tmp_path)
    monkeypatch.setattr("sys.argv", ["quality"])
    command.main()
    assert "Nothing measured" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_errors_name_the_page_and_its_values() -> None:
    good = PageScore("good", 1.0, Tally(), title=True, date=Tally(), undated=Tally())
    bad = PageScore(
        "bad",
        0.5,
        Tally(),
        title=False,
        date=Tally(),
        undated=Tally(),
        fields={"people": Matched(Tally(), ("a",), ("b",))},
    )
    (lines,) = command.error_lines((good, bad))
    assert lines.splitlines() == ["bad", "  people: missed ['a'], made up ['b']", "  body: 0.500", "  title"]
