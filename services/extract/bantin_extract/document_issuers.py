"""Reads who issued a document, and when, where that is said before it ("… Chính phủ ban hành Nghị định …")."""

import re

from bantin_extract.dates import find_dates
from bantin_extract.organisation_phrases import HEADS, phrase_end
from bantin_extract.person_names import comparable
from bantin_extract.story import Passage
from bantin_extract.tables import listed

_ISSUING = frozenset(listed("documents", "issuing_words"))
_ADVERBS = frozenset(("đã", "vừa", "mới", "cũng", "có", "tiếp", "tục", "qua"))
_REACH = 16
_STATE = ("nhân dân", "ubnd", "hđnd", "sở ", "phòng ")
_LEVELS = {
    "province": ("tỉnh", "thành ủy", "thành phố"),
    "district": ("huyện", "thị ủy", "thị xã"),
    "commune": ("xã", "phường"),
}
_DAY_BEFORE = re.compile(r"\bngày\s[\d\s/.–-]{6,14},?\s$", re.IGNORECASE)


def issued_before(passage: Passage, at: int) -> dict[str, object]:
    """Return issuer and date of the document whose kind is printed at offset `at`; {} where unsaid."""
    tokens = passage.tokens
    past = tokens.index_at(at)
    verbs: set[str] = set()
    while past > 0 and tokens.lower[past - 1] in _ISSUING | _ADVERBS and "." not in tokens.gap(past):
        past -= 1
        verbs.add(tokens.lower[past])
    if not verbs & _ISSUING:
        return {}
    for first in range(max(0, past - _REACH), past):
        head = tokens.capital[first] and HEADS.match_length(tokens.lower, first)
        if head and phrase_end(tokens, first) == past:
            issuer, start, _ = tokens.slice(first, past)
            before = passage.text[max(0, start - 30) : start]
            dates = find_dates(before) if _DAY_BEFORE.search(before) else []
            found: dict[str, object] = {"issuer": issuer}
            return found | {"date": dates[-1].day} if dates else found
    return {}


def may_be_same(one: str | None, other: str | None) -> bool:
    """Return whether two wordings may mean one issuer: one is unsaid, part of the other, or of its level and kind."""
    if not one or not other:
        return True
    left, right = comparable(one), comparable(other)
    return left in right or right in left or _level(left) == _level(right) != "central"


def _level(issuer: str) -> str:
    """Return whose the issuer is: "central", or the Party's or the State's in a province, a district or a commune."""
    kind = "state" if any(word in issuer for word in _STATE) else "party"
    level = next((level for level, words in _LEVELS.items() if any(word in issuer for word in words)), None)
    return f"{kind} {level}" if level else "central"
