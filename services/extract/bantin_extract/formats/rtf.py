"""RTF to text with striprtf: a paragraph or a table row a line."""

from typing import Any, cast

from striprtf import striprtf

from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError


def read_rtf(content: bytes) -> Parsed:
    """Return the document's text; raise RejectedError (`undecodable`) where it is broken."""
    try:
        text = str(cast(Any, striprtf).rtf_to_text(content.decode("latin-1"), errors="replace"))
    except (ValueError, LookupError, OverflowError) as error:
        raise RejectedError("undecodable", f"The RTF document is broken: {error}.") from error
    return Parsed(text.replace("|", " "), "text", "rtf")
