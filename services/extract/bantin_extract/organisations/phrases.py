"""Reads how far the name of an organisation goes: "Hội đồng nhân dân tỉnh" ends before "chủ trì hội nghị"."""

from dataclasses import dataclass

from bantin_extract.organisations.boundaries import (
    COMPOUNDS,
    ENDING,
    HEADS,
    LEVELS,
    ROLES,
    TAILS,
    TWO_WORD_LEVELS,
    goes_on,
    head_length,
    is_other_after_and,
    list_in_name,
    short_form,
    starts_body_or_person,
    starts_document,
    starts_other,
)
from bantin_extract.organisations.small_words import goes_on_small, is_place_before
from bantin_extract.people.names import name_length
from bantin_extract.places.gazetteer import gazetteer
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_NUMBERED = frozenset(listed("organisations", "numbered"))
_FREE_HEADS = PhraseTable(listed("organisations", "free_heads"))
_PURPOSEFUL = PhraseTable(listed("organisations", "purposeful"))
_PROPER = PhraseTable(listed("organisations", "proper"))
_FORCES = PhraseTable(listed("organisations", "forces"))
_SPECIAL_WORDS = frozenset[str]().union(*(table.first_words for table in (_FREE_HEADS, _PURPOSEFUL, _PROPER, _FORCES)))
_NAMED_FOR = frozenset(listed("organisations", "named_for"))
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
_COMMUNE_TYPES = frozenset(("xã", "phường", "trấn", "thôn", "ấp", "bản", "khóm", "buôn", "bon"))
_SHORT_WITH_POINT = frozenset(("tp", "tx", "tt", "p", "q", "h", "t"))
_NUMBERED_WITH_POINT = frozenset("qp")
_SENTENCE_STARTS = frozenset(("ngày", "sáng", "chiều", "tối", "hôm", "tại", "theo", "trong", "ảnh"))
"""Words with a capital behind a place's name: a sentence begins whose dot was lost."""
_NEVER_LAST = frozenset(("và", "các", "của", "khóa", "khoá", "nhiệm", "kỳ", "cấp"))
_BEFORE_DIOXIN = frozenset(("/", "-", "–"))
_MAX_WORDS = 22
_FULL_NAME = 3
_MAX_DIGITS = 4
_SHORT_WORD = 5
_MAX_PLACE = 4
_MAX_PURPOSE = 12
_LEGAL_FORMS = frozenset(("tnhh", "mtv", "cp", "htx"))
_SHORT_LEVELS = frozenset(("tp", "tx"))
_LEVELS_SAID = LEVELS | _SHORT_LEVELS | {"ương"}
_NOT_BEFORE_LEVEL = frozenset(("các", "cấp", "toàn", "mỗi", "từng", "nhiều", "hai", "hoàn", "trưởng", "trên"))


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the name of a kind of body may go on; `head` is the number of words that say the kind."""

    head: int
    free: bool
    proper: bool
    forces: bool
    purposeful: bool


def _kind_at(tokens: Tokens, at: int) -> _Kind:
    head, lower = head_length(tokens, at), tokens.lower
    if lower[at] not in _SPECIAL_WORDS:
        return _Kind(head, free=False, proper=False, forces=False, purposeful=False)
    free, proper, forces = (table.match_length(lower, at) > 0 for table in (_FREE_HEADS, _PROPER, _FORCES))
    return _Kind(head, free, proper, forces, _PURPOSEFUL.match_length(lower, at) >= max(head, 1))


def phrase_end(tokens: Tokens, at: int) -> int:
    """Return the index past the last word that belongs to the organisation whose name goes on at word `at`.

    Capitalised words belong to it, small ones where a table says so; a person's name, a verb or punctuation ends it.
    """
    kind = _kind_at(tokens, at)
    end = said = at + (kind.head if kind.head and not ROLES.match_length(tokens.lower, at) else 0)
    while end < len(tokens) and end - at < _MAX_WORDS:
        step = (_free_step(tokens, end) if kind.free and end > at else 0) or _step(tokens, end, at)
        if not step and end > at:
            levelled = not _LEVELS_SAID.isdisjoint(tokens.lower[said:end])
            step = _further_step(tokens, end, kind, levelled=levelled) or short_form(tokens, end)
        if not step:
            break
        if end > at and tokens.capital[end] and tokens.lower[end] in HEADS.first_words:
            inner = _kind_at(tokens, end)
            kind = inner if inner.purposeful and not kind.proper else kind
        end += step
    while end > at and tokens.lower[end - 1] in _NEVER_LAST:
        end -= 1
    return end


def _further_step(tokens: Tokens, at: int, kind: _Kind, *, levelled: bool) -> int:
    """Return how many words go on a name as only some kinds of body do: a second name, a number, a purpose."""
    if kind.proper and (step := _second_name(tokens, at)):
        return step
    if kind.forces and (step := _number(tokens, at)):
        return step
    if kind.proper and (step := _ordinal(tokens, at)):
        return step
    return purpose_length(tokens, at, named_freely=kind.proper) if kind.purposeful and not levelled else 0


def _free_step(tokens: Tokens, at: int) -> int:
    """Return how many words go on where the name says in small words what the body is for ("Trung tâm bồi dưỡng …")."""
    if tokens.gap(at) != " ":
        return 0
    joined = tokens.lower[at] == "và"
    if ENDING.match_length(tokens.lower, at + joined):
        return TAILS.match_length(tokens.lower, at)
    if joined and starts_document(tokens, at + 1):
        return 0
    compound = goes_on(tokens, at + joined)
    return compound + joined if compound else 0


def purpose_length(tokens: Tokens, at: int, *, named_freely: bool = False) -> int:
    """Return how many small words say what a body is for, up to a level ("tỉnh") or a name; 0 where it ends instead.

    "Ban Chỉ đạo | liên ngành an toàn thực phẩm | tỉnh". `named_freely`: the name may be a person's, and belongs to it.
    """
    written_short = tokens.words[at - 1].isupper() and tokens.lower[at - 1] not in _LEGAL_FORMS
    if at >= len(tokens) or tokens.lower[at] == "và" or (named_freely and written_short):
        return 0
    for past in range(at, min(len(tokens), at + _MAX_PURPOSE)):
        if not _goes_on_unbroken(tokens, past):
            return 0
        level = tokens.lower[past : past + 2] in TWO_WORD_LEVELS or tokens.lower[past] in _SHORT_LEVELS
        if tokens.capital[past] and not level:
            return _up_to_name(tokens, at, past, named_freely=named_freely)
        if level or tokens.lower[past] in LEVELS:
            return past - at if past > at and tokens.lower[past - 1] not in _NOT_BEFORE_LEVEL else 0
        if ENDING.match_length(tokens.lower, past) and not goes_on(tokens, past):
            return 0
    return 0


def _goes_on_unbroken(tokens: Tokens, at: int) -> bool:
    """Return whether nothing parts a word of a purpose from the word before: no punctuation, no document after "và"."""
    gap, word = tokens.gap(at), tokens.lower[at]
    if gap != " ":
        return (gap == ", " and word == "chống") or (word == "dioxin" and gap.strip(" ") in _BEFORE_DIOXIN)
    return word != "và" or not starts_document(tokens, at + 1)


def _up_to_name(tokens: Tokens, at: int, past: int, *, named_freely: bool) -> int:
    """Return how many words lie between `at` and the name at `past`, with the name where it may be a person's."""
    if past == at or (tokens.lower[past - 1] == "và" and is_other_after_and(tokens, past)):
        return 0
    if named_freely and (named := name_length(tokens, past)):
        return past + named - at
    return 0 if starts_other(tokens, past) else past - at


