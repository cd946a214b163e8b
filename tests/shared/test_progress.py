"""A stage that does not get on says so and why, and its log hears of it without being flooded."""

import pytest
from structlog.testing import capture_logs

from bantin import progress as progress_module
from bantin.progress import Progress


class _Clock:
    now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    clock = _Clock()
    monkeypatch.setattr(progress_module, "time", clock)
    return clock


def test_what_lacks_is_said_after_a_while_and_no_longer_when_it_goes_on(clock: _Clock) -> None:
    progress = Progress("index")
    progress.hindered("the disk is read-only", 3)
    clock.now += 60
    assert progress.lack(60) is None
    clock.now += 1
    assert progress.lack(60) == "stage index has made no progress for 61 s: the disk is read-only"
    progress.made()
    assert progress.lack(60) is None
    clock.now += 61
    assert progress.lack(60) == "stage index has made no progress for 61 s"


def test_a_reason_is_logged_once_a_minute(clock: _Clock) -> None:
    progress = Progress("index")
    with capture_logs() as told:
        for _ in range(5):
            progress.hindered("busy", 3)
            progress.hindered("away", 1)
        clock.now += progress_module.AGAIN_SECONDS
        progress.hindered("busy", 2)
    assert [(line["event"], line["log_level"], line["why"], line["records"]) for line in told] == [
        ("records_wait", "warning", "busy", 3),
        ("records_wait", "warning", "away", 1),
        ("records_wait", "warning", "busy", 2),
    ]


def test_reasons_that_all_differ_do_not_flood_the_log(clock: _Clock) -> None:
    progress = Progress("index")
    with capture_logs() as told:
        for number in range(1_000):
            progress.hindered(f"article {number} is busy", 1)
    assert len(told) == 20


def test_what_is_settled_again_and_again_as_it_can_not_be_committed_is_no_progress(clock: _Clock) -> None:
    progress = Progress("index")
    clock.now += 50
    progress.settled()
    progress.log_failed("no commit within 30 s")
    clock.now += 61
    progress.settled()
    assert (
        progress.lack(60) == "stage index has made no progress for 61 s: the log can't be used: no commit within 30 s"
    )
    progress.made()
    clock.now += 50
    progress.settled()
    clock.now += 50
    assert progress.lack(60) is None
