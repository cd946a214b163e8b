"""Reads a multipart body as it streams in: fields, and files into the spool; every part and header is bounded."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from bantin.problem import Problem
from bantin_ingest.provenance import FIELDS
from bantin_ingest.upload.disposition import part_names
from bantin_ingest.upload.spool import Spool, SpooledFile

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FILE_FIELD = "file"
MAX_FIELDS = 20
MAX_FIELD_BYTES = 8 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A file as the form told of it."""

    name: str
    content_type: str | None
    spooled: SpooledFile


@dataclass(slots=True)
class Form:
    """What a multipart body holds."""

    files: list[Part] = field(default_factory=list[Part])
    fields: dict[str, str] = field(default_factory=dict[str, str])


async def read_form(content_type: str, chunks: AsyncIterator[bytes], spool: Spool, *, max_files: int) -> Form:
    """Return the form in a body; raise a 4xx Problem where it is no form, or one with too much in it."""
    essence, parameters = parse_options_header(content_type)
    if essence != b"multipart/form-data":
        raise Problem(415, "not_a_form", "Send the files as multipart/form-data, or one file with PUT /v1/files/NAME.")
    if not (boundary := parameters.get(b"boundary")):
        raise Problem(400, "malformed_form", "The Content-Type of the form names no boundary.")
    reader = _FormReader(spool, max_files)
    try:
        parser = MultipartParser(boundary, reader.callbacks())
        async for chunk in chunks:
            parser.write(chunk)
            await spool.flush()
    except FormParserError as error:
        raise Problem(400, "malformed_form", f"The form can't be read: {error}.") from error
    if not reader.complete:
        raise Problem(400, "malformed_form", "The form ends before its closing boundary.")
    return reader.form


class _FormReader:
    """Turns the parser's events into a form."""

    def __init__(self, spool: Spool, max_files: int) -> None:
        self.form = Form()
        self.complete = False
        self._spool = spool
        self._max_files = max_files
        self._parts = 0
        self._headers: dict[bytes, bytes] = {}
        self._header, self._header_value = b"", b""
        self._field: str | None = None
        self._filename: str | None = None
        self._text = bytearray()

    def callbacks(self) -> "MultipartCallbacks":
        """Return the functions that the parser calls."""
        return {
            "on_part_begin": self._on_part_begin,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": self._on_part_data,
            "on_part_end": self._on_part_end,
            "on_end": self._on_end,
        }

    def _on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > self._max_files + MAX_FIELDS:
            raise Problem(413, "too_many_files", f"Send at most {self._max_files:,} files in one request.")
        self._headers = {}
        self._field, self._filename = None, None
        self._text = bytearray()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header.lower()] = self._header_value
        self._header, self._header_value = b"", b""

    def _on_headers_finished(self) -> None:
        self._field, self._filename = part_names(self._headers.get(b"content-disposition", b""))
        if self._field is None:
            raise Problem(400, "malformed_form", "A part of the form has no name.")
        if self._field == FILE_FIELD:
            if len(self.form.files) == self._max_files:
                raise Problem(413, "too_many_files", f"Send at most {self._max_files:,} files in one request.")
            self._spool.begin()
        elif self._filename:
            raise Problem(422, "unknown_file_field", f"A file came as {self._field[:80]!r}; name the part `file`.")
        elif self._field in self.form.fields:
            raise Problem(422, "repeated_field", f"{self._field} is given twice.")

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._field == FILE_FIELD:
            self._spool.write(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > MAX_FIELD_BYTES:
            raise Problem(413, "field_too_large", f"A field holds more than {MAX_FIELD_BYTES:,} bytes.")

    def _on_part_end(self) -> None:
        if self._field == FILE_FIELD:
            self._keep_file()
        elif self._field in FIELDS:
            self.form.fields[self._field] = _utf8(self._field, self._text)

    def _keep_file(self) -> None:
        spooled = self._spool.finish()
        if spooled.size or self._filename:  # a form's file field that was left empty is no file
            content_type = self._headers.get(b"content-type", b"").decode("latin-1")
            self.form.files.append(Part(self._filename or "", content_type or None, spooled))

    def _on_end(self) -> None:
        self.complete = True


def _utf8(name: str, raw: bytes | bytearray) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Problem(422, "invalid_field", f"{name} is not UTF-8.") from error
