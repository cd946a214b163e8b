"""Reads what goes on an office behind punctuation: a field of work after a dash, the body above or the district."""

from bantin_extract.organisations.boundaries import COMPOUNDS, ENDING, HEADS, ROLES, TAILS, starts_other
from bantin_extract.organisations.phrases import phrase_end
from bantin_extract.people.names import capital_run, name_length
from bantin_extract.people.office_ends import before_other, is_whole
from bantin_extract.places.gazetteer import gazetteer
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_UNIT_HEADS = PhraseTable(listed("roles", "unit_heads"))
_FIELDS = PhraseTable(listed("roles", "fields"))
_DASHES = frozenset(("-", "–", "—"))
_LEVELS = {
    "thôn": 0, "bản": 0, "ấp": 0, "buôn": 0, "khóm": 0, "xóm": 0, "làng": 0, "xã": 1, "phường": 1, "trấn": 1,
    "huyện": 2, "quận": 2, "tx": 2, "thị": 2, "thành": 2, "tp": 2, "phố": 2, "tỉnh": 3,
}  # fmt: skip
"""How high the place stands whose name follows; a word of two ("thị xã") by its first as well as its second."""
_DISTRICT = 2
_TWO_WORD_TYPES = frozenset((("thị", "xã"), ("thành", "phố")))
_MAX_PARTS = 3
_MAX_PLACE = 4
_MAX_REST = 3
_COMPOUND = 2


def past_parts(tokens: Tokens, head_at: int, end: int) -> int:
    """Return where an office ends that goes on behind a dash or a comma; `end` itself where it does not."""
    for _ in range(_MAX_PARTS):
        mark = tokens.gap(end).strip(" ")
        if mark in _DASHES:
            past = _field(tokens, end)
        elif mark == "/":
            past = _abbreviation(tokens, end)
        elif mark == ",":
            past = _joint_body(tokens, end) or _higher_place(tokens, end) or _body_above(tokens, head_at, end)
        else:
            return end
        if not past:
            return end
        end = past
    return end


def _field(tokens: Tokens, at: int) -> int:
    """Return where a further field of work ends ("Ban Tổ chức - Kiểm tra", "Nghiệp vụ - nữ công"); 0 for none."""
    if tokens.gap(at) == "-" and tokens.words[at].isupper() and tokens.words[at - 1].isupper():
        return phrase_end(tokens, at)
    length = max(table.match_length(tokens.lower, at) for table in (COMPOUNDS, TAILS, _FIELDS))
    if tokens.capital[at]:
        if tokens.lower[at - 2 : at] == ("thường", "trực") and HEADS.match_length(tokens.lower, at):
            return phrase_end(tokens, at)
        return phrase_end(tokens, at) if length >= _COMPOUND and not starts_other(tokens, at) else 0
    if length < _COMPOUND or ROLES.match_length(tokens.lower, at):
        return 0
    past = at + length
    while past < min(len(tokens), at + length + _MAX_REST) and tokens.gap(past) == " " and not tokens.capital[past]:
        if ENDING.match_length(tokens.lower, past):
            return past
        past += 1
    goes_on = past < len(tokens) and tokens.gap(past) == " " and HEADS.match_length(tokens.lower, past)
    return phrase_end(tokens, past) if goes_on else past


def _abbreviation(tokens: Tokens, at: int) -> int:
    """Return where a name ends that goes on in a second abbreviation ("… chống HIV/AIDS | tỉnh"); 0 for none."""
    if not (tokens.words[at].isupper() and tokens.words[at - 1].isupper()):
        return 0
    return max(at + 1, phrase_end(tokens, at))


def _joint_body(tokens: Tokens, at: int) -> int:
    """Return where "UBND …" ends after "HĐND,": an office that serves both; 0 for none."""
    return phrase_end(tokens, at) if tokens.lower[at - 1 : at + 1] == ("hđnd", "ubnd") else 0


def _higher_place(tokens: Tokens, at: int) -> int:
    """Return where the district or province ends that a comma joins to a lower place's name; 0 where none stands.

    "Chủ tịch UBND xã Tân Lộc | , huyện Thới Bình".
    """
    level = _LEVELS.get(tokens.lower[at])
    if level is None or level < _DISTRICT or not level > _level_before(tokens, at):
        return 0
    named = at + 1 + (tokens.lower[at : at + 2] in _TWO_WORD_TYPES)
    if named >= len(tokens) or tokens.gap(named).strip(" .") or not tokens.capital[named]:
        return 0
    run = gazetteer().match(tokens, named)[0] or capital_run(tokens, named)
    past = next((inner for inner in range(named + 1, named + run) if name_length(tokens, inner)), named + run)
    return min(past, named + _MAX_PLACE)


def _level_before(tokens: Tokens, at: int) -> int:
    """Return the level of the named place that ends before word `at`; the highest where none does."""
    for before in range(at - 1, max(0, at - 1 - _MAX_PLACE), -1):
        if not (tokens.capital[before] or tokens.words[before].isdigit()) or tokens.gap(before).strip(" ."):
            break
        level = _LEVELS.get(tokens.lower[before - 1])
        if level is not None:
            return 1 if tokens.lower[before - 2 : before] == ("thị", "trấn") else level
    return len(_LEVELS)


def _body_above(tokens: Tokens, head_at: int, at: int) -> int:
    """Return where the body ends that a unit is part of ("Vụ trưởng Vụ Một, | Ban Kinh tế Trung ương"); 0 for none.

    A body in a list of bodies is not taken: they take part beside the person.
    """
    if not tokens.capital[at] or not _UNIT_HEADS.match_length(tokens.lower, head_at) or is_whole(tokens, at):
        return 0
    if not HEADS.match_length(tokens.lower, at) or ROLES.match_length(tokens.lower, at):
        return 0
    past = before_other(tokens, at, phrase_end(tokens, at))
    if past >= len(tokens):
        return past
    beside = tokens.gap(past).strip(" ") == "," and HEADS.match_length(tokens.lower, past)
    beside = beside and not ROLES.match_length(tokens.lower, past)
    beside = beside or (tokens.lower[past] == "và" and tokens.gap(past) == " ")
    return 0 if beside else past
