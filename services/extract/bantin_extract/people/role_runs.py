"""Reads the offices that follow a name: behind commas, dashes, brackets, "kiêm", past asides such as "(61 tuổi)"."""

from bantin_extract.organisations.phrases import PLACE_TYPES
from bantin_extract.people.introductions import HONORIFICS
from bantin_extract.people.names import name_length
from bantin_extract.people.office_ends import is_abroad
from bantin_extract.people.offices import Role, is_nobodys, is_unsure, read_role, with_place
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_AFTER_NAME = frozenset((",", "-", "–", ":", "(", "—"))
_BETWEEN = frozenset((",", "-", "–", "—"))
_DASHES = frozenset(("-", "–", "—"))
_LINKS = PhraseTable(listed("roles", "links"))
_ASIDES = PhraseTable(listed("roles", "asides"))
_MAX_ASIDE = 14
_KIEM = "kiêm"
_AGE = "tuổi"


def roles_after(tokens: Tokens, at: int, *, titled: bool, listed_people: bool) -> tuple[tuple[Role, ...], int]:
    """Return the offices that follow a name that ends before word `at`, and where they end.

    Offices right before another name are that person's: the last one, or after a name that has its offices in front
    (`titled`) all of them. In a list of people (`listed_people`) an office may follow a semicolon.
    """
    roles: list[Role] = []
    start = at
    marks = _AFTER_NAME
    if role := _role_directly_after(tokens, at):
        roles.append(role)
        at = role.past
        marks = _BETWEEN
    while at < len(tokens):
        joined = _KIEM in tokens.lower[at : at + 2]
        begin = _next_office(tokens, at, marks, semicolon=listed_people and bool(roles))
        role = read_role(tokens, begin) if begin >= 0 else None
        if role is None or is_nobodys(tokens, role):
            break
        if joined and tokens.lower[role.past - 1] in PLACE_TYPES:
            role = with_place(tokens, role)
        elif _names_next(tokens, role):
            kept = [] if titled else _without_dashed(tokens, roles, begin)
            return tuple(kept), kept[-1].past if kept else start
        roles.append(role)
        at = role.past
        marks = _BETWEEN
    return tuple(roles), at


def _next_office(tokens: Tokens, at: int, marks: frozenset[str], *, semicolon: bool) -> int:
    """Return the word at which an office may begin after word `at - 1`; -1 where the run of offices has ended."""
    mark = tokens.gap(at).strip(" ")
    if mark.startswith("(") and (past := _past_brackets(tokens, at)):
        at, mark = past, tokens.gap(past).partition(")")[2].strip(" ")
    if mark in marks:
        at = _past_asides(tokens, at)
        return at + _LINKS.match_length(tokens.lower, at)
    if mark == "" and (linked := _LINKS.match_length(tokens.lower, at)):
        return at + linked if tokens.lower[at] != "và" or marks is _BETWEEN else -1
    return at if mark == ";" and semicolon else -1


def _past_brackets(tokens: Tokens, at: int) -> int:
    """Return the word behind brackets that hold no office; 0 where they hold one, or do not end."""
    if read_role(tokens, at):
        return 0
    for inner in range(at + 1, min(len(tokens), at + _MAX_ASIDE)):
        if ")" in tokens.gap(inner):
            return inner
    return 0


def _past_asides(tokens: Tokens, at: int) -> int:
    """Return the word behind asides such as "sinh năm 1973," or "Đại tá,"; the same word where none stands."""
    while at < len(tokens):
        rank = HONORIFICS.match_length(tokens.lower, at)
        if rank and at + rank < len(tokens) and tokens.gap(at + rank).strip(" ") in _BETWEEN:
            at += rank
            continue
        aged = tokens.words[at].isdigit() and at + 1 < len(tokens) and tokens.lower[at + 1] == _AGE
        past = _past_comma(tokens, at) if aged or _ASIDES.match_length(tokens.lower, at) else 0
        if not past:
            break
        at = past
    return at


def _past_comma(tokens: Tokens, at: int) -> int:
    for inner in range(at + 1, min(len(tokens), at + _MAX_ASIDE)):
        mark = tokens.gap(inner).strip(" ")
        if mark in _BETWEEN:
            return inner
        if mark and mark not in ("(", ")", "/"):
            break
    return 0


def _role_directly_after(tokens: Tokens, at: int) -> Role | None:
    """Return an office written small right after a name ("đồng chí X nguyên chánh án …")."""
    if at >= len(tokens) or tokens.gap(at).strip(" ") or tokens.capital[at]:
        return None
    role = read_role(tokens, at)
    if role is None or role.past - at < 2 or _names_next(tokens, role) or is_nobodys(tokens, role):
        return None
    return None if is_unsure(tokens, role) else role


def _names_next(tokens: Tokens, role: Role) -> bool:
    """Return whether another person's name follows an office."""
    if role.past >= len(tokens) or tokens.gap(role.past).strip(" "):
        return False
    at = role.past + HONORIFICS.match_length(tokens.lower, role.past)
    surely = at > role.past or is_abroad(tokens, role.past)
    return at < len(tokens) and name_length(tokens, at, introduced=surely) > 0


def _without_dashed(tokens: Tokens, roles: list[Role], at: int) -> list[Role]:
    """Return the offices without those that a dash joins to the one at word `at`: they are the same person's."""
    kept = list(roles)
    while kept and kept[-1].past == at and tokens.gap(at).strip(" ") in _DASHES:
        at = kept.pop().first
    return kept
