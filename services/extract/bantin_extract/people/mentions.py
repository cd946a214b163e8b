"""Reads who is named in one paragraph, with the offices given there.

`Đồng chí X, A, B` · `A X` · `X – A` · `các đồng chí A: X – B; Y – C` · `các A X và Y`, where A, B and C are offices.
"""

from dataclasses import dataclass, field
from itertools import compress, count

from bantin_extract.people.introductions import FIRST_WORDS, is_plural, read_introduction
from bantin_extract.people.names import SURNAMES, name_length
from bantin_extract.people.office_ends import is_abroad
from bantin_extract.people.offices import BEFORE, HEADS, Role, office, read_role
from bantin_extract.people.role_runs import roles_after
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_OPENINGS = PhraseTable((*listed("roles", "honorifics"), *listed("roles", "callings"), *listed("roles", "heads")))
_OPENING = _OPENINGS.first_words | BEFORE
_NAMED_AFTER = frozenset(listed("surnames", "named_after"))
_UNITS = frozenset(("xã", "phường", "trấn", "thôn", "ấp", "bản", "làng", "buôn"))
_NO_UNITS = frozenset((("thành", "phố"), ("môi", "trường"), ("thị", "trường"), ("thị", "xã"), ("thị", "trấn")))
_BEFORE_NAME = frozenset(("", ":", ",", "-", "–", "—"))
_RIGHT_BEFORE = frozenset(("", ":", "-", "–", "—"))
_HOLDERS = PhraseTable(listed("roles", "holders"))
_DISMISSED = (("miễn", "nhiệm"), ("bãi", "nhiệm"))
_SEVERAL_HOLDERS = frozenset(("các", "những"))
_HOLDING = frozenset(("gồm", "là"))
_BEFORE_ITEM = frozenset(("và", "gồm", "là", "có"))
"""Words before the first or the last of several people."""
_ON_BEHALF = frozenset(("theo", "thừa", "thực", "thay", "căn"))
_LONG_NAME = 3
_MAX_QUOTED = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named; `introduced`: by a form of address, so that a part of the name may do."""

    name: str
    first: int
    past: int
    roles: tuple[Role, ...]
    introduced: bool = False


@dataclass(slots=True)
class _Reading:
    """What a reader of one passage keeps in mind.

    `pending`: offices read before a name, up to word `pending_to`. `shared`: offices that a list's people have in
    common, `plural`: whether such a list was opened. `introduced_at`: the word behind an introduction that began at
    `introduced_from`; `surely` as `Introduction.surely`. `listed_to`: past the last name that stood without an office.
    """

    mentions: list[Mention] = field(default_factory=list[Mention])
    pending: list[Role] = field(default_factory=list[Role])
    pending_to: int = -1
    shared: tuple[Role, ...] = ()
    plural: bool = False
    introduced_at: int = -1
    introduced_from: int = -1
    surely: bool = False
    listed_to: int = -1


def read_mentions(tokens: Tokens) -> list[Mention]:
    """Return the people named in one paragraph with the roles given there."""
    reading = _Reading()
    lower = tokens.lower
    openings = {at for at in tokens.where(_OPENING) if lower[at] in BEFORE or _OPENINGS.match_length(lower, at)}
    if not openings:
        return reading.mentions
    past = 0
    for at in sorted(openings.union(compress(count(), tokens.capital))):
        if at < past:
            continue
        if reading.pending or reading.shared or reading.plural:
            _forget(reading, tokens, past, at)
        if at in openings or lower[at] in SURNAMES or reading.introduced_at == at:
            past = _take(reading, tokens, at, opens=at in openings)
        else:
            reading.pending.clear()
            past = at + 1
    return reading.mentions


def _forget(reading: _Reading, tokens: Tokens, past: int, at: int) -> None:
    """Drop what does not reach beyond a sentence, and offices that no name or further office follows."""
    if past and (reading.shared or reading.plural):
        between = tokens.text[tokens.spans[past - 1][1] : tokens.spans[at][0]]
        if "." in between or "\n" in between:
            reading.shared, reading.plural = (), False
    if reading.pending and (reading.pending_to != at or not _is_beside(reading, tokens, at, _BEFORE_NAME)):
        reading.pending.clear()


def _is_beside(reading: _Reading, tokens: Tokens, at: int, marks: frozenset[str]) -> bool:
    """Return whether one of the marks stands before word `at`, or the dot of the abbreviation that introduces it."""
    mark = tokens.gap(at).strip(" ")
    return mark in marks or (mark == "." and reading.introduced_at == at)


def _take(reading: _Reading, tokens: Tokens, at: int, *, opens: bool) -> int:
    """Read what stands at word `at`; return the index of the next word to read.

    `opens`: an introduction or an office may begin there.
    """
    introduction = read_introduction(tokens, at) if opens else None
    role = read_role(tokens, at) if opens else None
    if introduction and (role is None or HEADS.match_length(tokens.lower, at) < introduction.past - at):
        if introduction.plural:
            reading.shared = reading.shared if at and tokens.lower[at - 1] in _HOLDING else ()
            reading.plural = True
        joined = tokens.gap(at).strip(" ") == "," and not introduction.plural
        if joined or (":" not in tokens.gap(at) and _is_beside(reading, tokens, at, _RIGHT_BEFORE)):
            reading.pending_to = introduction.past
        else:
            reading.pending.clear()
        reading.introduced_from = reading.introduced_from if reading.introduced_at == at else at
        reading.introduced_at, reading.surely = introduction.past, introduction.surely
        return introduction.past
    if role:
        return _take_role(reading, tokens, role)
    introduced = reading.introduced_at == at
    length = name_length(tokens, at, introduced=introduced and reading.surely)
    if introduced and not reading.surely and length < _LONG_NAME:
        reading.introduced_at = -1
    if length and not _names_a_place(tokens, at, held=bool(reading.pending) and reading.pending_to == at):
        return _take_name(reading, tokens, at, length)
    reading.pending.clear()
    return at + 1


def _take_role(reading: _Reading, tokens: Tokens, role: Role) -> int:
    """Keep an office for the name that follows it, or for the list of names that it opens."""
    at = role.first
    if ":" in tokens.gap(at) or (reading.pending and _is_on_behalf(tokens, reading.pending[0].first)):
        reading.pending.clear()
    reading.pending.append(role)
    reading.pending_to = role.past
    if holders := _past_holders(tokens, role.past):
        return _take_holders(reading, tokens, role, holders)
    colon = ":" in tokens.gap(role.past)
    several = is_plural(tokens, at) and (colon or _is_named(tokens, role.past))
    listed_by_office = reading.introduced_at == at and (reading.plural or colon)
    if listed_by_office or _is_before_foreigner(tokens, role.past):
        reading.introduced_from = reading.introduced_at = role.past
        reading.surely = True
    if colon and (reading.plural or several):
        reading.plural = True
        reading.shared = tuple(reading.pending)
        reading.pending.clear()
    elif several:
        reading.plural = True
        reading.shared = tuple(reading.pending)
    return role.past


def _past_holders(tokens: Tokens, at: int) -> int:
    """Return the word behind "gồm" or "là" that says who holds the office before word `at`; 0 where nobody is named.

    "Ba Phó Chủ tịch, gồm: ông …", "Chủ tịch Hội đồng là bà …".
    """
    if tokens.gap(at).strip(" ") not in ("", ",") or not (length := _HOLDERS.match_length(tokens.lower, at)):
        return 0
    past = at + length
    if past >= len(tokens) or tokens.gap(past).strip(" ") not in ("", ":"):
        return 0
    introduced = tokens.lower[past] in FIRST_WORDS or tokens.lower[past] in _SEVERAL_HOLDERS
    return past if introduced or name_length(tokens, past) else 0


def _take_holders(reading: _Reading, tokens: Tokens, role: Role, past: int) -> int:
    """Keep an office for those whom "gồm" or "là" names behind it, up to word `past`."""
    if is_plural(tokens, role.first):
        reading.plural = True
        if tokens.lower[max(0, role.first - 3) : role.first - 1] in _DISMISSED:
            reading.pending.clear()
        reading.shared = tuple(reading.pending)
        reading.pending.clear()
    elif tokens.lower[past - 1] == "là" and tokens.lower[past] not in _SEVERAL_HOLDERS:
        reading.shared = ()
        reading.pending_to = past
    return past


def _is_before_foreigner(tokens: Tokens, at: int) -> bool:
    """Return whether an office abroad ends before word `at`, and a name may follow."""
    return at < len(tokens) and tokens.capital[at] and not tokens.gap(at).strip(" ") and is_abroad(tokens, at)


def _is_on_behalf(tokens: Tokens, at: int) -> bool:
    """Return whether an office stands in a phrase such as "thừa ủy quyền của …,": the next office is another's."""
    if at == 0 or tokens.lower[at - 1] not in ("của", "quyền", "mặt"):
        return False
    for before in range(at - 1, max(-1, at - 9), -1):
        if tokens.lower[before] in _ON_BEHALF:
            return True
        if tokens.gap(before).strip(" "):
            return False
    return False


