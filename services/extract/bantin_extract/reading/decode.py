"""Bytes to text: finds the encoding, repairs fonts' encodings and decomposed Unicode, refuses what is no text."""

import codecs
import json
import re
import unicodedata
from dataclasses import dataclass
from email.message import Message
from html import unescape
from typing import Literal

import charset_normalizer
from selectolax.lexbor import LexborHTMLParser

from bantin_extract.reading.legacy_encodings import from_bytes
from bantin_extract.reading.repair import repaired, with_letters
from bantin_extract.rejection import RejectedError

PUSH_TYPE = "application/vnd.bantin.article+json"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"), (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"RIFF", "a RIFF media file"),
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"), (b"{\\rtf", "RTF"), (b"\xd0\xcf\x11\xe0", "a legacy office document"),
    (b"MZ\x90", "a program"), (b"\x7fELF", "a program"), (b"OggS", "an Ogg media file"), (b"ID3", "an MP3 file"),
)  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BLANK = re.compile("[\\u00a0\\u2000-\\u200a\\u202f\\u3000\\t\\v\\f]")
_ODD = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f\\u0085\\u00ad\\u2000-\\u200f\\u2028\\u2029\\u202f\\u2060\\u3000\\ufeff\\ud800-\\udfff]"
)
_INVISIBLE = re.compile("[\\u200b-\\u200f\\u2060\\ufeff\\u00ad]")
_LINE_END = re.compile("\\r\\n?|[\\u2028\\u2029\\u0085]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_COMBINING = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
_LETTER_OF_UTF8 = re.compile(rb"[\xc3-\xc6][\x80-\xbf]|\xe1[\xba\xbb][\x80-\xbf]")
_LEAST_SOUND = 0.05
_BY_CHANCE = re.compile("[\u0590-\u07ff]")
"""Among lines from elsewhere, two letters of a legacy encoding can look like one of these scripts."""

_BYTEWISE = "bantin.bytewise"
_LETTER_BEYOND = re.compile("[\x80-\u024f]")
_WITHOUT_LATIN_LETTERS = ["cp1251", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874"]
_CONTROL_BYTES = bytes([*range(9), *range(14, 32)])
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|article|h1|meta)[\s/>]", re.IGNORECASE)
_ANY_TAG = re.compile("<[!/?A-Za-z]")
"""What is called HTML, but holds none of these, is text that was saved under that name: its line ends count."""

_NO_CHARACTER_SETS = ("punycode", "idna", "utf-7", "unicode-escape", "raw-unicode-escape")
"""Python's names for what is no encoding of a page, or slow, or gives halves of characters."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in Unicode; `encoding` names what it came in. Plain text is clean (NFC, plain spaces, "\\n" line ends);
    HTML is as written, because it is cleaned line by line once it is rendered.
    """

    text: str
    form: Literal["text", "html", "json"]
    encoding: str


def decode(content: bytes, content_type: str) -> Decoded:
    """Return a file's text; raise RejectedError (`empty`, `unsupported_type`, `undecodable`) where there is none."""
    if not content.strip(b"\x00 \t\r\n\x0c"):
        raise RejectedError("empty", "The file is empty.")
    for magic, name in _MAGIC:
        if content.startswith(magic):
            raise RejectedError("unsupported_type", f"The file is {name}; send its text or its HTML page.")
    media_type, charset = _parse_type(content_type)
    if media_type == PUSH_TYPE:
        return Decoded(_pushed(content), "json", "utf-8")
    if media_type.partition("/")[0] in ("image", "audio", "video", "font"):
        raise RejectedError("unsupported_type", f"A file of type {media_type} holds no article; send text or HTML.")
    text, encoding = _to_text(content, charset)
    form = "text"
    named_html = media_type in ("text/html", "application/xhtml+xml")
    if named_html or _MARKUP.search(text[:4096]):
        text = with_letters(text).replace("\x00", "")
        form = "html" if _ANY_TAG.search(text) else "text"
    if form == "text" and named_html:
        text = unescape(text)
    text, hidden = repaired(text)
    encoding = hidden or encoding
    if any(mark in text for mark in _COMBINING):
        encoding += ", decomposed"
    if form == "html":
        return Decoded(text, "html", encoding)
    text = clean(text)
    if not text.strip():
        raise RejectedError("empty", "The file holds nothing but blanks.")
    return Decoded(text, "text", encoding)


def clean(text: str) -> str:
    """Return text as NFC with plain spaces and line ends, without invisible and control characters."""
    text = text.replace("\r\n", "\n").replace("\t", " ").replace("\u00a0", " ")
    if _ODD.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")  # halves of letters join, or go
        text = _LINE_END.sub("\n", _BLANK.sub(" ", _INVISIBLE.sub("", text)))
        text = _CONTROLS.sub("", text)
    return unicodedata.normalize("NFC", text)


def published_fields(text: str) -> dict[str, str]:
    """Return the text fields of a pushed article's canonical JSON."""
    try:
        loaded: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RejectedError("undecodable", "The pushed article is not valid JSON.") from error
    if not isinstance(loaded, dict):
        raise RejectedError("undecodable", "The pushed article is not a JSON object.")
    fields: dict[object, object] = loaded  # pyright: ignore[reportUnknownVariableType]
    return {key: value for key, value in fields.items() if isinstance(key, str) and isinstance(value, str)}


def _pushed(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RejectedError("undecodable", "The pushed article is not in UTF-8.") from error


def _parse_type(content_type: str) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = content_type.replace("\n", " ").replace("\r", " ")
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) else None


def _to_text(content: bytes, charset: str | None) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.removeprefix(bom).decode(encoding, "replace"), encoding
    if wide := _wide_encoding(content):
        return content.decode(wide, "replace"), wide
    if content[:4096].count(0) or _control_share(content) > 0.1:
        raise RejectedError("undecodable", "The file is binary data and no text that can be read.")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _not_utf8(content, charset)


def _not_utf8(content: bytes, charset: str | None) -> tuple[str, str]:
    if _mostly_utf8(content):
        lenient = content.decode("utf-8", _BYTEWISE)
        return _BY_CHANCE.sub(lambda match: from_bytes(match[0].encode()), lenient), "utf-8"
    single = from_bytes(content)
    if repaired(single)[1]:
        return single, "cp1252"
    for name in (charset, _declared(content)):
        text = _try(content, name)
        if text is not None and name:
            return text, name.lower()
    if sum(map(str.isalpha, single)) > 2 * len(_LETTER_BEYOND.findall(single)):
        return single, "cp1252"
    best = charset_normalizer.from_bytes(content[:200_000], cp_isolation=_WITHOUT_LATIN_LETTERS).best()
    text = _try(content, best.encoding) if best else None
    if best is None or text is None:
        raise RejectedError("undecodable", "The file's encoding could not be found; save it as UTF-8.")
    return text, best.encoding


def _mostly_utf8(content: bytes) -> bool:
    """Return whether bytes are UTF-8 but for some lines from elsewhere, or a cut last letter."""
    broken = content.decode("utf-8", "replace").count("\ufffd")
    letters = len(_LETTER_OF_UTF8.findall(content))
    return letters >= _LEAST_SOUND * broken


def _bytewise(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 one byte a character, and nothing for a letter that the end of the file cut."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    cut = error.reason == "unexpected end of data"
    return "" if cut else from_bytes(error.object[error.start : error.end]), error.end


codecs.register_error(_BYTEWISE, _bytewise)


def _try(content: bytes, name: str | None) -> str | None:
    if not name:
        return None
    try:
        codec = codecs.lookup(name).name
        return None if codec.replace("_", "-") in _NO_CHARACTER_SETS else content.decode(codec)
    except (LookupError, ValueError):
        return None


def _declared(content: bytes) -> str | None:
    for node in LexborHTMLParser(content[:4096].decode("latin-1")).css("meta"):
        if charset := node.attributes.get("charset"):
            return charset
        if "charset=" in (stated := node.attributes.get("content") or ""):
            return stated.rpartition("charset=")[2].strip(" \"';")
    return None


def _wide_encoding(content: bytes) -> str | None:
    sample = content[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _control_share(content: bytes) -> float:
    sample = content[:4096]
    return 1 - len(sample.translate(None, _CONTROL_BYTES)) / len(sample)
