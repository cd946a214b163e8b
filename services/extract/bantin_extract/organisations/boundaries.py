"""Tells what begins next to an organisation's name: another body, a person, a document, or more of the name."""

from bantin_extract.people.names import name_length
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed, toml
from bantin_extract.text.tokens import Tokens

HEADS = PhraseTable(listed("organisations", "heads"))
ROLES = PhraseTable(listed("roles", "heads"))
ENDING = PhraseTable(listed("organisations", "ending"))
COMPOUNDS = PhraseTable(listed("organisations", "compounds"))
TAILS = PhraseTable(listed("organisations", "tails"))
LEVELS = frozenset(("tỉnh", "huyện", "quận", "xã", "phường"))
TWO_WORD_LEVELS = frozenset((("thị", "xã"), ("thị", "trấn"), ("thành", "phố"), ("trung", "ương")))
_HONORIFICS = PhraseTable(listed("roles", "honorifics"))
_WHOLE_FIELDS = PhraseTable(listed("organisations", "whole_fields"))
_DOCUMENTS = PhraseTable(kind["name"] for kind in toml("documents")["kinds"])
_AFTER_SHORT = PhraseTable(listed("organisations", "after_short_form"))
_INSIDE = frozenset((" ", " - ", " – "))
_MAX_LIST = 12
_MAX_ITEM = 3
_MAX_SHORT = 8


def head_length(tokens: Tokens, at: int) -> int:
    """Return how many words at `at` say what kind of body is named; 0 where punctuation stands among them."""
    length = HEADS.match_length(tokens.lower, at)
    return length if length < 2 or all(tokens.gap(inner) in _INSIDE for inner in range(at + 1, at + length)) else 0


def goes_on(tokens: Tokens, at: int) -> int:
    """Return how many words of a compound that names hold begin at word `at`."""
    return COMPOUNDS.match_length(tokens.lower, at) or TAILS.match_length(tokens.lower, at)


def starts_body_or_person(tokens: Tokens, at: int) -> bool:
    """Return whether a body, or somebody's form of address, follows a dash ("Sở Lao động - Thương binh" is one)."""
    if HEADS.match_length(tokens.lower, at):
        return True
    return bool(_HONORIFICS.match_length(tokens.lower, at)) and not COMPOUNDS.match_length(tokens.lower, at)


def starts_other(tokens: Tokens, at: int) -> bool:
    """Return whether another office, organisation or person begins here."""
    return bool(
        ROLES.match_length(tokens.lower, at)
        or HEADS.match_length(tokens.lower, at)
        or _HONORIFICS.match_length(tokens.lower, at)
        or name_length(tokens, at)
    )


def is_other_after_and(tokens: Tokens, at: int) -> bool:
    """Return whether what follows "và" is no part of the name: another body or person, a place, a document."""
    proper_name = at + 1 < len(tokens) and tokens.capital[at + 1] and tokens.gap(at + 1) == " "
    proper_name = proper_name and not tokens.words[at].isupper() and not COMPOUNDS.match_length(tokens.lower, at)
    return proper_name or starts_other(tokens, at) or starts_document(tokens, at) or _is_verb(tokens, at)


def starts_document(tokens: Tokens, at: int) -> bool:
    """Return whether a kind of document begins here, and no field of work ("Phòng Tài chính và Kế hoạch huyện")."""
    length = _DOCUMENTS.match_length(tokens.lower, at)
    if not length:
        return False
    past = at + length
    ends = past >= len(tokens) or tokens.lower[past] in LEVELS or tokens.lower[past : past + 2] in TWO_WORD_LEVELS
    return not (ends and COMPOUNDS.match_length(tokens.lower, at) == length)


def _is_verb(tokens: Tokens, at: int) -> bool:
    return bool(ENDING.match_length(tokens.lower, at)) and not goes_on(tokens, at)


def list_in_name(tokens: Tokens, at: int, gap: str) -> bool:
    """Return whether a comma stands inside a name such as "Sở Văn hóa, Thể thao và Du lịch".

    Each item is a field of work, the last follows "và"; a field that has a department of its own begins another.
    """
    if gap.strip(" ") != "," or not tokens.capital[at]:
        return False
    if tokens.words[at].isupper() and tokens.words[at - 1].isupper():
        return tokens.gap(at + 1).strip(" ") == "&"
    if not COMPOUNDS.match_length(tokens.lower, at) or starts_document(tokens, at):
        return False
    if HEADS.match_length(tokens.lower, at) or ROLES.match_length(tokens.lower, at):
        return False
    first = at - 1
    while first > 0 and not tokens.capital[first]:
        first -= 1
    past_field = first + COMPOUNDS.match_length(tokens.lower, first)
    if past_field > at:
        return True
    in_committee = tokens.lower[max(0, first - 2) : first] == ("ủy", "ban")
    return (
        past_field == at
        and (in_committee or first + _WHOLE_FIELDS.match_length(tokens.lower, first) != at)
        and _ends_with_and(tokens, at)
    )


def _ends_with_and(tokens: Tokens, at: int) -> bool:
    """Return whether a list of capitalised items that commas part goes on from word `at` to "và" and a last one."""
    item = at
    for other in range(at + 1, min(at + _MAX_LIST, len(tokens) - 1)):
        gap = tokens.gap(other)
        if tokens.lower[other] == "và":
            return gap == " " and tokens.capital[other + 1]
        if gap.strip(" ") == "," and tokens.capital[other] and COMPOUNDS.match_length(tokens.lower, other):
            item = other
        elif gap != " " or other - item >= _MAX_ITEM:
            return False
    return False


def short_form(tokens: Tokens, at: int) -> int:
    """Return the words of a name's abbreviation in brackets and of what goes on after it, as "(CCB) tỉnh"; else 0."""
    if not tokens.gap(at).endswith("(") or tokens.gap(at + 1) != ") ":
        return 0
    word = tokens.words[at]
    if not (1 < len(word) <= _MAX_SHORT and word.isupper() and word.isalpha()):
        return 0
    further = _AFTER_SHORT.match_length(tokens.lower, at + 1)
    return further + 1 if further else 0