def _is_named(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and not tokens.gap(at).strip(" ") and name_length(tokens, at) > 0


def _names_a_place(tokens: Tokens, at: int, *, held: bool) -> bool:
    """Return whether the words before make a street, a school or a commune of the name ("xã …", "đường …").

    `held`: an office stands right before, whose own last word a unit's may be ("Trưởng bản …", "Chủ tịch UBND xã …").
    """
    if at == 0 or tokens.gap(at) != " " or tokens.lower[at - 1] not in _NAMED_AFTER:
        return False
    return not (held and (tokens.lower[at - 1] in _UNITS or tokens.lower[at - 2 : at] in _NO_UNITS))


def _take_name(reading: _Reading, tokens: Tokens, at: int, length: int) -> int:
    past = at + length
    before = tuple(reading.pending) if _follows_roles(reading, tokens, at) else ()
    after, end = roles_after(tokens, past, titled=bool(before), listed_people=reading.plural or ":" in tokens.gap(at))
    introduced = reading.introduced_at == at
    if after and introduced and tokens.gap(reading.introduced_from).strip(" ") == ",":
        before = ()
    item = _is_list_item(tokens, reading.introduced_from if introduced else at)
    goes_on = reading.listed_to in (at, at - 1) and length >= _LONG_NAME and item
    shared = reading.shared if item and not before else ()
    reading.pending.clear()
    known = before or after or shared or introduced or goes_on or (reading.plural and item)
    if not known or _is_quoted(tokens, at):
        return past
    roles = (*_without_narrower(shared, after), *(role for role in (*before, *after) if role not in shared))
    reading.mentions.append(Mention(tokens.slice(at, past)[0], at, past, roles, introduced))
    reading.listed_to = -1 if before or after else end
    return end


def _without_narrower(shared: tuple[Role, ...], own: tuple[Role, ...]) -> tuple[Role, ...]:
    """Return the offices of a list without those whose holder's own office says more ("Phó Chủ tịch Thường trực")."""
    kinds = tuple(kind for role in own if (kind := office(role.text)).count(" ") == role.text.count(" "))
    return tuple(role for role in shared if not any(kind.startswith(office(role.text)) for kind in kinds))


def _follows_roles(reading: _Reading, tokens: Tokens, at: int) -> bool:
    """Return whether offices stand right before the name at word `at`, or before its introduction."""
    return bool(reading.pending) and reading.pending_to == at and _is_beside(reading, tokens, at, _RIGHT_BEFORE)


def _is_list_item(tokens: Tokens, at: int) -> bool:
    """Return whether a name stands where the next item of a list of people does."""
    return tokens.gap(at).strip(" ") in (",", ";", ":") or (at > 0 and tokens.lower[at - 1] in _BEFORE_ITEM)


def _is_quoted(tokens: Tokens, at: int) -> bool:
    """Return whether word `at` stands inside a short quotation: a name in a movement's name is nobody's.

    It may end in another style than it began; one that no mark ends nearby, or that holds a full stop, is none.
    """
    for before in range(at, max(-1, at - _MAX_QUOTED), -1):
        gap = tokens.gap(before)
        if _opens_quotation(gap):
            return any(
                _closes_quotation(tokens.gap(past))
                for past in range(at + 1, min(len(tokens), before + 2 * _MAX_QUOTED) + 1)
            )
        if _closes_quotation(gap) or "." in gap or "\n" in gap:
            return False
    return False


def _opens_quotation(gap: str) -> bool:
    """Return whether a quotation begins in what stands between two words."""
    return "“" in gap or gap.endswith('"')


def _closes_quotation(gap: str) -> bool:
    return "”" in gap or '"' in gap
