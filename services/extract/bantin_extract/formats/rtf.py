"""RTF to text with striprtf: a paragraph or a table row a line."""

import itertools
import re
from typing import Any, cast

from striprtf import striprtf

from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError

_GROUPS = re.compile(r"[{}]|\\(?:(deleted)(?![a-z0-9])|[\\{}])")
_FONT = re.compile(r"\\f(?=[0-9])")
_DIGITS = re.compile("[0-9]{1,6}")
_CHARACTER_SET = re.compile(r"\\fcharset([0-9]{1,3})")
_LONGEST_FONT = 1_000
_FIELD_CODE = re.compile(r"(\\fldinst)\{", re.IGNORECASE)


def read_rtf(content: bytes) -> Parsed:
    """Return the document's text; raise RejectedError (`undecodable`) where it is broken."""
    try:
        # Spelt so, equal to any reader, a link's code is left out like that of other fields; the library would else
        # look for links with a pattern whose time grows with the square of a line's length.
        raw = _FIELD_CODE.sub(r"\1 {", _without_deletions(_with_plain_fonts(content.decode("latin-1"))))
        text = str(cast(Any, striprtf).rtf_to_text(raw, errors="replace"))
    except (ValueError, TypeError, LookupError, OverflowError) as error:  # whatever the library stumbles over
        raise RejectedError("undecodable", f"The RTF document is broken: {error}.") from error
    return Parsed(text.replace("|", " "), "text", "rtf")


def _with_plain_fonts(raw: str) -> str:
    """Return RTF whose table of fonts holds their numbers and character sets only.

    The library reads it with a pattern whose time grows with the cube of an entry's length.
    """
    table = str(cast(Any, striprtf).font_table_group(raw))
    if not table:
        return raw
    plain: list[str] = []
    for entry in _FONT.split(table)[1:]:
        number, character_set = _DIGITS.match(entry), _CHARACTER_SET.search(entry[:_LONGEST_FONT])
        if number and character_set:
            plain.append(f"{{\\f{number[0]}\\fcharset{character_set[1]} x;}}")
    return raw.replace(table, "{\\fonttbl" + "\n".join(plain) + "}", 1)


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
