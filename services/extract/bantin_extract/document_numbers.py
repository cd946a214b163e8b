"""The numbers of documents in their official form, whatever way they were typed.

The Party writes `04-NQ/TU` (Guide 36-HD/VPTW), the State `991/QĐ-UBND` and `19/2025/QĐ-TTg` (Decree 30/2020/NĐ-CP).
"""

import re

from bantin_extract.letters import LETTER
from bantin_extract.tables import listed

_MAX_NUMBER = 200
_PARTY = frozenset(listed("documents", "party_organs"))
_STATE = frozenset(listed("documents", "state_organs"))
_PARTS = re.compile(rf"(?P<number>\d+(?:[-/](?:19|20)\d\d)?)[-/](?P<kind>[{LETTER}]+)[-/.](?P<organ>[{LETTER}]+)")
_BLANKS = re.compile(r"\s")


def official_number(typed: str) -> str:
    """Return a number without blanks, with plain hyphens, with the marks that the Party or the State puts into it."""
    number = _BLANKS.sub("", typed[:_MAX_NUMBER]).replace("–", "-")
    parts = _PARTS.fullmatch(number)
    if parts is None:
        return number
    if parts["organ"] in _PARTY:
        return f"{parts['number']}-{parts['kind']}/{parts['organ'].replace('Ư', 'W')}"
    if parts["organ"] in _STATE:
        return f"{parts['number']}/{parts['kind']}-{parts['organ']}"
    return number
