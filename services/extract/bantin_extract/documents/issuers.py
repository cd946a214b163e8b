"""Reads who issued a document, and when: "… của Bộ Chính trị khóa XI", "Ngày …, Chính phủ ban hành Nghị định …"."""

import re

from bantin_extract.documents.days import day_before
from bantin_extract.organisations.boundaries import HEADS
from bantin_extract.organisations.phrases import phrase_end
from bantin_extract.people.names import comparable, name_length
from bantin_extract.text.letters import UPPER
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.story import Passage
from bantin_extract.text.tables import listed_in, toml
from bantin_extract.text.tokens import Tokens

_WORDING = toml("documents")["wording"]
_ISSUING = frozenset(_WORDING["issuing"])
_ADVERBS = frozenset(_WORDING["adverbs"])
_BEFORE_ISSUER = frozenset(_WORDING["before_issuer"])
_OFFICES = PhraseTable(listed_in(_WORDING["issuers"]))
_ORGAN_WORDS = {organ: listed_in(words) for organ, words in toml("documents")["organ_words"].items()}
_KINDS = "|".join(sorted((entry["name"] for entry in toml("documents")["kinds"]), key=len, reverse=True))
_NEXT_DOCUMENT = re.compile(rf"(?:,|\svà)\s(?:{_KINDS})(?:\ssố\b|\s\d|$)", re.IGNORECASE)
_REACH = 16
_STATE = ("nhân dân", "ubnd", "hđnd", "sở ", "phòng ")
_LEVELS = {
    "province": ("tỉnh", "thành ủy", "thành phố"),
    "district": ("huyện", "thị ủy", "thị xã"),
    "commune": ("xã", "phường"),
}
_OF = re.compile(r"[\s,]{1,3}(?:của|do|(?P<passive>được))\s")
_ISSUED = re.compile(r"\s(?:đã\s|vừa\s|mới\s)?(?:ban hành|ký|phê duyệt|thông qua|công bố)\b")
_WEAK = frozenset(("có", "ra", "tại", "gửi"))
"""Verbs that tell an issuer only where it is printed with a capital: "của chi bộ tại Nghị quyết số …" tells none."""

_TERM = re.compile(r"[,\s]{1,2}\(?(?P<word>khóa|khoá)\s(?P<term>[IVX]{1,6}|\d{1,2})\b\)?", re.IGNORECASE)
BRACKETED_TERM = re.compile(r"\s\((?P<term>(?:khóa|khoá)\s(?:[IVX]{1,6}|\d{1,2}))\)", re.IGNORECASE)
"""A term right behind a number: "Chỉ thị 81 (khóa XI) của …"."""

_PRINTED_TERM = re.compile(r",?\s?\(?kh[óo][áa]? ([ivx]+|\d+)\)?")
_SET_OFF = re.compile(r"$|[,.;:)]|\s(?:về|ngày|quy định|hướng dẫn|khóa|khoá|\()\b")


def issued_before(passage: Passage, at: int) -> dict[str, object]:
    """Return issuer and date of the document whose kind is printed at offset `at`; {} where unsaid."""
    tokens = passage.tokens
    past = tokens.index_at(at)
    verbs: set[str] = set()
    while past > 0 and tokens.lower[past - 1] in _ISSUING | _ADVERBS and not tokens.gap(past).strip(" "):
        past -= 1
        verbs.add(tokens.lower[past])
    if not verbs & _ISSUING or tokens.gap(past).strip(" "):
        return {}
    small = not verbs <= _WEAK | _ADVERBS
    return _issuer_up_to(passage, past, small=small) or _issuer_up_to(passage, past - _signatory(tokens, past))


def _signatory(tokens: Tokens, past: int) -> int:
    """Return how many words the name has of the person who signs right before word `past`."""
    return next((size for size in (4, 3, 2) if past > size and name_length(tokens, past - size) == size), 0)


def _issuer_up_to(passage: Passage, past: int, *, small: bool = False) -> dict[str, object]:
    """Return issuer and day where an issuer ends at word `past`; `small`: it may be printed in small letters."""
    tokens = passage.tokens
    for first in range(max(0, past - _REACH), past):
        named = tokens.capital[first] or (small and _begins_small(tokens, first))
        if named and _may_begin(tokens, first) and issuer_past(tokens, first) == past:
            issuer, start, _ = tokens.slice(first, past)
            before = passage.text[max(0, start - 34) : start]
            day = day_before(before)
            found: dict[str, object] = {"issuer": issuer}
            return found | {"day": day} if day else found
    return {}


