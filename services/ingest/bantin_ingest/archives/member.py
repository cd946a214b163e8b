"""One file within an archive, and why an archive as a whole can't be unpacked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bantin.events import Reason

UNSAFE, ENCRYPTED, UNDECODABLE = "archive_unsafe", "encrypted", "undecodable"


class ArchiveError(Exception):
    """The archive can't be unpacked, or (`undecodable`) no further; `reason` goes onto its receipt."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = Reason(code=code, detail=detail)


class MemberError(Exception):
    """One member can't be read, its neighbours can; `reason` goes onto its receipt."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = Reason(code=code, detail=detail)


@dataclass(frozen=True, slots=True)
class Member:
    """A file as its archive tells of it. `name` is a label, never a place to write to.

    `chunks` gives its bytes; it must be used up before the next member is asked for, and may raise MemberError.
    `content_type`, `source_url` and `captured_at` are known of pages in a WARC file.
    """

    name: str
    chunks: Iterable[bytes]
    refusal: Reason | None = None
    content_type: str | None = None
    source_url: str | None = None
    captured_at: datetime | None = None


def refused(name: str, code: str, detail: str) -> Member:
    """Return a member that is not read."""
    return Member(name, (), Reason(code=code, detail=detail))
