"""What operators do is kept, a line an act, whoever else writes; and nothing is done that can't be kept."""

import json
import threading
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bantin.access.audit import FILE_NAME, LOCAL, Actor, AuditError, audited, record_act

AN = Actor("0badcafe", "An, phòng\nbiên tập\u2028")


def lines(folder: Path) -> list[dict[str, str | int]]:
    return [json.loads(line) for line in (folder / FILE_NAME).read_text().splitlines()]


def test_an_act_is_one_line_that_says_who_what_and_how_it_ended(tmp_path: Path) -> None:
    folder = tmp_path / "not yet there"
    with capture_logs() as logged:
        record_act(folder, AN, "dlq.retry", "articles.raw.v1.extract.dlq/0/7", letters=3)
    (kept,) = lines(folder)
    assert kept.pop("at")
    told = {"actor": AN.id, "name": AN.name, "act": "dlq.retry", "target": "articles.raw.v1.extract.dlq/0/7"}
    assert kept == {**told, "outcome": "done", "letters": 3}
    assert logged == [{**kept, "event": "operator_act", "log_level": "info"}]
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_an_act_that_takes_its_time_is_kept_from_its_beginning(tmp_path: Path) -> None:
    with audited(tmp_path, LOCAL, "reindex", "articles") as details:
        assert [line["outcome"] for line in lines(tmp_path)] == ["began"]
        details["indexed"] = 12
    assert (lines(tmp_path)[-1]["outcome"], lines(tmp_path)[-1]["indexed"]) == ("done", 12)


def test_an_act_that_fails_is_kept_with_its_error_but_not_with_what_that_says(tmp_path: Path) -> None:
    with pytest.raises(ValueError), audited(tmp_path, LOCAL, "verify.fix", "articles"):
        raise ValueError("may hold a secret")
    assert (lines(tmp_path)[-1]["outcome"], lines(tmp_path)[-1]["error"]) == ("failed", "ValueError")
    assert "secret" not in (tmp_path / FILE_NAME).read_text()


def test_nothing_is_done_where_it_can_not_be_kept(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    done: list[str] = []
    with pytest.raises(AuditError, match="nothing was done"), audited(tmp_path, LOCAL, "reindex", "articles"):
        done.append("reindex")
    assert done == []


def test_a_file_that_was_rotated_away_is_made_again(tmp_path: Path) -> None:
    record_act(tmp_path, LOCAL, "reindex", "first")
    (tmp_path / FILE_NAME).rename(tmp_path / "audit.log.1")
    record_act(tmp_path, LOCAL, "reindex", "second")
    assert [line["target"] for line in lines(tmp_path)] == ["second"]


def test_lines_of_many_writers_do_not_mix(tmp_path: Path) -> None:
    def write(number: int) -> None:
        for _ in range(20):
            record_act(tmp_path, Actor("local", str(number) * 500), "dlq.discard", "x" * 2_000)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(lines(tmp_path)) == 80
