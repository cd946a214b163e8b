"""Tells what kind of document a file is, from its bytes first; parses nothing but the list of a package's parts."""

import zipfile
import zlib
from io import BytesIO
from typing import Literal

from bantin_extract.formats.mail_headers import looks_like_mail
from bantin_extract.rejection import RejectedError

Kind = Literal["pdf", "docx", "odt", "rtf", "doc", "mail"]

_PDF_WITHIN = 1024
"""Readers of PDF allow so many bytes before its header; so do we where the file says that it is one."""

_MAIL_TYPES = ("message/rfc822", "multipart/related", "application/x-mimearchive")
_PDF_TYPE = "application/pdf"
_ODT_TYPES = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_LONGEST_TYPE = 200
_PACKAGE, _COMPOUND, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_BINARY = (_PACKAGE, _COMPOUND, _RTF)


def kind_of(content: bytes, content_type: str) -> Kind | None:
    """Return what kind of document the bytes are, None for what is none.

    The declared type decides only where bytes before a PDF's header, or a mail without its headers, leave doubts.
    Raise RejectedError for an office document of another kind (`unsupported_type`) or a broken one (`undecodable`).
    """
    essence = content_type.partition(";")[0].strip().lower()
    if content.lstrip()[:5] == b"%PDF-" or (essence == _PDF_TYPE and b"%PDF-" in content[:_PDF_WITHIN]):
        return "pdf"
    if content.startswith(_RTF):
        return "rtf"
    if content.startswith(_COMPOUND):
        return "doc"
    if content.startswith(_PACKAGE):
        return _kind_of_package(content)
    return "mail" if content.strip() and (essence in _MAIL_TYPES or looks_like_mail(content)) else None


def is_document(content: bytes) -> bool:
    """Return whether the bytes begin as a document that needs a parser of its own."""
    return content.lstrip()[:5] == b"%PDF-" or content.startswith(_BINARY) or looks_like_mail(content)


def _kind_of_package(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = set(package.namelist())
            media_type = package.open("mimetype").read(_LONGEST_TYPE) if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        raise RejectedError("undecodable", f"The office document or archive is broken: {error}.") from error
    if media_type.strip() in _ODT_TYPES:
        return "odt"
    if "word/document.xml" in names:
        return "docx"
    if media_type or "[Content_Types].xml" in names:
        raise RejectedError("unsupported_type", "The file is an office document without an article: send DOCX or ODT.")
    return None
