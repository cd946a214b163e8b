"""Has a document read by the reader of its kind."""

from collections.abc import Callable

from bantin_extract.formats.docx import read_docx
from bantin_extract.formats.kinds import Kind, kind_of
from bantin_extract.formats.legacy_doc import read_doc
from bantin_extract.formats.mail import read_mail
from bantin_extract.formats.odt import read_odt
from bantin_extract.formats.parsed import Parsed
from bantin_extract.formats.pdf import read_pdf
from bantin_extract.formats.rtf import read_rtf
from bantin_extract.rejection import RejectedError

_READERS: dict[Kind, Callable[[bytes], Parsed]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "rtf": read_rtf,
    "doc": read_doc,
}


def read_document(content: bytes, content_type: str) -> Parsed | None:
    """Return the text of a document, None for what is none (text, HTML, anything else).

    Raise RejectedError with a stable code where the document can't be read.
    """
    kind = kind_of(content, content_type)
    if kind is None:
        return None
    if kind == "mail":
        return read_mail(content, _read_attachment)
    return _read(kind, content)


def _read(kind: Kind, content: bytes) -> Parsed:
    try:
        return _READERS[kind](content)
    except RecursionError as error:
        raise RejectedError("undecodable", "The document nests deeper than any that a program wrote.") from error


def _read_attachment(content: bytes, content_type: str) -> Parsed | None:
    kind = kind_of(content, content_type)
    return _read(kind, content) if kind in _READERS else None
