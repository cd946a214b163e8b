"""Reads what a part of a multipart body says of itself: its field's name and its file's name.

Browsers and curl write file names as raw UTF-8; older clients use `filename*` (RFC 5987), which RFC 7578 forbids
in forms and the parsing library therefore skips. Both are understood, and `filename*` wins.
"""

from email.message import Message
from email.utils import collapse_rfc2231_value
from urllib.parse import unquote

from python_multipart.multipart import parse_options_header


def part_names(disposition: bytes) -> tuple[str | None, str | None]:
    """Return a part's field name and file name from its Content-Disposition, None where it gives none."""
    _, options = parse_options_header(disposition)
    name, filename = options.get(b"name"), options.get(b"filename")
    extended = _extended(disposition) if b"filename*" in disposition.lower() else None
    plain = None if filename is None else _percent_escaped_quotes(_text(filename))
    return None if name is None else _text(name), extended or plain


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")


def _percent_escaped_quotes(name: str) -> str:
    """Undo what browsers do to quotes and line breaks in a name (HTML standard, multipart/form-data encoding)."""
    for escape in ("%22", "%0D", "%0A"):
        name = name.replace(escape, unquote(escape))
    return name


def _extended(disposition: bytes) -> str | None:
    header = Message()
    header["Content-Disposition"] = " ".join(disposition.decode("latin-1").splitlines())
    values = [value for key, value in header.get_params(header="Content-Disposition") or [] if key == "filename"]
    for value in values:
        if isinstance(value, tuple):
            return collapse_rfc2231_value(value)
    return None
