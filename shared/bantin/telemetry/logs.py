"""Structured logs: one JSON object a line on standard error, with the trace it belongs to.

What strangers wrote may be in a record: no letter of it moves a terminal's cursor, colours it or turns a line around.
"""

import logging
import re
import sys
from io import StringIO
from typing import Any, TextIO, cast

import structlog
from opentelemetry import trace
from structlog.typing import EventDict, ExcInfo, Processor

from bantin.settings import LogFormat

_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_UNSEEN_OR_NEW_LINE = re.compile(_UNSEEN.pattern[:-1] + r"\n]")


def configure_logs(service: str, level: str, log_format: LogFormat) -> None:
    """Send structlog's and the standard library's records alike to standard error.

    `auto` is text for people on a terminal and JSON for programs everywhere else.
    """
    readable = log_format == "console" or (log_format == "auto" and sys.stderr.isatty())
    renderer: Processor = structlog.dev.ConsoleRenderer(exception_formatter=_traceback) if readable else _json

    def name_service(_: object, __: str, event: EventDict) -> EventDict:
        return {"service": service, **event}

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_trace,
        name_service,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    finish: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _escape_values if readable else structlog.processors.format_exc_info,
        renderer,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=finish))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # a form that is broken is answered, not logged
    for chatty in ("aiokafka", "kafka", "elastic_transport", "httpx", "faststream", "watchfiles"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _add_trace(_: object, __: str, event: EventDict) -> EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
        event["span_id"] = trace.format_span_id(context.span_id)
    return event


def _json(logger: Any, name: str, event: EventDict) -> str:
    """Return the record as JSON, with escapes for what is not seen (it can only be within strings)."""
    line = cast(str, structlog.processors.JSONRenderer(ensure_ascii=False)(logger, name, event))
    return _UNSEEN.sub(_escaped, line)


def _escape_values(_: object, __: str, event: EventDict) -> EventDict:
    """Escape texts; of all else the renderer shows the representation, which is printable."""
    return {
        name: _UNSEEN_OR_NEW_LINE.sub(_escaped, value) if isinstance(value, str) else value
        for name, value in event.items()
    }


def _traceback(out: TextIO, exc_info: ExcInfo) -> None:
    text = StringIO()
    structlog.dev.plain_traceback(text, exc_info)
    out.write(_UNSEEN.sub(_escaped, text.getvalue()))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
