"""RTF to text with striprtf: a paragraph or a table row a line."""

import itertools
import re
from typing import Any, cast

from striprtf import striprtf

from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError

_GROUPS = re.compile(r"[{}]|\\(?:(deleted)(?![a-z0-9])|[\\{}])")
_FIELD_CODE = re.compile(r"(\\fldinst)\{", re.IGNORECASE)


def read_rtf(content: bytes) -> Parsed:
    """Return the document's text; raise RejectedError (`undecodable`) where it is broken."""
    try:
        # Spelt so, equal to any reader, a link's code is left out like that of other fields; the library would else
        # look for links with a pattern whose time grows with the square of a line's length.
        raw = _FIELD_CODE.sub(r"\1 {", _without_deletions(content.decode("latin-1")))
        text = str(cast(Any, striprtf).rtf_to_text(raw, errors="replace"))
    except (ValueError, LookupError, OverflowError) as error:
        raise RejectedError("undecodable", f"The RTF document is broken: {error}.") from error
    return Parsed(text.replace("|", " "), "text", "rtf")


def _without_deletions(raw: str) -> str:
    """Return RTF in which groups of deleted text are marked as what a reader may ignore."""
    if "\\deleted" not in raw:
        return raw
    opened: list[int] = []
    deleted: set[int] = set()
    for token in _GROUPS.finditer(raw):
        if token[0] == "{":
            opened.append(token.end())
        elif token[0] == "}":
            del opened[-1:]
        elif token[1] and opened:
            deleted.add(opened[-1])
    cuts = [0, *sorted(deleted), len(raw)]
    return r"\*\deleted ".join(raw[start:end] for start, end in itertools.pairwise(cuts))
