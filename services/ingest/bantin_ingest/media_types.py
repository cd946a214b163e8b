"""What kind of file it is, as far as its sender or its name tells; extract looks into the bytes."""

import mimetypes
import re

UNKNOWN = "application/octet-stream"
PUSHED_ARTICLE = "application/vnd.bantin.article+json"

_TOKEN = r"[A-Za-z0-9!#$&^_.+-]{1,127}"  # noqa: S105 - the grammar of a media type (RFC 6838, 4.2), no secret
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}(?:\s*;[\x20-\x7e]*)?")
_MAX_CHARACTERS = 255
_SAY_NOTHING = (UNKNOWN, "application/x-www-form-urlencoded", "binary/octet-stream", "application/force-download")
_OWN = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".eml": "message/rfc822",
    ".md": "text/markdown",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".warc": "application/warc",
}


def _known_names() -> mimetypes.MimeTypes:
    known = mimetypes.MimeTypes()  # only the built-in table: the same answer on every machine
    for suffix, media_type in _OWN.items():
        known.add_type(media_type, suffix)
    return known


_NAMES = _known_names()


def media_type(declared: str | None, name: str) -> str:
    """Return the declared media type where it says something, else the one its name suggests."""
    text = (declared or "").strip()
    essence = text.partition(";")[0].strip().lower()
    sensible = len(text) <= _MAX_CHARACTERS and _MEDIA_TYPE.fullmatch(text)
    ours_only = essence == PUSHED_ARTICLE
    if sensible and not ours_only and essence not in _SAY_NOTHING and not essence.startswith("multipart/form"):
        return essence + text[len(text.partition(";")[0]) :]
    guessed, encoding = _NAMES.guess_type("file:///" + name.replace("/", "_"), strict=True)
    if encoding == "gzip":
        return "application/gzip"
    return (guessed or UNKNOWN) if encoding is None else UNKNOWN
