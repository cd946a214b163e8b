"""The pages in a WARC file: responses and resources that may hold an article, with their address and time.

Source: ISO 28500 (the WARC format), sections 5 (named fields) and 6 (record types).
"""

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Any, cast

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from bantin_ingest.archives.member import UNDECODABLE, UNSAFE, ArchiveError, Member, MemberError
from bantin_ingest.archives.streams import BoundedStream
from bantin_ingest.identity import InvalidUrlError, checked_url

HEADER_BYTES = 256 * 1024
"""Room for the headers of one record, its own and those of HTTP."""

_LONGEST_CHUNK_HEADER = 64
_CHUNK = 64 * 1024
_OK = ("200", "203")
_PLAIN = ("", "identity")
_RECORDS = ("response", "resource")
_TYPES = frozenset(
    (
        *("text/html", "application/xhtml+xml", "text/plain", "multipart/related", "message/rfc822"),
        *("application/pdf", "application/rtf", "text/rtf", "application/msword"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    )
)
_BROKEN = (
    *(ArchiveLoadFailed, StatusAndHeadersParserException),
    *(EOFError, OSError, ValueError, TypeError, AttributeError, KeyError),
)
_LONGEST_GRANT = 1 << 62


class _HeaderReader(BufferedReader):
    """Reads lines of bounded length and number: the library would read a line of any length into memory."""

    def __init__(self, stream: object) -> None:
        super().__init__(stream)  # pyright: ignore[reportUnknownMemberType]
        self.left = HEADER_BYTES

    def readline(self, length: int | None = None) -> bytes:
        if length is not None and length <= _LONGEST_CHUNK_HEADER:
            return super().readline(length)  # pyright: ignore[reportUnknownMemberType]
        bound = min(length or HEADER_BYTES, self.left + 1)
        line = super().readline(bound)  # pyright: ignore[reportUnknownMemberType]
        self.left -= len(line)
        if self.left < 0:
            raise ArchiveError(UNSAFE, "The WARC file has headers that are larger than any program writes.")
        return line


class _Loader(ArcWarcRecordLoader):
    """Loads records whose length is a number: of others the library would take none or all that follows."""

    loading = False
    """Whether a record's headers were read, and the record was not: there the file ends."""

    def _detect_type_load_headers(self, stream: Any, statusline: Any = None, known_format: Any = None) -> Any:
        found: Any = super()._detect_type_load_headers(stream, statusline, known_format)  # pyright: ignore[reportUnknownMemberType]
        length = str(found[1].get_header("Content-Length") or "").strip()
        if not (length.isascii() and length.isdecimal()):
            told = f"says that it is {length[:40]!r} bytes long" if length else "does not say how long it is"
            raise ArchiveError(UNDECODABLE, f"The WARC file holds a record that {told}.")
        self.loading = True
        return found

    def parse_record_stream(self, *given: Any, **named: Any) -> Any:
        record: Any = super().parse_record_stream(*given, **named)  # pyright: ignore[reportUnknownMemberType]
        self.loading = False
        return record


class _Records(WARCIterator):
    """The library's iterator over our reader and loader; it reports to nobody but its caller."""

    INC_RECORD = ""

    def __init__(self, headers: _HeaderReader) -> None:
        super().__init__(headers)  # pyright: ignore[reportUnknownMemberType]
        self.reader = headers
        self.loader = _Loader()

    def end(self, record: Any) -> None:
        """Read to a record's end; raise ArchiveError where it is not where its length says."""
        self.reader.left = HEADER_BYTES
        try:
            self.read_to_end()  # pyright: ignore[reportUnknownMemberType]
        except _BROKEN as error:
            raise _broken(error) from error
        if getattr(record.raw_stream, "limit", 0) > 0:
            raise ArchiveError(UNDECODABLE, "The WARC file ends within a record.")
        if self.err_count:
            raise ArchiveError(UNDECODABLE, "The WARC file holds a record whose length is not what it says.")


def warc_members(stream: BoundedStream) -> Generator[Member]:
    """Give the pages; raise ArchiveError where the file is broken, as nothing behind the breach can be found.

    It is raised by the chunks of the page that is not whole, so that this one is not taken either.
    """
    stream.grant(_LONGEST_GRANT)  # lines are bounded by their reader, bodies by the room of the archive
    headers = _HeaderReader(stream)
    try:
        records = _Records(headers)
        for record in cast(Any, records):
            if _is_page(record):
                yield _member(record, records)
            records.end(record)
        if records.loader.loading:
            raise ArchiveError(UNDECODABLE, "The WARC file ends within a record.")
    except _BROKEN as error:
        raise _broken(error) from error


def _broken(error: Exception) -> ArchiveError:
    return ArchiveError(UNDECODABLE, f"The WARC file is broken: {error}.")


def _is_page(record: Any) -> bool:
    if record.rec_type not in _RECORDS:
        return False
    http = record.http_headers
    if http is not None and http.get_statuscode() not in _OK:
        return False
    return _content_type(record).partition(";")[0].strip().lower() in _TYPES


def _content_type(record: Any) -> str:
    declared = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    return str(declared or "")


def _member(record: Any, records: _Records) -> Member:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    return Member(
        name=address.partition("://")[2] or address,
        chunks=_chunks(record, records),
        content_type=_content_type(record),
        source_url=_checked(address),
        captured_at=_date(str(record.rec_headers.get_header("WARC-Date") or "")),
    )


def _chunks(record: Any, records: _Records) -> Generator[bytes]:
    """Give the bytes of a page, as its server packed them; raise ArchiveError where the record is not whole."""
    try:
        yield from _body(record)
    except MemberError:
        records.end(record)
        raise
    records.end(record)


def _body(record: Any) -> Generator[bytes]:
    http = record.http_headers
    encoding = str(http.get_header("Content-Encoding") or "").strip().lower() if http else ""
    if encoding not in (*_PLAIN, *BufferedReader.get_supported_decompressors()):
        raise MemberError(UNDECODABLE, f"The page in the WARC file is packed with {encoding[:40]}, which is not known.")
    try:
        body = record.content_stream()
        while chunk := body.read(_CHUNK):
            yield chunk
    except ArchiveError:
        raise
    except Exception as error:  # the library raises bare Exception for an encoding that it does not know
        raise MemberError(UNDECODABLE, f"The page in the WARC file can't be unpacked: {error}.") from error


def _checked(address: str) -> str | None:
    try:
        checked_url(address)
    except InvalidUrlError:
        return None
    return address


def _date(text: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
