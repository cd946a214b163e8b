"""Logs are one JSON object a line, carry the trace they belong to, and take in the standard library's records."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import logging
import structlog
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from bantin.telemetry.logs import configure_logs

configure_logs("bantin-test", "INFO", "auto")
tracer = TracerProvider().get_tracer("test")
with tracer.start_as_current_span("request") as span:
    structlog.get_logger("ours").info("file_accepted", name="tệp.txt")
    logging.getLogger("theirs").warning("odd %s", "thing")
    logging.getLogger("aiokafka").info("chatter")
try:
    1 / 0
except ZeroDivisionError:
    structlog.get_logger("ours").exception("failed")
"""


def test_each_record_is_one_json_object_with_its_trace() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60)
    ours, theirs, failed = (json.loads(line) for line in run.stderr.splitlines())
    assert (ours["event"], ours["service"], ours["level"], ours["name"]) == (
        "file_accepted",
        "bantin-test",
        "info",
        "tệp.txt",
    )
    assert theirs["event"] == "odd thing"
    assert ours["trace_id"] == theirs["trace_id"]
    assert len(ours["trace_id"]) == 32
    assert "ZeroDivisionError" in failed["exception"]
    assert "trace_id" not in failed


HOSTILE = r"""
import logging
import structlog
from bantin.telemetry.logs import configure_logs

name = "tin\x1b[2J\x1b]0;title\x07\x9b31m\r\nINFO faked\u202elmth\u200b"
configure_logs("bantin-test", "INFO", "FORMAT")
structlog.get_logger("ours").info("file_dropped", name=name, names=[name], path=name.encode("utf-8", "surrogateescape"))
logging.getLogger("theirs").warning("odd %s", name)
try:
    raise ValueError(name)
except ValueError as error:
    structlog.get_logger("ours").exception("failed", error=error)
"""


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_nothing_a_stranger_wrote_moves_a_terminal(log_format: str) -> None:
    script = HOSTILE.replace("FORMAT", log_format)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    said = run.stderr.decode()
    assert "lmth" in said
    assert not set(said) & set("\x07\r\x7f\x9b\u202e\u200b")
    assert "\x1b[2J" not in said
    assert "\x1b]" not in said
    if log_format == "json":
        assert "\x1b" not in said
        ours, theirs, failed = (json.loads(line) for line in said.splitlines())
        assert ours["name"] == "tin\x1b[2J\x1b]0;title\x07\x9b31m\r\nINFO faked\u202elmth\u200b"
        assert theirs["event"].endswith("lmth\u200b")
        assert "ValueError" in failed["exception"]
    else:
        assert not any(line.startswith("INFO faked") for line in said.splitlines()[:2])