def _step(tokens: Tokens, at: int, first: int) -> int:
    """Return how many words from `at` on still belong to the phrase; 0 where it has ended."""
    gap = tokens.gap(at) if at > first else " "
    mark = gap.strip(" ")
    if mark not in ("", "-", "–", ".", "&") and not list_in_name(tokens, at, gap):
        return 0
    if mark == "." and tokens.lower[at - 1] not in _SHORT_WITH_POINT:
        return 0
    if mark in ("-", "–") and tokens.capital[at] and starts_body_or_person(tokens, at):
        return 0
    if tokens.capital[at]:
        return _capital_step(tokens, at, first, mark)
    if tokens.words[at].isdigit():
        numbered = tokens.lower[at - 1] in (_NUMBERED if mark == "" else _NUMBERED_WITH_POINT if mark == "." else ())
        return int(at > first and numbered and len(tokens.words[at]) <= _MAX_DIGITS)
    return _tail(tokens, at) or int(goes_on_small(tokens, at, first)) or _compound_after_and(tokens, at)


def _capital_step(tokens: Tokens, at: int, first: int, mark: str) -> int:
    """Return how far capitalised words go on: a place's name, a word; 0 at a person or, after a dash, an office."""
    named = name_length(tokens, at)
    new_sentence = at > first and tokens.lower[at] in _SENTENCE_STARTS and is_place_before(tokens, at)
    if new_sentence or (mark in ("-", "–") and (named or ROLES.match_length(tokens.lower, at))):
        return 0
    if named and at > first and tokens.lower[at - 1] in _NAMED_FOR and mark == "":
        return named
    if at > first and not mark and (head := head_length(tokens, at)) > 1 and not named:
        return head
    after_type = at > 0 and tokens.lower[at - 1] in PLACE_TYPES
    place = gazetteer().match(tokens, at)[0]
    if place and (at == 0 or after_type or not named):
        return place
    if at > first and after_type and not _is_person_after_type(tokens, at, named):
        return unknown_place(tokens, at) if not _begins_sentence(tokens, at) else 0
    return (_written_as_one(tokens, at) if at > first else 0) or int(not named)


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    """Return whether a short word behind a small "thành phố" or "tỉnh" begins a sentence, its dot lost: "… Trả lời"."""
    before = tokens.lower[at - 1]
    if tokens.capital[at - 1] or before in _COMMUNE_TYPES or len(tokens.words[at]) > _SHORT_WORD:
        return False
    return at + 1 < len(tokens) and not tokens.capital[at + 1] and tokens.gap(at + 1) == " "


