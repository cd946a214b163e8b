"""Tells captions of pictures from subheadings and paragraphs, by wording and by what stands above."""

import re

from bantin_extract.text.letters import LOWER, UPPER, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

_STARTS = tuple(listed("bylines", "caption_starts"))
_GALLERIES = tuple(listed("bylines", "gallery_starts"))
_CUES = tuple(listed("bylines", "caption_cues"))
_REPORTING = tuple(f" {words} " for words in listed("bylines", "reporting_words"))
_CREDITS = tuple(listed("bylines", "photo_credits"))
_HONORIFICS = PhraseTable(listed("roles", "honorifics"))
_ROLES = PhraseTable(listed("roles", "heads"))
_SUBJECTS = PhraseTable(listed("bylines", "picture_subjects"))
_VERBS = PhraseTable(listed("bylines", "picture_verbs"))
_SUBHEADINGS = PhraseTable(listed("bylines", "subheading_starts"))
_DEMANDS = PhraseTable(listed("bylines", "subheading_words"))
_BODIES = PhraseTable(listed("organisations", "heads"))
_LEADS = tuple(listed("bylines", "lead_starts"))
_OPENINGS = frozenset(UPPER + "(")
_NAMED = re.compile(rf"[{LOWER},] [{UPPER}][{LOWER}]{{1,8}} [{UPPER}][{LOWER}]{{1,8}}")
_MIN_WORDS = 4
_FEW = 7
_SHORT_LINE = 8
_STEP = 5
_MAX = 260
_GALLERY = 120
_CREDIT = 60
_LONG_SENTENCE = 160
"""A whole sentence of this length under a picture is a paragraph, though."""
_SENTENCES = re.compile(rf"[.!?]\s[{UPPER}]")


def heads_gallery(text: str) -> bool:
    """Return whether a short line announces a series of pictures."""
    return len(text) <= _GALLERY and text.lower().startswith(_GALLERIES) and not text.endswith(".")


def looks_like_caption(text: str, *, after_image: bool = False) -> bool:
    """Return whether a paragraph describes a picture; `after_image`: it follows the place of one."""
    if len(text) > _MAX or heads_gallery(text):
        return False
    lower = text.lower()
    if any(_credited(text, lower.rfind(credit)) for credit in _CREDITS):
        return True
    if _SENTENCES.search(text):
        return False
    closed = text.endswith((".", "…", ":", ";"))
    if after_image and not (closed and len(text) > _LONG_SENTENCE) and not text.endswith((":", ";")):
        return True
    if lower.startswith(_STARTS) and len(text) < 160:
        return True
    return _shows_speaker(text, lower)


def _credited(text: str, at: int) -> bool:
    """Return whether hardly more than who took the picture follows, or what it shows in a line without a full stop."""
    return at >= 0 and (len(text) - at < _CREDIT or not text.endswith((".", "…", ":", ";")))


def _shows_speaker(text: str, lower: str) -> bool:
    """Return whether a short paragraph says who does what at a ceremony and hardly more."""
    if not (_HONORIFICS.starts(text) or _ROLES.starts(text)):
        return False
    closed = text.endswith((".", "…", ":", ";"))
    if closed and any(word in lower for word in _REPORTING):
        return False
    cue = max((lower.rfind(cue) for cue in _CUES), default=-1)
    return cue > 0 and len(text) - cue < (60 if closed else 110)


def pictured(text: str, *, first: bool = False) -> int:
    """Return how much a line between paragraphs, without the full stop they have, speaks for a picture's caption.

    A line above 2 is more likely a caption than a subheading; `first`: nothing of the body stands above it.
    """
    found = words(text)
    if len(found) < _MIN_WORDS or len(text) > _MAX or text[0] not in _OPENINGS or text.isupper():
        return 0
    acts = any(_VERBS.match_length(found, at) for at in range(1, len(found)))
    score = min(2, max(0, (len(found) - _SHORT_LINE) // _STEP)) + bool(_NAMED.search(text)) - 2 * first
    score += _subject(text, found, acts=acts) + acts - (len(found) < _FEW)
    demands = any(_DEMANDS.match_length(found, at) for at in range(len(found)))
    return score - 2 * demands - 3 * text.lower().startswith(_LEADS) - 2 * (":" in text[:-1])


def _subject(text: str, found: tuple[str, ...], *, acts: bool) -> int:
    """Return how much a line's first words speak for a picture: somebody who does something, or a thing to be seen."""
    length = _SUBJECTS.match_length(found)
    if _SUBHEADINGS.match_length(found) > length:
        return -3
    if _HONORIFICS.starts(text) or _ROLES.starts(text):
        return 2 if acts else -3
    if length:
        return 2
    return 2 if acts and _BODIES.match_length(found) else 0
