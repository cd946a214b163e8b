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
_TAILS = PhraseTable(listed("organisations", "tails"))
_SHORT_HEADS = frozenset(head for head in listed("organisations", "heads") if " " not in head)
_NUMBERED = frozenset(listed("organisations", "numbered"))
_FREE_HEADS = PhraseTable(listed("organisations", "free_heads"))
_PURPOSEFUL = PhraseTable(listed("organisations", "purposeful"))
_PROPER = PhraseTable(listed("organisations", "proper"))
_FORCES = PhraseTable(listed("organisations", "forces"))
_HONORIFICS = PhraseTable(listed("roles", "honorifics"))
_NAMED_FOR = frozenset(listed("organisations", "named_for"))
_WHOLE_WORDS = frozenset(("đảng", "ương", "ủy")) | _SHORT_HEADS
"""Words that are whole by themselves: a small word after them is no second half of theirs."""
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
_COMMUNE_TYPES = frozenset(("xã", "phường", "trấn", "thôn", "ấp", "bản", "khóm", "buôn", "bon"))
_SHORT_WITH_POINT = frozenset(("tp", "tx", "tt", "p", "q", "h", "t"))
_ROMAN = frozenset("ivxlcdm")
_SENTENCE_STARTS = frozenset(("ngày", "sáng", "chiều", "tối", "hôm", "tại", "theo", "trong"))
"""Words with a capital behind a place's name: a sentence begins whose dot was lost."""
_MAX_WORDS = 22
_MAX_DIGITS = 4
_MAX_PURPOSE = 12
_LEGAL_FORMS = frozenset(("tnhh", "mtv", "cp", "htx"))
_LEVELS = frozenset(("tỉnh", "huyện", "quận", "xã", "phường"))
_LEVELS_SAID = _LEVELS | {"tp", "tx", "ương"}
_TWO_WORD_LEVELS = frozenset((("thị", "xã"), ("thị", "trấn"), ("thành", "phố"), ("trung", "ương")))
_NOT_BEFORE_LEVEL = frozenset(("các", "cấp", "toàn", "mỗi", "từng", "nhiều", "hai", "hoàn", "trưởng", "trên"))


def phrase_end(tokens: Tokens, at: int) -> int:
    """Return the index past the last word that belongs to the organisation whose name goes on at word `at`.

    Capitalised words belong to it, small ones where a table says so; a person's name, a verb or punctuation ends it.
    """
    head = head_length(tokens, at)
    free, proper, forces = (table.match_length(tokens.lower, at) > 0 for table in (_FREE_HEADS, _PROPER, _FORCES))
    purposeful = _PURPOSEFUL.match_length(tokens.lower, at) >= max(head, 1)
    end = at + (head if head and not _ROLES.match_length(tokens.lower, at) else 0)
    while end < len(tokens) and end - at < _MAX_WORDS:
        step = (_free_step(tokens, end) if free and end > at else 0) or _step(tokens, end, at)
        if not step and end > at:
            step = proper and _second_name(tokens, end)
            step = step or (forces and _number(tokens, end))
            step = step or (proper and _ordinal(tokens, end))
            open_ended = purposeful and not _LEVELS_SAID.intersection(tokens.lower[at + head : end])
            step = step or (open_ended and purpose_length(tokens, end, named_freely=proper))
        if not step:
            break
        end += step
    while end > at and tokens.lower[end - 1] in ("và", "các", "của", "khóa", "khoá", "nhiệm", "kỳ", "cấp"):
        end -= 1
    return end


def head_length(tokens: Tokens, at: int) -> int:
    """Return how many words at `at` say what kind of body is named; 0 where punctuation stands among them."""
    length = HEADS.match_length(tokens.lower, at)
    return length if all(tokens.gap(inner) == " " for inner in range(at + 1, at + length)) else 0


def _free_step(tokens: Tokens, at: int) -> int:
    """Return how many words go on where the name says in small words what the body is for ("Trung tâm bồi dưỡng …")."""
    if tokens.gap(at) != " ":
        return 0
    joined = tokens.lower[at] == "và"
    if _ENDING.match_length(tokens.lower, at + joined):
        return _TAILS.match_length(tokens.lower, at)
    compound = _COMPOUNDS.match_length(tokens.lower, at + joined) or _TAILS.match_length(tokens.lower, at + joined)
    return compound + joined if compound else 0


