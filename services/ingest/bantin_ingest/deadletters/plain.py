"""Shows what strangers wrote as plain text: nothing in it moves a cursor, turns a line around or hides."""

import codecs
from typing import Literal

from bantin.events import Model

PREVIEW_CHARACTERS = 2_000
PREVIEW_BYTES = 256
"""Shown of what is no text, as hexadecimal numbers."""

MOST_BROKEN = 0.1
"""Share of undecodable characters from which on content is no UTF-8 text."""

_HEAD = 4 * PREVIEW_CHARACTERS


class Preview(Model):
    """The beginning of a content: text, or hexadecimal numbers of what is none. `truncated` if there is more."""

    kind: Literal["empty", "text", "binary"]
    text: str
    truncated: bool


def preview(content: bytes | None) -> Preview:
    """Return what to show of any bytes."""
    if not content:
        return Preview(kind="empty", text="", truncated=False)
    head = content[:_HEAD]
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(head, final=len(head) == len(content))
    if "\0" in text or text.count("\ufffd") > MOST_BROKEN * len(text):
        return Preview(kind="binary", text=content[:PREVIEW_BYTES].hex(" "), truncated=len(content) > PREVIEW_BYTES)
    shown = text[:PREVIEW_CHARACTERS]
    return Preview(kind="text", text=plain_lines(shown), truncated=len(shown) < len(text) or len(head) < len(content))


def plain(text: str, limit: int = PREVIEW_CHARACTERS) -> str:
    """Return one line of text: what is not printable is escaped as Python would, what is too long ends in `…`."""
    return _escaped(text[:limit], "") + ("…" if len(text) > limit else "")


def plain_lines(text: str) -> str:
    """Return text of several lines, with its line ends and tabs."""
    return _escaped(text.replace("\r\n", "\n"), "\n\t")


def _escaped(text: str, kept: str) -> str:
    return "".join(
        letter if letter.isprintable() or letter in kept else letter.encode("unicode_escape").decode()
        for letter in text
    )