def _may_begin(tokens: Tokens, first: int) -> bool:
    """Return whether an issuer may begin here and not a part of a longer name ("Ban Tuyên giáo | Đảng ủy …")."""
    before = tokens.lower[first - 1] if first else ""
    return first == 0 or tokens.gap(first) != " " or before in _BEFORE_ISSUER or before.isdigit()


def _begins_small(tokens: Tokens, first: int) -> bool:
    """Return whether an issuer printed in small letters begins here: only names that are said in full are known."""
    return max(HEADS.match_length(tokens.lower, first), _OFFICES.match_length(tokens.lower, first)) > 1


def issuer_past(tokens: Tokens, first: int) -> int:
    """Return the index past the issuer that begins at word `first`; 0 where none does."""
    office = _OFFICES.match_length(tokens.lower, first)
    if office and HEADS.match_length(tokens.lower, first + office):
        return phrase_end(tokens, first + office)
    return phrase_end(tokens, first) if office or HEADS.match_length(tokens.lower, first) else 0


def issuer_after(passage: Passage, at: int) -> tuple[str, int] | None:
    """Return the issuer that stands at offset `at`, after "của" or directly, with its term, and where it ends."""
    text, tokens = passage.text, passage.tokens
    of = _OF.match(text, at)
    start = of.end() if of else at + 1
    if start >= len(text) or (of is None and text[at] != " "):
        return None
    first = tokens.index_at(start)
    past = _issuer_from(tokens, first, small=of is not None) if first < len(tokens) else 0
    if past <= first or tokens.spans[first][0] != start:
        return None
    end = tokens.spans[past - 1][1]
    if other := _NEXT_DOCUMENT.search(text, start, end):
        end = other.start()
    issuer = text[start:end]
    if _shouted(issuer) or not _is_said_of(text, end, of):
        return None
    if term := _TERM.match(text, end):
        return f"{issuer} {term['word']} {term['term']}", term.end()
    return issuer, end


def _issuer_from(tokens: Tokens, first: int, *, small: bool) -> int:
    named = tokens.capital[first] or (small and _begins_small(tokens, first))
    return issuer_past(tokens, first) if named else 0


def _is_said_of(text: str, end: int, of: re.Match[str] | None) -> bool:
    """Return whether what goes on behind an issuer leaves it one: no verb of another's doing follows."""
    if of is None:
        return bool(_SET_OFF.match(text, end))
    return not of["passive"] or bool(_ISSUED.match(text, end))


def _shouted(issuer: str) -> bool:
    """Return whether a line in capitals goes on: nothing tells where the issuer ends there."""
    return issuer.isupper() and issuer.count(" ") > 1 and issuer[0] in UPPER


def may_be_same(one: str | None, other: str | None) -> bool:
    """Return whether two wordings may mean one issuer: one is unsaid, part of the other, or of its level and kind."""
    if not one or not other:
        return True
    (left, term), (right, other_term) = _without_term(one), _without_term(other)
    if term and other_term and term != other_term:
        return False
    return left in right or right in left or _level(left) == _level(right) != "central"


def same_level(one: str | None, other: str | None) -> bool:
    """Return whether two issuers stand on one level: both central, or of the Party or the State in a province …"""
    return bool(one and other) and _level(comparable(one or "")) == _level(comparable(other or ""))


def may_issue(issuer: str | None, number_organs: frozenset[str]) -> bool:
    """Return whether the issuer may have given a number with these letters; where either is unknown it may."""
    words = [word for organ in number_organs for word in _ORGAN_WORDS.get(organ, ())]
    return not issuer or not words or any(word in issuer.lower() for word in words)


def _without_term(issuer: str) -> tuple[str, str | None]:
    plain = comparable(issuer)
    term = _PRINTED_TERM.search(plain)
    return (plain[: term.start()].strip(), term[1]) if term else (plain, None)


def _level(issuer: str) -> str:
    """Return whose the issuer is: "central", or the Party's or the State's in a province, a district or a commune."""
    kind = "state" if any(word in issuer for word in _STATE) else "party"
    level = next((level for level, words in _LEVELS.items() if any(word in issuer for word in words)), None)
    return f"{kind} {level}" if level else "central"
