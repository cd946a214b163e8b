"""Logs are one JSON object a line, carry the trace they belong to, and take in the standard library's records."""

import json
import subprocess
import sys

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
