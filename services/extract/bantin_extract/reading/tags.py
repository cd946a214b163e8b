"""What each tag of a page's markup does while the page is rendered: read once, then looked up as it is written."""

import re
from enum import Enum, auto
from typing import NamedTuple

from bantin_extract.reading.element_roles import BLOCKS, NOTHING, Scope, said_by

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<([^>]*)>")

_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
_SILENT = frozenset(("b", "big", "font", "i", "o:p", "s", "small", "strike", "strong", "sub", "sup", "u"))
"""Elements that say nothing without an attribute; many stand in articles made with office programs."""
_TELLING = re.compile(r"\s(?:class|id|style|hidden|data-rows)")
"""What else an element has, such as the address of a link, says nothing of the text in it."""
_MAX_KNOWN = 16_384
_MAX_KEPT = 300


class Effect(Enum):
    """What a tag does to the stack of open elements."""

    NONE = auto()
    OPENS = auto()
    CLOSES = auto()
    MAY_CLOSE = auto()
    """Closes an element if that is the one opened last; without an attribute it was not put on the stack."""
    PICTURES = auto()
    """Shows a picture."""


class Tag(NamedTuple):
    """The element's name, what the tag does, whether it ends a line, and what the element says of the text in it."""

    name: str
    effect: Effect
    ends_line: bool
    said: Scope


class _Tags(dict[str, Tag]):
    """Tags by the way they are written between "<" and ">"; those around articles are the same all over a site."""

    def __missing__(self, written: str) -> Tag:
        name = written.partition(" ")[0]
        attributes = written[len(name) :]
        if attributes and (name in _VOID or not _TELLING.search(attributes)):
            written, attributes = f"{name} ", " "
        tag = self.get(written) or _read(name, attributes)
        if len(written) <= _MAX_KEPT:
            if len(self) >= _MAX_KNOWN:
                self.clear()
            self[written] = tag
        return tag


def _read(name: str, attributes: str) -> Tag:
    closing = name.startswith("/")
    name = name.removeprefix("/")
    if name in _VOID:
        effect = Effect.PICTURES if name == "img" else Effect.NONE
    elif closing:
        effect = Effect.MAY_CLOSE if name in _SILENT else Effect.CLOSES
    else:
        effect = Effect.NONE if name in _SILENT and not attributes else Effect.OPENS
    return Tag(name, effect, name in BLOCKS, NOTHING if closing else said_by(name, attributes))


TAGS = _Tags()
