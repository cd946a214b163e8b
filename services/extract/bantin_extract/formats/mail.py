"""Mail (.eml) and pages that a browser saved as one file (.mhtml): the part that is meant to be read."""

import email
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from html import escape
from itertools import islice
from typing import cast

from bantin_extract.formats.parsed import Parsed
from bantin_extract.formats.saved_frames import with_frames
from bantin_extract.reading.decode import decode
from bantin_extract.rejection import RejectedError

ENOUGH_TEXT = 200
"""Characters from which on a mail's own text is its article; below, an attached document is, if there is one."""

_MAX_PARTS = 500
_MAX_WITHIN = 50
"""Parts that hold others: the parser's time grows with the square of how deep they lie in each other."""

_HOLDS_OTHERS = re.compile(rb"^content-type[ \t]*:[ \t]*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_ENCRYPTED = ("application/pkcs7-mime", "application/pgp-encrypted", "multipart/encrypted")
_REPLY = re.compile(r"^(?:(?:re|fwd?|tr|trả lời|chuyển tiếp)\s?:\s?){1,9}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")

Attached = Callable[[bytes, str], "Parsed | None"]
"""Reads an attached document, given its content and media type; None where it is no document."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that holds no others, and the subject of the mail, or forwarded mail, that it is part of."""

    message: Message
    subject: str | None

    @property
    def attached(self) -> bool:
        return str(self.message.get("content-disposition", "")).strip().lower().startswith("attachment")

    @property
    def payload(self) -> bytes:
        raw: object = self.message.get_payload(decode=True)
        return raw if isinstance(raw, bytes) else b""


def read_mail(content: bytes, attached: Attached) -> Parsed:
    """Return the text of a mail or saved page; its subject is the title.

    HTML is preferred, as it says more of the text. A mail of few words is what was forwarded or attached to it: the
    first part that can be read. Raise RejectedError where there is nothing to read.
    """
    if len(_HOLDS_OTHERS.findall(content)) > _MAX_WITHIN:
        raise RejectedError("archive_unsafe", f"The mail has more than {_MAX_WITHIN} parts that hold others.")
    try:
        message = email.message_from_bytes(content)
        parts = list(islice(_parts(message, None), _MAX_PARTS + 1))
    except (RecursionError, ValueError, LookupError) as error:
        raise RejectedError("undecodable", f"The mail is broken ({type(error).__name__}).") from error
    if len(parts) > _MAX_PARTS:
        raise RejectedError("archive_unsafe", f"The mail has more than {_MAX_PARTS} parts.")
    if any(part.message.get_content_type() in _ENCRYPTED for part in parts) or message.get_content_type() in _ENCRYPTED:
        raise RejectedError("encrypted", "The mail is encrypted; send it without.")
    found = _saved_page(parts) if message.get_content_type() == "multipart/related" else _mail_text(parts, attached)
    if found is None:
        raise RejectedError("empty", "The mail holds no text and no document that can be read.")
    return found


def _saved_page(parts: list[_Part]) -> Parsed | None:
    """Return the first page, with the pages of its frames in their places."""
    shown = next(_texts(parts, "mhtml"), None)
    saved = [part for part in parts if part.message.get_content_type() == "text/html"]
    if shown is None or shown.form != "html" or len(saved) == 1:
        return shown
    pages = {name: page.text for part in saved for page in _texts([part], "mhtml") for name in _addresses(part.message)}
    return replace(shown, text=with_frames(shown.text, pages))


def _addresses(message: Message) -> Generator[str]:
    """Give what pages of the same file may call this part."""
    if location := str(message.get("content-location", "")).strip():
        yield location
    if name := str(message.get("content-id", "")).strip().strip("<>"):
        yield f"cid:{name}"


def _mail_text(parts: list[_Part], attached: Attached) -> Parsed | None:
    written = list(_texts([part for part in parts if not part.attached], "eml"))
    for text in written:
        if _is_enough(text):
            return _headed(text)
    sent = [text for text in _texts([part for part in parts if part.attached], "eml") if _is_enough(text)]
    try:
        document = _document(parts, attached)
    except RejectedError:
        if not sent:
            raise
        document = None
    return document or next(map(_headed, sent), written[0] if written else None)


def _parts(message: Message, subject: str | None) -> Generator[_Part]:
    subject = _subject(message) or subject
    if not message.is_multipart():
        yield _Part(message, subject)
        return
    for part in cast("list[Message]", message.get_payload()):
        yield from _parts(part, subject)


def _texts(parts: list[_Part], name: str) -> Generator[Parsed]:
    for wanted in ("text/html", "text/plain"):
        for part in parts:
            if part.message.get_content_type() != wanted or not (raw := part.payload).strip():
                continue
            decoded = decode(raw, str(part.message.get("content-type", wanted)).replace("\n", " "))
            form = "html" if decoded.form == "html" else "text"
            encoding = "" if decoded.encoding == "utf-8" else f" in {decoded.encoding}"
            yield Parsed(decoded.text, form, name + encoding, part.subject)


def _is_enough(parsed: Parsed) -> bool:
    return len(_TAG.sub("", parsed.text).strip()) >= ENOUGH_TEXT


def _headed(parsed: Parsed) -> Parsed:
    """Return a mail's text with its subject above it, where it does not say so itself."""
    title = parsed.title
    if not title or title in " ".join(parsed.text.split()):
        return parsed
    head = f"<h1>{escape(title)}</h1>\n" if parsed.form == "html" else f"{title}\n\n"
    return replace(parsed, text=head + parsed.text)


def _document(parts: list[_Part], attached: Attached) -> Parsed | None:
    """Return the first attached document that can be read; raise the first reason where none can."""
    refused: RejectedError | None = None
    for part in parts:
        if part.message.get_content_maintype() != "application" or not (raw := part.payload):
            continue
        try:
            document = attached(raw, part.message.get_content_type())
        except RejectedError as error:
            refused = refused or error
            continue
        if document is not None:
            return Parsed(document.text, document.form, f"{document.format} in eml", part.subject)
    if refused is not None:
        raise refused
    return None


def _subject(message: Message) -> str | None:
    raw = str(message.get("subject", ""))[:2_000]
    try:
        subject = str(make_header(decode_header(raw)))
    except (MessageError, ValueError, LookupError):
        subject = raw
    return _REPLY.sub("", " ".join(subject.split())) or None
