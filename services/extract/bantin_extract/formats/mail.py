"""Mail (.eml) and pages that a browser saved as one file (.mhtml): the part that is meant to be read."""

import email
import re
from collections.abc import Callable
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from bantin_extract.decode import decode
from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError

ENOUGH_TEXT = 200
"""Characters from which on a mail's own text is its article; below, an attached document is, if there is one."""

_MAX_PARTS = 500
_MAX_WITHIN = 50
"""Parts that hold others: the parser's time grows with the square of how deep they lie in each other."""

_HOLDS_OTHERS = re.compile(rb"^content-type[ \t]*:[ \t]*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^<>]{0,2000}>")

Attached = Callable[[bytes, str], "Parsed | None"]
"""Reads an attached document, given its content and media type; None where it is no document."""


def read_mail(content: bytes, attached: Attached) -> Parsed:
    """Return the text of a mail or saved page; its subject is the title.

    HTML is preferred, as it says more of the text. Raise RejectedError where there is nothing to read.
    """
    if len(_HOLDS_OTHERS.findall(content)) > _MAX_WITHIN:
        raise RejectedError("archive_unsafe", f"The mail has more than {_MAX_WITHIN} parts that hold others.")
    try:
        message = email.message_from_bytes(content)
        parts = _parts(message)
    except (RecursionError, ValueError, LookupError) as error:
        raise RejectedError("undecodable", f"The mail is broken ({type(error).__name__}).") from error
    if any(part.get_content_type() in ("application/pkcs7-mime", "multipart/encrypted") for part in parts):
        raise RejectedError("encrypted", "The mail is encrypted; send it without.")
    saved = message.get_content_type() == "multipart/related"
    title = _subject(message)
    found = _readable(parts, "mhtml" if saved else "eml", title)
    if found is None or len(_TAG.sub("", found.text).strip()) < ENOUGH_TEXT:
        document = _attachment(parts, attached, title)
        found = document or found
    if found is None:
        raise RejectedError("empty", "The mail holds no text and no document that can be read.")
    return found


def _parts(message: Message) -> list[Message]:
    parts = [part for part in message.walk() if not part.is_multipart() or part is message]
    if len(parts) > _MAX_PARTS:
        raise RejectedError("archive_unsafe", f"The mail has more than {_MAX_PARTS} parts.")
    return parts


def _readable(parts: list[Message], name: str, title: str | None) -> Parsed | None:
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attachment(part)]
    for wanted in ("text/html", "text/plain"):
        for part in texts:
            if part.get_content_type() != wanted or not (raw := _payload(part)).strip():
                continue
            decoded = decode(raw, str(part.get("content-type", wanted)).replace("\n", " "))
            form = "html" if decoded.form == "html" else "text"
            encoding = "" if decoded.encoding == "utf-8" else f" in {decoded.encoding}"
            return Parsed(decoded.text, form, name + encoding, title)
    return None


def _attachment(parts: list[Message], attached: Attached, title: str | None) -> Parsed | None:
    for part in parts:
        if part.get_content_maintype() == "application" and (raw := _payload(part)):
            document = attached(raw, part.get_content_type())
            if document is not None:
                return Parsed(document.text, document.form, f"{document.format} in eml", title)
    return None


def _is_attachment(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _payload(part: Message) -> bytes:
    raw: object = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _subject(message: Message) -> str | None:
    raw = str(message.get("subject", ""))[:2_000]
    try:
        subject = str(make_header(decode_header(raw)))
    except (HeaderParseError, ValueError, LookupError):
        subject = raw
    return " ".join(subject.split()) or None