def purpose_length(tokens: Tokens, at: int, *, named_freely: bool = False) -> int:
    """Return how many small words say what a body is for, up to a level ("tỉnh") or a name; 0 where it ends instead.

    "Ban Chỉ đạo | liên ngành an toàn thực phẩm | tỉnh". `named_freely`: the name may be a person's, and belongs to it.
    """
    written_short = tokens.words[at - 1].isupper() and tokens.lower[at - 1] not in _LEGAL_FORMS
    if at >= len(tokens) or tokens.lower[at] == "và" or (named_freely and written_short):
        return 0
    for past in range(at, min(len(tokens), at + _MAX_PURPOSE)):
        if tokens.gap(past) != " " and not (tokens.gap(past) == ", " and tokens.lower[past] == "chống"):
            return 0
        if tokens.capital[past]:
            return _up_to_name(tokens, at, past, named_freely=named_freely)
        if tokens.lower[past] in _LEVELS or tokens.lower[past : past + 2] in _TWO_WORD_LEVELS:
            return past - at if past > at and tokens.lower[past - 1] not in _NOT_BEFORE_LEVEL else 0
        goes_on = _COMPOUNDS.match_length(tokens.lower, past) or _TAILS.match_length(tokens.lower, past)
        if _ENDING.match_length(tokens.lower, past) and not goes_on:
            return 0
    return 0


def _up_to_name(tokens: Tokens, at: int, past: int, *, named_freely: bool) -> int:
    """Return how many words lie between `at` and the name at `past`, with the name where it may be a person's."""
    if past == at or (tokens.lower[past - 1] == "và" and _is_other_after_and(tokens, past)):
        return 0
    if named_freely and (named := name_length(tokens, past)):
        return past + named - at
    return 0 if starts_other(tokens, past) else past - at


def _step(tokens: Tokens, at: int, first: int) -> int:
    """Return how many words from `at` on still belong to the phrase; 0 where it has ended."""
    gap = tokens.gap(at) if at > first else " "
    mark = gap.strip(" ")
    if mark not in ("", "-", "–", ".", "&") and not _list_in_name(tokens, at, gap):
        return 0
    if mark == "." and tokens.lower[at - 1] not in _SHORT_WITH_POINT:
        return 0
    if mark in ("-", "–") and tokens.capital[at] and _starts_body_or_person(tokens, at):
        return 0
    if tokens.capital[at]:
        return _capital_step(tokens, at, first, mark)
    if tokens.words[at].isdigit():
        return int(
            at > first and tokens.lower[at - 1] in _NUMBERED and mark == "" and len(tokens.words[at]) <= _MAX_DIGITS
        )
    return _tail(tokens, at) or int(_goes_on_small(tokens, at, first)) or _compound_after_and(tokens, at)


def _starts_body_or_person(tokens: Tokens, at: int) -> bool:
    """Return whether a body, or somebody's form of address, follows a dash ("Sở Lao động - Thương binh" is one)."""
    if HEADS.match_length(tokens.lower, at):
        return True
    return bool(_HONORIFICS.match_length(tokens.lower, at)) and not _COMPOUNDS.match_length(tokens.lower, at)


def _capital_step(tokens: Tokens, at: int, first: int, mark: str) -> int:
    """Return how far capitalised words go on: a place's name, a word; 0 at a person or, after a dash, an office."""
    named = name_length(tokens, at)
    new_sentence = at > first and tokens.lower[at] in _SENTENCE_STARTS and _is_place_before(tokens, at)
    if new_sentence or (mark in ("-", "–") and (named or _ROLES.match_length(tokens.lower, at))):
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
        return _unknown_place(tokens, at)
    return int(not named)


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
    ends = tokens.gap(at + 1) in (" ", ", ", "\n", ") ", "; ") or tokens.gap(at + 1).startswith(". ")
    number = tokens.words[at].isdigit() and len(tokens.words[at]) <= 2 and tokens.gap(at) == " "
    return int(number and ends and (tokens.capital[at - 1] or tokens.lower[at - 1] == "án"))


