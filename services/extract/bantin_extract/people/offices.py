"""Reads an office as printed: its head ("Phó Chủ tịch"), its qualifier ("Thường trực"), whose it is ("UBND tỉnh")."""

from dataclasses import dataclass

from bantin_extract.people.names import name_length
from bantin_extract.people.office_ends import office_end
from bantin_extract.people.office_parts import past_parts
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed, toml
from bantin_extract.text.tokens import Tokens

HEADS = PhraseTable(listed("roles", "heads"))
BEFORE = frozenset(listed("roles", "before"))
_QUALIFIERS = PhraseTable(listed("roles", "qualifiers"))
_SHORT_HEADS = frozenset(listed("roles", "short_heads"))
_UNSURE = frozenset(listed("roles", "unsure_after_name"))
_ABBREVIATIONS: dict[str, str] = toml("roles")["abbreviations"]
_CREDITS = frozenset(("ảnh", "tin", "bài", "nguồn", "video", "clip"))
_GENERIC = frozenset(("các", "những", "một", "mỗi", "từng"))
_NOT_FORMER = frozenset((("ủy", "quyền"), ("chính", "quyền"), ("thẩm", "quyền"), ("có", "quyền"), ("tây", "nguyên")))
_ABBREVIATION_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Role:
    """An office as printed, with its words in the text."""

    text: str
    first: int
    past: int


def read_role(tokens: Tokens, at: int) -> Role | None:
    """Return the office that begins at word `at`, with the organisation it is held in; None where none begins."""
    head_at = _past_former(tokens, at)
    length = HEADS.match_length(tokens.lower, head_at)
    if not length or any(tokens.gap(inner).strip(" .") for inner in range(head_at + 1, head_at + length)):
        return None
    if tokens.lower[head_at] in _SHORT_HEADS and not tokens.words[head_at].isupper():
        return None
    if length == 1 and tokens.lower[head_at] == "tp":
        return None
    past = head_at + length
    if (qualified := _QUALIFIERS.match_length(tokens.lower, past)) and not tokens.gap(past).strip(" "):
        past += qualified
    if not tokens.gap(past).strip(" ") or _is_abbreviated(tokens, past):
        past = office_end(tokens, head_at, past)
    past = past_parts(tokens, head_at, past)
    if past > head_at + length and tokens.lower[past - 2 : past] == ("đồng", "chí"):
        past -= 2
    if past > head_at + length and tokens.lower[past - 1] in _CREDITS and ":" in tokens.gap(past):
        past -= 1
    return Role(tokens.slice(at, past)[0], at, past)


def with_place(tokens: Tokens, role: Role) -> Role:
    """Return an office with the name behind it, which is a hamlet's though a person may be named so."""
    past = role.past
    if past < len(tokens) and not tokens.gap(past).strip(" "):
        past += name_length(tokens, past)
    return Role(tokens.slice(role.first, past)[0], role.first, past)


def _past_former(tokens: Tokens, at: int) -> int:
    """Return where the office's head begins: behind "nguyên", "nguyên là"."""
    if tokens.lower[at] not in BEFORE or tokens.gap(at + 1).strip(" "):
        return at
    if at and (tokens.lower[at - 1], tokens.lower[at]) in _NOT_FORMER:
        return at
    return at + 1 + (at + 1 < len(tokens) and tokens.lower[at + 1] == "là")


def _is_abbreviated(tokens: Tokens, past: int) -> bool:
    """Return whether a dot only marks the head as an abbreviation ("PCT. UBND")."""
    return tokens.gap(past).strip(" ") == "." and len(tokens.words[past - 1]) <= _ABBREVIATION_LENGTH


def is_nobodys(tokens: Tokens, role: Role) -> bool:
    """Return whether an office is said of many or unnamed holders ("Chủ tịch UBND các xã", "đại diện lãnh đạo …")."""
    if role.past >= len(tokens) or tokens.gap(role.past).strip(" "):
        return False
    if tokens.lower[role.past] in _GENERIC:
        return True
    return role.text.lower() in _UNSURE and not tokens.capital[role.past]


def is_unsure(tokens: Tokens, role: Role) -> bool:
    """Return whether the office's head is as well a verb, or goes with anybody."""
    return tokens.lower[role.first] in _UNSURE or role.text.lower() in _UNSURE


def office(role: str) -> str:
    """Return the office without whose it is ("Trưởng Ban", "Chủ tịch")."""
    lower = Tokens(role).lower
    return " ".join(lower[: HEADS.match_length(lower) or 2])


def spelled_out(role: str) -> tuple[str, ...]:
    """Return an office's words, lower case, with its abbreviations written in full."""
    return tuple(word for short in Tokens(role).lower for word in _ABBREVIATIONS.get(short, short).split())


def is_wording_of(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Return whether one spelled-out office words another shorter: the same first word, then some of the rest.

    "Phó Chủ tịch UBND tỉnh" is one of "Phó Chủ tịch Thường trực UBND tỉnh", "Bí thư" none of "Phó Bí thư".
    """
    if not shorter or shorter[0] != longer[0]:
        return False
    rest = iter(longer)
    return all(word in rest for word in shorter)
