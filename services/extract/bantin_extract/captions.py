"""Tells captions of pictures from subheadings and paragraphs, by wording and by what stands above."""

import re

from bantin_extract.letters import UPPER
from bantin_extract.phrases import PhraseTable
from bantin_extract.tables import listed

_STARTS = tuple(listed("bylines", "caption_starts"))
_CUES = tuple(listed("bylines", "caption_cues"))
_CREDITS = tuple(listed("bylines", "photo_credits"))
_HONORIFICS = PhraseTable(listed("roles", "honorifics"))
_ROLES = PhraseTable(listed("roles", "heads"))
_MAX = 260
_SENTENCES = re.compile(rf"[.!?]\s[{UPPER}]")


def looks_like_caption(text: str, *, after_image: bool = False) -> bool:
    """Return whether a paragraph describes a picture; `after_image`: it follows the place of one."""
    if len(text) > _MAX or _SENTENCES.search(text):
        return False
    lower = text.lower()
    closed = text.endswith((".", "…", ":", ";"))
    if after_image and not (closed and len(text) > 130) and not text.endswith((":", ";")):
        return True
    if lower.startswith(_STARTS) and len(text) < 160:
        return True
    if any(credit in lower for credit in _CREDITS):
        return True
    speaker = _HONORIFICS.starts(text) or _ROLES.starts(text)
    if not speaker:
        return False
    cue = max((lower.rfind(cue) for cue in _CUES), default=-1)
    return cue > 0 and len(text) - cue < (60 if closed else 110)
