"""Reads how far the name of an organisation goes: "Hội đồng nhân dân tỉnh" ends before "chủ trì hội nghị"."""

from bantin_extract.gazetteer import gazetteer
from bantin_extract.person_names import name_length
from bantin_extract.phrases import PhraseTable
from bantin_extract.tables import listed
from bantin_extract.tokens import Tokens

HEADS = PhraseTable(listed("organisations", "heads"))
_CONTINUING = frozenset(listed("organisations", "continuing"))
_ENDING = PhraseTable(listed("organisations", "ending"))
_COMPOUNDS = PhraseTable(listed("organisations", "compounds"))
_ROLES = PhraseTable(listed("roles", "heads"))
PLACE_TYPES = frozenset(
    (
        "tỉnh",
        "huyện",
        "xã",
        "phường",
        "quận",
        "thị",
        "phố",
        "trấn",
        "thôn",
        "ấp",
        "bản",
        "tp",
        "tx",
        "khóm",
        "buôn",
        "bon",
    )
)
_ROMAN = frozenset("ivxlcdm")
_MAX_WORDS = 22


def phrase_end(tokens: Tokens, at: int) -> int:
    """Return the index past the last word that belongs to the organisation whose name goes on at word `at`.

    Capitalised words belong to it, small ones where a table says so; a person's name, a verb or punctuation ends it.
    """
    end = at
    while end < len(tokens) and end - at < _MAX_WORDS:
        step = _step(tokens, end, at)
        if step == 0:
            break
        end += step
    while end > at and tokens.lower[end - 1] in ("và", "các", "của", "khóa", "khoá", "nhiệm", "kỳ", "cấp"):
        end -= 1
    return end


def _step(tokens: Tokens, at: int, first: int) -> int:
    """Return how many words from `at` on still belong to the phrase; 0 where it has ended."""
    gap = tokens.gap(at) if at > first else " "
    if gap.strip(" ") not in ("", "-", "–", ".", "&") and not _list_in_name(tokens, at, gap):
        return 0
    if gap.strip(" ") == "." and len(tokens.words[at - 1]) > 3:
        return 0
    word = tokens.lower[at]
    place, _, _ = gazetteer().match(tokens, at)
    if tokens.capital[at]:
        if gap.strip(" ") in ("-", "–") and (_ROLES.match_length(tokens.lower, at) or name_length(tokens, at)):
            return 0
        if place and (at == 0 or tokens.lower[at - 1] in PLACE_TYPES or not name_length(tokens, at)):
            return place
        if at > first and tokens.lower[at - 1] in PLACE_TYPES:
            return _unknown_place(tokens, at)
        return 0 if name_length(tokens, at) and at > first else 1
    return _small_step(tokens, at, first, word)


def _small_step(tokens: Tokens, at: int, first: int, word: str) -> int:
    after_capital = at > first and tokens.capital[at - 1] or at == first
    if after_capital and at > 0 and _COMPOUNDS.match_length(tokens.lower, at - 1) > 1:
        return 1
    if at > 0 and tokens.lower[at - 1] == "và" and (compound := _COMPOUNDS.match_length(tokens.lower, at)):
        return compound
    if word in ("khóa", "khoá", "kỳ"):
        return 1 if _is_term(tokens, at + 1) else 0
    if word == "và":
        return 1 if at + 1 < len(tokens) and tokens.capital[at + 1] and not _starts_other(tokens, at + 1) else 0
    if _ENDING.match_length(tokens.lower, at):
        return 0
    if word in _CONTINUING:
        return 1
    return (
        1
        if after_capital
        and len(tokens.words[at - 1]) > 1
        and not tokens.words[at - 1].isupper()
        and not _is_place_before(tokens, at)
        else 0
    )


def _list_in_name(tokens: Tokens, at: int, gap: str) -> bool:
    """Return whether a comma stands inside a name such as "Sở Văn hóa, Thể thao và Du lịch"."""
    if gap.strip(" ") != "," or not tokens.capital[at] or _starts_other(tokens, at):
        return False
    return any(
        tokens.lower[other] == "và" and tokens.capital[min(other + 1, len(tokens) - 1)] and tokens.gap(other) == " "
        for other in range(at + 1, min(at + 4, len(tokens)))
    ) and bool(_COMPOUNDS.match_length(tokens.lower, at))


def _starts_other(tokens: Tokens, at: int) -> bool:
    """Return whether another office, organisation or person begins here."""
    return bool(
        _ROLES.match_length(tokens.lower, at) or HEADS.match_length(tokens.lower, at) or name_length(tokens, at)
    )


def _is_term(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and (tokens.words[at].isdigit() or set(tokens.lower[at]) <= _ROMAN)


def _is_place_before(tokens: Tokens, at: int) -> bool:
    return any(gazetteer().match(tokens, at - back)[0] == back for back in (1, 2, 3) if at - back >= 0)


def _unknown_place(tokens: Tokens, at: int) -> int:
    """Return the length of a place's name that is not in the gazetteer, such as a commune's."""
    length = 1
    while at + length < len(tokens) and tokens.capital[at + length] and tokens.gap(at + length) == " ":
        if length and name_length(tokens, at + length) >= 3:
            break
        length += 1
    return min(length, 4)
