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
_CREDIT = 60
_LONG_SENTENCE = 160
"""A whole sentence of this length under a picture is a paragraph, though."""
_SENTENCES = re.compile(rf"[.!?]\s[{UPPER}]")


def looks_like_caption(text: str, *, after_image: bool = False) -> bool:
    """Return whether a paragraph describes a picture; `after_image`: it follows the place of one."""
    if len(text) > _MAX:
        return False
    lower = text.lower()
    if any(len(text) - at < _CREDIT for credit in _CREDITS if (at := lower.rfind(credit)) >= 0):
        return True
    if _SENTENCES.search(text):
        return False
    closed = text.endswith((".", "…", ":", ";"))
    if after_image and not (closed and len(text) > _LONG_SENTENCE) and not text.endswith((":", ";")):
        return True
    if lower.startswith(_STARTS) and len(text) < 160:
        return True
    return _shows_speaker(text, lower)


def _shows_speaker(text: str, lower: str) -> bool:
    """Return whether a short paragraph says who does what at a ceremony and hardly more."""
    if not (_HONORIFICS.starts(text) or _ROLES.starts(text)):
        return False
    closed = text.endswith((".", "…", ":", ";"))
    cue = max((lower.rfind(cue) for cue in _CUES), default=-1)
    return cue > 0 and len(text) - cue < (60 if closed else 110)
