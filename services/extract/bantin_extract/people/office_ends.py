"""Finds where an office ends: with the body it is held in, a body above that, a number, a place, or its clause."""

from bantin_extract.organisations.boundaries import HEADS, head_length
from bantin_extract.organisations.phrases import PLACE_TYPES, phrase_end
from bantin_extract.people.names import capital_run, name_length
from bantin_extract.places.gazetteer import gazetteer
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_OFFICES = PhraseTable(listed("roles", "heads"))
_HONORIFICS = PhraseTable(listed("roles", "honorifics"))
_ENDING = PhraseTable((*listed("organisations", "ending"), *listed("roles", "manners")))
_POSTED = PhraseTable(listed("roles", "posted"))
_OWN_NAME = frozenset(listed("roles", "own_name"))
_NOUNS = PhraseTable(
    (*listed("organisations", "compounds"), *listed("organisations", "tails"), *listed("roles", "nouns"))
)
_NUMBERED = frozenset(listed("roles", "numbered"))
_JOINING = frozenset(("kiêm", "thuộc", "cùng", "đồng", "nguyên", "quyền", "của"))
"""Words at which an office has ended as surely as at a comma."""
_OWNED = frozenset(("của", "thuộc"))
_LEVELS = frozenset(("tỉnh", "huyện", "xã", "phường"))
_WHOLE = _LEVELS | {"phố", "tp", "trấn", "ủy", "nước", "trung", "ương", "ubnd", "hđnd"}
_MANY = frozenset(listed("roles", "many"))
_RANKS = PhraseTable(listed("roles", "ranks"))
_FURTHER = frozenset(("trưởng", "phó", "giám", "hiệu", "chánh"))
_COUNTRIES = PhraseTable(listed("roles", "countries"))
_BODIES_OF_MANY = frozenset(("khối", "hiệp", "minh"))
_MAX_REST = 12
_MAX_PARTS = 3
_MAX_NUMBER = 4
_COMPOUND = 2
_NAMED = 3
"""Words of a name that is surely a person's."""


def office_end(tokens: Tokens, head_at: int, past: int) -> int:
    """Return the index past the last word of the office whose head stands at words `head_at` to `past - 1`."""
    end = max(past, phrase_end(tokens, _own_body(tokens, head_at, past)))
    for _ in range(_MAX_PARTS):
        if end >= len(tokens):
            break
        grown = (
            _numbered(tokens, end)
            or _owning_body(tokens, end)
            or _posted(tokens, head_at, end)
            or _own_name(tokens, end)
            or _rest_of_clause(tokens, past, end)
        )
        if grown <= end:
            break
        end = phrase_end(tokens, grown) if _goes_on_after_number(tokens, grown) else grown
    while end > past and (tokens.lower[end - 1] in ("của", "và", "các", "cấp") or _is_verb(tokens, end - 1)):
        end -= 1
    end = before_other(tokens, past, end)
    return _before_foreign_name(tokens, past, _before_shouted_verb(tokens, past, end))


def _own_body(tokens: Tokens, head_at: int, past: int) -> int:
    """Return where a body's name begins that the head's last words say the beginning of ("Bí thư | Đảng ủy Khối …")."""
    fitting = (past - back for back in (2, 1) if past - head_at > back and head_length(tokens, past - back) > back)
    return next(fitting, past)


def _is_verb(tokens: Tokens, at: int) -> bool:
    """Return whether the last word is the capitalised first half of a verb ("phường | Báo cáo")."""
    if not tokens.capital[at] or at + 1 >= len(tokens) or tokens.capital[at + 1] or _mark(tokens, at + 1):
        return False
    return _ENDING.match_length(tokens.lower, at) > 1 and _NOUNS.match_length(tokens.lower, at) < _COMPOUND


def before_other(tokens: Tokens, past: int, end: int) -> int:
    """Return where an office ends before a rank ("huyện | Thượng tá") or a further office without a comma."""
    for at in range(past + 1, end):
        if tokens.capital[at] and (
            _RANKS.match_length(tokens.lower, at)
            or (tokens.lower[at] in _FURTHER and _OFFICES.match_length(tokens.lower, at) > 1)
        ):
            return at
    return end


def _before_shouted_verb(tokens: Tokens, past: int, end: int) -> int:
    """Return where an office ends before a verb, where all is in capitals ("BÍ THƯ TỈNH ỦY | THĂM …")."""
    if not tokens.words[past - 1].isupper():
        return end
    for at in range(past + 1, end):
        verb = tokens.words[at].isupper() and _ENDING.match_length(tokens.lower, at)
        if verb and _NOUNS.match_length(tokens.lower, at) < _COMPOUND and not head_length(tokens, at - 1):
            return at
    return end


def _before_foreign_name(tokens: Tokens, past: int, end: int) -> int:
    """Return where an office abroad ends before a foreign name ("Thủ tướng Lào | …"): with the country's."""
    for at in range(past, end):
        if not tokens.capital[at] or tokens.lower[at - 1] in PLACE_TYPES:
            continue
        behind = at + _COUNTRIES.match_length(tokens.lower, at)
        if gazetteer().match(tokens, at)[0] > behind - at:
            continue
        if at < behind < end and all(tokens.capital[behind:end]) and not HEADS.match_length(tokens.lower, behind):
            return behind
    return end


def is_abroad(tokens: Tokens, past: int) -> bool:
    """Return whether an office that ends before word `past` ends with a country's name."""
    return any(_COUNTRIES.match_length(tokens.lower, past - back) == back for back in (1, 2, 3) if past >= back)