def _tail(tokens: Tokens, at: int) -> int:
    """Return the length of a small compound that only ever goes on a name ("Sở Giao thông | vận tải")."""
    return _TAILS.match_length(tokens.lower, at)


def _compound_after_and(tokens: Tokens, at: int) -> int:
    return _COMPOUNDS.match_length(tokens.lower, at) if at > 0 and tokens.lower[at - 1] == "và" else 0


def _goes_on_small(tokens: Tokens, at: int, first: int) -> bool:
    """Return whether a small word belongs to the phrase."""
    word = tokens.lower[at]
    after_capital = at == first or tokens.capital[at - 1]
    if after_capital and at > 0 and _COMPOUNDS.match_length(tokens.lower, at - 1) > 1:
        return True
    if word in ("khóa", "khoá", "kỳ"):
        return _is_term(tokens, at + 1)
    if word == "và":
        return at + 1 < len(tokens) and tokens.capital[at + 1] and not _is_other_after_and(tokens, at + 1)
    if _ENDING.match_length(tokens.lower, at):
        return False
    return word in _CONTINUING or (after_capital and at > first and _is_open_word(tokens, at))


def _is_other_after_and(tokens: Tokens, at: int) -> bool:
    """Return whether what follows "và" is no part of the name: another body or person, a place."""
    proper_name = at + 1 < len(tokens) and tokens.capital[at + 1] and tokens.gap(at + 1) == " "
    proper_name = proper_name and not tokens.words[at].isupper() and not _COMPOUNDS.match_length(tokens.lower, at)
    return proper_name or starts_other(tokens, at)


def _is_open_word(tokens: Tokens, at: int) -> bool:
    """Return whether the word before is the first half of a compound: no abbreviation and no place's name.

    The official style writes the first syllable of a compound with a capital, and of a proper name each.
    """
    before = tokens.words[at - 1]
    if len(before) < 2 or before.isupper() or not before.isalpha() or tokens.lower[at - 1] in _WHOLE_WORDS:
        return False
    alone = at < 2 or not tokens.capital[at - 2] or tokens.gap(at - 1) != " " or tokens.lower[at - 2] in _SHORT_HEADS
    return alone and not _is_place_before(tokens, at)


def _list_in_name(tokens: Tokens, at: int, gap: str) -> bool:
    """Return whether a comma stands inside a name such as "Sở Văn hóa, Thể thao và Du lịch"."""
    if gap.strip(" ") != "," or not tokens.capital[at] or starts_other(tokens, at):
        return False
    if tokens.words[at].isupper() and tokens.words[at - 1].isupper():
        return tokens.gap(at + 1).strip(" ") == "&"
    return any(
        tokens.lower[other] == "và" and tokens.capital[min(other + 1, len(tokens) - 1)] and tokens.gap(other) == " "
        for other in range(at + 1, min(at + 4, len(tokens)))
    ) and bool(_COMPOUNDS.match_length(tokens.lower, at))


def starts_other(tokens: Tokens, at: int) -> bool:
    """Return whether another office, organisation or person begins here."""
    return bool(
        _ROLES.match_length(tokens.lower, at)
        or HEADS.match_length(tokens.lower, at)
        or _HONORIFICS.match_length(tokens.lower, at)
        or name_length(tokens, at)
    )


def _is_term(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and (tokens.words[at].isdigit() or set(tokens.lower[at]) <= _ROMAN)


def _is_place_before(tokens: Tokens, at: int) -> bool:
    return any(gazetteer().match(tokens, at - back)[0] == back for back in (1, 2, 3) if at - back >= 0)


def _unknown_place(tokens: Tokens, at: int) -> int:
    """Return the length of a place's name that is not in the gazetteer, such as a commune's."""
    length = 1
    while at + length < len(tokens) and tokens.capital[at + length] and tokens.gap(at + length) == " ":
        if tokens.lower[at + length] in _SENTENCE_STARTS or name_length(tokens, at + length) >= 3:
            break
        length += 1
    return min(length, 4)
