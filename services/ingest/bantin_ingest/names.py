"""What a file is called on its receipt: the last part of its path, without characters that deceive."""

import re
import unicodedata

MAX_CHARACTERS = 255
UNNAMED = "unnamed"

_DECEIVING = re.compile(
    r"[\x00-\x1f\x7f-\x9f"  # controls, and with them what terminals obey
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    r"\u2028\u2029\ufff9-\ufffb"  # line breaks and annotations
    r"\u00ad\u034f\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufe00-\ufe0f\ufeff"  # what has no width
    r"\u115f\u1160\u2800\u3164\uffa0\U000e0000-\U000e0fff"  # letters, patterns and tags that show nothing
    r"\ud800-\udfff\ufffe\uffff]"  # no characters at all
)


def display_name(submitted: str) -> str:
    """Return the name of a file as it may be shown and stored: no path, no control, nothing that
    hides or turns the direction of writing.

    A long name loses its beginning, so that the ending stays. "unnamed" where nothing is left.
    """
    name = unicodedata.normalize("NFC", _DECEIVING.sub("", submitted))
    name = re.split(r"[/\\]", name.rstrip("/\\"))[-1].strip()[-MAX_CHARACTERS:].strip()
    return name if name.strip(".") else UNNAMED


def member_name(path: str) -> str:
    """Return what a file within an archive is called: its path there, without parts that lead elsewhere.

    It is a label like `display_name`'s, never a place; a long one loses its beginning.
    """
    cleaned = unicodedata.normalize("NFC", _DECEIVING.sub("", path))
    parts = (part.strip() for part in re.split(r"[/\\]", cleaned))
    name = "/".join(part for part in parts if part.strip("."))[-MAX_CHARACTERS:].strip("/ ")
    return name or UNNAMED
