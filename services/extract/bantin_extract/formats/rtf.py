"""RTF to text with striprtf: a paragraph or a table row a line."""

import re
from typing import Any, cast

from striprtf import striprtf

from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError

_FIELD_CODE = re.compile(r"(\\fldinst)\{", re.IGNORECASE)


def read_rtf(content: bytes) -> Parsed:
    """Return the document's text; raise RejectedError (`undecodable`) where it is broken."""
    try:
        # Spelt so, equal to any reader, a link's code is left out like that of other fields; the library would else
        # look for links with a pattern whose time grows with the square of a line's length.
        raw = _FIELD_CODE.sub(r"\1 {", content.decode("latin-1"))
        text = str(cast(Any, striprtf).rtf_to_text(raw, errors="replace"))
    except (ValueError, LookupError, OverflowError) as error:
        raise RejectedError("undecodable", f"The RTF document is broken: {error}.") from error
    return Parsed(text.replace("|", " "), "text", "rtf")