def _written_as_one(tokens: Tokens, at: int) -> int:
    """Return the words of a compound that begins with a capital and goes on small ("Thanh niên xung phong"); else 0."""
    length = TAILS.match_length(tokens.lower, at)
    return length if length > 1 and not any(tokens.capital[at + 1 : at + length]) else 0


def _is_person_after_type(tokens: Tokens, at: int, named: int) -> bool:
    """Return whether a person is named right after "tỉnh" or "xã": the gazetteer has all provinces and districts."""
    if tokens.lower[at - 1] in _COMMUNE_TYPES or (tokens.lower[at - 1] == "phố" and tokens.lower[at - 2] != "thành"):
        return 3 <= named <= 4
    return named > 0


def _second_name(tokens: Tokens, at: int) -> int:
    """Return 2 where a name of two words, which may be a person's, ends the name of a company or a post."""
    named = tokens.gap(at) == " " and name_length(tokens, at) == 2
    goes_on = at + 2 < len(tokens) and tokens.capital[at + 2] and tokens.gap(at + 2) == " "
    return 2 if named and not goes_on else 0


def _number(tokens: Tokens, at: int) -> int:
    """Return how many words number a unit of the forces or a squad: "5", "số 5"."""
    named = int(tokens.lower[at] == "số" and at + 1 < len(tokens) and tokens.gap(at) == " ")
    number = tokens.words[at + named]
    return named + 1 if tokens.gap(at + named) == " " and number.isdigit() and len(number) <= _MAX_DIGITS else 0


def _ordinal(tokens: Tokens, at: int) -> int:
    """Return 1 for a number of one or two digits that ends a name ("Trường tiểu học … 2"), no date or figure."""
    ends = tokens.gap(at + 1) in (" ", ", ", "\n", ") ", "; ", " - ", " – ") or tokens.gap(at + 1).startswith(". ")
    number = tokens.words[at].isdigit() and len(tokens.words[at]) <= 2 and tokens.gap(at) == " "
    return int(number and ends and (tokens.capital[at - 1] or tokens.lower[at - 1] == "án"))


def _tail(tokens: Tokens, at: int) -> int:
    """Return the length of a small compound that only ever goes on a name ("Sở Giao thông | vận tải")."""
    return TAILS.match_length(tokens.lower, at)


def _compound_after_and(tokens: Tokens, at: int) -> int:
    return COMPOUNDS.match_length(tokens.lower, at) if at > 0 and tokens.lower[at - 1] == "và" else 0


def unknown_place(tokens: Tokens, at: int) -> int:
    """Return the length of a place's name that is not in the gazetteer, such as a commune's."""
    length = 1
    most = min(_MAX_PLACE, len(tokens) - at)
    while length < most and tokens.capital[at + length] and tokens.gap(at + length) == " ":
        new_person = (length > 1 or tokens.words[at].isupper()) and name_length(tokens, at + length) >= _FULL_NAME
        if tokens.lower[at + length] in _SENTENCE_STARTS or new_person:
            break
        length += 1
    return length
