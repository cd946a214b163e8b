"""The numbers of documents: how they are typed, their official form, and which of them may be one.

The Party writes `04-NQ/TU` (Guide 36-HD/VPTW), the State `991/QĐ-UBND` and `19/2025/QĐ-TTg` (Decree 30/2020/NĐ-CP).
"""

import re

from bantin_extract.text.letters import LETTER, LOWER, UPPER
from bantin_extract.text.tables import listed, toml

_MAX_NUMBER = 200
_KIND_LETTERS = {
    letters.lower(): letters for entry in reversed(toml("documents")["kinds"]) for letters in entry.get("letters", ())
}
_ANY_LETTERS = "|".join(sorted(map(re.escape, _KIND_LETTERS), key=len, reverse=True))
_CAPITAL_LETTERS = "|".join(sorted(_KIND_LETTERS.values(), key=len, reverse=True))
_PARTY = frozenset(listed("documents", "party_organs"))
_STATE = frozenset(listed("documents", "state_organs"))
_CASED = {organ.upper(): organ for organ in (*_STATE, *_PARTY)}

_YEAR = r"(?:\s?[-–/]\s?(?:19|20)\d\d)"
_GLUED = "ngày|của|về|và|ban"
_SIGN = (
    rf"[{UPPER}](?:[{LOWER}]{{0,2}}[{UPPER}](?:(?!{_GLUED})[{LETTER}]){{0,18}})?\d{{0,3}}"
    rf"(?:(?![{LETTER}])|(?={_GLUED}))"
)
NUMBERS = re.compile(
    rf"\d(?<=[\s:(ƯW]\d)(?:\d{{0,4}}[a-zđ]?{_YEAR}?\s?[-–/]\s?{_SIGN}(?:\s?[-–/.&]\s?{_SIGN}){{0,5}}"
    rf"|\d{{0,4}}\s(?:{_CAPITAL_LETTERS})[-–/]{_SIGN}"
    rf"|\d{{0,4}}[a-zđ]?{_YEAR}?\s?[-–/]\s?(?:{_ANY_LETTERS})\s?[-–/]\s?[{LOWER}]{{2,8}}(?![{LETTER}])"
    rf"|\d{{0,3}}(?:[a-zđ](?![{LETTER}]))?(?:/(?:19|20)\d\d)?(?=về|của|ngày|[^\d{LETTER}/]|$)(?![.,:-]\d))"
)
"""Whatever may be the number of a document: with letters, with letters typed small, or a bare ordinal."""

_BARE = re.compile(r"\d{1,4}[a-zđ]?(?:/(?:19|20)\d\d)?")
_PARTS = re.compile(
    rf"(?P<number>\d+[a-zđ]?(?:[-/](?:19|20)\d\d)?)[-/](?P<kind>[{LETTER}]+)[-/.](?P<organ>[{LETTER}]+)(?P<term>\d{{0,3}})"
)
_RUN_TOGETHER = re.compile(
    rf"(\d+[a-zđ]?(?:/(?:19|20)\d\d)?/)((?i:{_ANY_LETTERS}))({'|'.join(sorted(_STATE, key=len, reverse=True))})"
)
_FIRST = re.compile(r"0*(\d+)[a-zđ]?(?:[-/]((?:19|20)\d\d))?")
_ORGANS = re.compile(rf"[{LETTER}]+")
_NO_HYPHEN = re.compile(rf"(?<=\d)\s(?=[{UPPER}])")
_BLANKS = re.compile(r"\s")


def is_bare(number: str) -> bool:
    """Return whether a number is an ordinal, at most with its year: no letters say whose it is."""
    return bool(_BARE.fullmatch(number))


def official_number(typed: str, *, provincial: bool = False) -> str:
    """Return a number without blanks, with plain hyphens, with the marks that the Party or the State puts into it.

    `provincial`: a province's Party committee issued it, so "TƯ" is its "TU" and not the Centre's "TW".
    """
    typed = _NO_HYPHEN.sub("-", typed[:_MAX_NUMBER])
    number = _BLANKS.sub("", typed[:_MAX_NUMBER]).replace("–", "-")
    if together := _RUN_TOGETHER.fullmatch(number):
        number = f"{together[1]}{together[2]}-{together[3]}"
    parts = _PARTS.fullmatch(number)
    if parts is None:
        return number
    kind, organ = parts["kind"], _CASED.get(parts["organ"].upper(), parts["organ"])
    if kind.islower():
        kind, organ = _KIND_LETTERS.get(kind, kind), organ if organ in _CASED.values() else organ.upper()
    if organ in _PARTY and not parts["term"]:
        return f"{parts['number']}-{kind}/{'TU' if provincial and organ == 'TƯ' else organ.replace('Ư', 'W')}"
    if organ in _STATE:
        return f"{parts['number']}/{kind}-{organ}{parts['term']}"
    return number


def organs(number: str) -> frozenset[str]:
    """Return whose a number is, as its letters say: {"UBND", "KT"} for `12/UBND-KT`, without the kind's letters."""
    return frozenset(letters for letters in _ORGANS.findall(number) if letters.lower() not in _KIND_LETTERS)


def ordinal(number: str) -> str:
    """Return the digits that a number begins with, without zeros before them."""
    first = _FIRST.match(number)
    return first[1] if first else number


def may_be_one(one: str, other: str) -> bool:
    """Return whether two numbers may be one document's: equal, or an ordinal and a number that begins with it."""
    if not is_bare(one) and not is_bare(other):
        return one.upper() == other.upper()
    left, right = _FIRST.match(one), _FIRST.match(other)
    if left is None or right is None or left[1] != right[1]:
        return False
    return left[2] == right[2] or not left[2] or not right[2]
