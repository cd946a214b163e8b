"""Legacy Word documents (.doc, Word 97 to 2003) to text: the pieces of the main text, in order.

olefile opens the compound file; the text's place in it is read here. Source: [MS-DOC], sections 2.4.1 (retrieving
text), 2.5 (the file information block) and 2.8.35 (Plc of pieces). Deleted text that a document keeps is left out.
"""

import re
import struct
from io import BytesIO
from typing import Any, cast

import olefile

from bantin_extract.formats.doc_deletions import Range, deleted_ranges, kept
from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError

_MAGIC = 0xA5EC
_OLDEST = 0x00C1
_ENCRYPTED = 0x0100
_SECOND_TABLE = 0x0200
_FLAGS_AT, _LENGTH_AT, _RUNS_AT, _PIECES_AT = 0x0A, 0x4C, 0xFA, 0x01A2
_PIECE_TABLE = 0x02
_PROPERTIES = 0x01
_COMPRESSED = 0x40000000
_OFFICE_LOCK = "EncryptedPackage"

_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_ENDS = str.maketrans({"\x07": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\r": "\n", "\x1e": "-", "\x1f": ""})
_INNERMOST_FIRST = 5


def read_doc(content: bytes) -> Parsed:
    """Return the document's text; raise RejectedError where it is broken, encrypted or no Word document."""
    try:
        with cast(Any, olefile).OleFileIO(BytesIO(content)) as file:
            return Parsed(_text(_main_text(file)), "text", "doc")
    except (OSError, struct.error, ValueError, IndexError, OverflowError) as error:
        raise RejectedError("undecodable", f"The Word document is broken: {error}.") from error


def _main_text(file: Any) -> str:
    if file.exists(_OFFICE_LOCK):
        raise RejectedError("encrypted", "The document is encrypted; send it without its password.")
    if not file.exists("WordDocument"):
        raise RejectedError("unsupported_type", "The file is a legacy office document, but no Word document.")
    stream = _stream(file, "WordDocument")
    magic, version = struct.unpack_from("<HH", stream)
    (flags,) = struct.unpack_from("<H", stream, _FLAGS_AT)
    if flags & _ENCRYPTED:
        raise RejectedError("encrypted", "The Word document is encrypted; send it without its password.")
    if magic != _MAGIC or version < _OLDEST:
        raise RejectedError("unsupported_type", "The Word document is older than Word 97; save it as DOCX.")
    table = _stream(file, "1Table" if flags & _SECOND_TABLE else "0Table")
    (length,) = struct.unpack_from("<I", stream, _LENGTH_AT)
    start, size = struct.unpack_from("<II", stream, _PIECES_AT)
    runs, runs_size = struct.unpack_from("<II", stream, _RUNS_AT)
    deleted = deleted_ranges(stream, table[runs : runs + runs_size])
    return _pieces(stream, _piece_table(table[start : start + size]), length, deleted)


def _stream(file: Any, name: str) -> bytes:
    with file.openstream(name) as stream:
        return bytes(stream.read())


def _piece_table(clx: bytes) -> bytes:
    """Return the Plc of pieces in a Clx, which may have property modifiers before it."""
    at = 0
    while at < len(clx) and clx[at] == _PROPERTIES:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != _PIECE_TABLE:
        raise ValueError("it has no table of its pieces")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _pieces(stream: bytes, table: bytes, length: int, deleted: list[Range]) -> str:
    """Return the first `length` characters but those deleted; a piece is UTF-16, or CP1252 where it is compressed."""
    count = (len(table) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table)
    found: list[str] = []
    for index in range(count):
        first, last = bounds[index], min(bounds[index + 1], length)
        if last <= first:
            continue
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)
        if place & _COMPRESSED:
            start, width, encoding = (place & ~_COMPRESSED) // 2, 1, "cp1252"
        else:
            start, width, encoding = place, 2, "utf-16-le"
        if start >= len(stream):
            raise ValueError("a piece of its text lies beyond its end")
        for begin, end in kept(start, start + width * (last - first), deleted):
            found.append(stream[begin:end].decode(encoding, "replace"))
    return "".join(found)


def _text(raw: str) -> str:
    """Return the text with fields as they were shown, and a paragraph or table cell a line."""
    for _ in range(_INNERMOST_FIRST):
        raw, replaced = _FIELD_CODE.subn(lambda match: match[1] or "", raw)
        if not replaced:
            break
    return raw.translate(_ENDS)