def _goes_on_after_number(tokens: Tokens, at: int) -> bool:
    """Return whether a place or a body is named right behind "thôn 5": small words may begin a verb."""
    if at >= len(tokens) or _mark(tokens, at) or not tokens.words[at - 1][0].isdigit() or name_length(tokens, at):
        return False
    return tokens.capital[at] or tokens.lower[at] in PLACE_TYPES


def _mark(tokens: Tokens, at: int) -> str:
    return tokens.gap(at).strip(" ")


def _numbered(tokens: Tokens, end: int) -> int:
    """Return where a number that belongs to the office ends ("thôn 5", "P.8", "lớp 11A2"); 0 where none stands."""
    word = tokens.words[end]
    fits = word[0].isdigit() and len(word) <= _MAX_NUMBER and tokens.lower[end - 1] in _NUMBERED
    return end + 1 if fits and _mark(tokens, end) in ("", ".") else 0


def _owning_body(tokens: Tokens, end: int) -> int:
    """Return where "của Quốc hội" ends after a body that is part of another."""
    if tokens.lower[end] not in _OWNED or _mark(tokens, end) or end + 1 >= len(tokens) or _mark(tokens, end + 1):
        return 0
    if not (head_length(tokens, end + 1) and tokens.capital[end + 1]) or _OFFICES.match_length(tokens.lower, end + 1):
        return 0
    if is_whole(tokens, end):
        return 0
    return phrase_end(tokens, end + 1)


def _posted(tokens: Tokens, head_at: int, end: int) -> int:
    """Return where a post abroad ends ("Đại sứ Việt Nam tại …")."""
    if tokens.lower[end] != "tại" or _mark(tokens, end) or not _POSTED.match_length(tokens.lower, head_at):
        return 0
    past = end + 1 + (capital_run(tokens, end + 1) if end + 1 < len(tokens) else 0)
    past = next((at for at in range(end + 2, past) if name_length(tokens, at)), past)
    while end + 1 < past < len(tokens) and tokens.gap(past) == "-":
        past += 1
    return past if past > end + 1 else 0


def _own_name(tokens: Tokens, end: int) -> int:
    """Return where a firm's name ends that reads like a person's ("Tập đoàn …")."""
    before = tokens.lower[max(0, end - 2) : end]
    if _mark(tokens, end) or not (before[-1] in _OWN_NAME or " ".join(before) in _OWN_NAME):
        return 0
    length = name_length(tokens, end)
    return end + length if 0 < length < _NAMED else 0


def _rest_of_clause(tokens: Tokens, past: int, end: int) -> int:
    """Return where an office ends whose body goes on in words no table knows, if the clause holds no verb.

    "Trưởng ban lễ tang," · "Phó Trưởng phòng quản lý chợ Lê Thị Hoa" · "Tổ trưởng Tổ xây dựng Đề án chủ trì": up to
    punctuation or a person's name, or up to a capitalised word or a level of administration before a verb.
    """
    if _mark(tokens, end) or is_whole(tokens, end) or name_length(tokens, end) or not _wants_body(tokens, past, end):
        return 0
    last = min(len(tokens), end + _MAX_REST)
    at = end
    named = False
    while at < last:
        if _mark(tokens, at) not in ("", "&", "/"):
            return at
        joined = tokens.lower[at] in _JOINING and not tokens.capital[at]
        if at > end and (joined or name_length(tokens, at) >= _NAMED):
            return at
        noun = _NOUNS.match_length(tokens.lower, at)
        if noun < _COMPOUND and (joined or (not tokens.capital[at] and _ends_clause(tokens, at))):
            whole = named or tokens.lower[at - 1] in _LEVELS or any(tokens.capital[at - 2 : at])
            return at if at > end and whole else 0
        named = noun >= _COMPOUND
        at += max(noun, 1)
    return len(tokens) if at >= len(tokens) else 0


def _wants_body(tokens: Tokens, past: int, end: int) -> bool:
    """Return whether an office may go on: its head names a kind of body ("Trưởng ban"), or a body was read already."""
    return end > past or bool(HEADS.match_length(tokens.lower, past - 1)) or bool(HEADS.match_length(tokens.lower, end))


def is_whole(tokens: Tokens, end: int) -> bool:
    """Return whether an office that ends here says whose it is, down to the place."""
    if tokens.lower[end - 1] in _WHOLE or (tokens.capital[end - 1] and tokens.lower[end - 2] in PLACE_TYPES):
        return True
    return any(gazetteer().match(tokens, end - back)[0] == back for back in (1, 2, 3) if end >= back)


def _ends_clause(tokens: Tokens, at: int) -> bool:
    """Return whether a verb, an office, a form of address or another joined phrase begins at word `at`."""
    if tokens.lower[at] == "và":
        return at + 1 >= len(tokens) or not _goes_on_after_and(tokens, at + 1)
    if tokens.lower[at] in ("các", "những") and tokens.capital[at + 1 : at + 2] != [True]:
        following = tokens.lower[at + 1 : at + 2]
        return tokens.lower[at - 1] not in _BODIES_OF_MANY and (not following or following[0] in _MANY)
    return bool(
        _ENDING.match_length(tokens.lower, at)
        or _OFFICES.match_length(tokens.lower, at)
        or (_HONORIFICS.match_length(tokens.lower, at) and not tokens.capital[at - 1])
    )


def _goes_on_after_and(tokens: Tokens, at: int) -> bool:
    if _HONORIFICS.match_length(tokens.lower, at) or _OFFICES.match_length(tokens.lower, at) or name_length(tokens, at):
        return False
    return tokens.capital[at] or _NOUNS.match_length(tokens.lower, at) > 1
