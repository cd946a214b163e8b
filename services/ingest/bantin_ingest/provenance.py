"""Where a file came from and when it was saved, as its sender says: checked, never looked up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from bantin.problem import Problem
from bantin_ingest.identity import InvalidUrlError, checked_url

FIELDS = ("source_url", "source", "captured_at")
MAX_SOURCE_CHARACTERS = 500

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_LOST_PLUS = re.compile(r" (?=\d\d:\d\d$)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a request says of the file it brings. `source` is the name of the source in words."""

    source_url: str | None = None
    source: str | None = None
    captured_at: datetime | None = None

    @classmethod
    def parse(cls, fields: Mapping[str, str]) -> Self:
        """Return the checked fields, empty ones as absent; raise a 422 Problem that names the field and the remedy."""
        given = {name: text.strip() for name, text in fields.items() if text.strip()}
        return cls(
            source_url=_url(given.get("source_url")),
            source=_source(given.get("source")),
            captured_at=parse_captured_at(given.get("captured_at")),
        )

    def captured(self, received_at: datetime) -> datetime:
        """Return when the file was saved: as submitted, but never after it was received."""
        return min(self.captured_at or received_at, received_at)


def parse_date_time(text: str) -> datetime:
    """Return an RFC 3339 date-time; raise ValueError with the remedy."""
    text = _LOST_PLUS.sub("+", text)  # a `+` that a query string turned into a space
    if not _DATE_TIME.fullmatch(text):
        raise ValueError("give an RFC 3339 date-time with its offset, like 2026-03-01T08:30:00+07:00")
    return datetime.fromisoformat(text.upper())


def parse_captured_at(text: str | None) -> datetime | None:
    """Return when a capture was made; raise a 422 Problem where the text is no date-time since 1970."""
    if text is None:
        return None
    try:
        captured_at = parse_date_time(text)
    except ValueError as error:
        raise Problem(422, "invalid_captured_at", f"captured_at {text[:80]!r}: {error}") from error
    if captured_at < _EPOCH:
        raise Problem(422, "invalid_captured_at", f"captured_at {text[:80]!r}: no page was saved before 1970")
    return captured_at


def _url(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        checked_url(text)
    except InvalidUrlError as error:
        raise Problem(422, "invalid_source_url", f"source_url {text[:200]!r}: {error}") from error
    return text


def _source(text: str | None) -> str | None:
    if text is not None and (len(text) > MAX_SOURCE_CHARACTERS or "\x00" in text):
        raise Problem(422, "invalid_source", f"source: give a name of at most {MAX_SOURCE_CHARACTERS} characters")
    return text
