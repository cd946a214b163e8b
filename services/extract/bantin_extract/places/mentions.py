"""Reads where a paragraph names provinces and districts, and what stands around them: a kind, a list, brackets."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from bantin_extract.people.names import name_length
from bantin_extract.places.gazetteer import District, Province, gazetteer
from bantin_extract.text.story import Passage
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_PROVINCE_TYPES = frozenset(
    ("tỉnh", "ủy", "đoàn", "bộ", "hđnd", "ubnd", "dân", "phố", "tp", "thành", "báo", "cổng", "tổ", "quốc")
)
_DISTRICT_TYPES = frozenset(("huyện", "quận", "xã", "tx", "phố", "tp", "ủy"))
_COMMUNE_TYPES = frozenset(listed("places", "commune_types"))
_SMALLER = _COMMUNE_TYPES | frozenset(listed("places", "not_districts"))
_WRITTEN_LARGE = frozenset(("xã", "phường", "trấn", "thôn", "ấp"))
"""Those that are no part of a name where they begin with a capital, as "Chợ" and "Sông" are."""
_BETWEEN = frozenset(listed("places", "between_kind_and_name"))
_BEFORE_BARE = frozenset(listed("places", "before_bare"))
_ONLY_WITH_KIND = frozenset(listed("places", "only_with_kind"))
_LETTERS = {
    "q": "quận",
    "h": "huyện",
    "tx": "thị xã",
    "tp": "thành phố",
    "p": "commune",
    "x": "commune",
    "tt": "commune",
}
_SIGNED = frozenset(("ảnh", "tin", "bài", "thực", "hiện", "hợp"))
"""Words before the name of who wrote an article or took a picture."""
_SIGNATURE = 6
"""Words of a line that may be nothing but such a name."""
_SHORT = 6
"""Letters: a district's name of one shorter word may be anything ("Lắk")."""
_MAX_BACK = 30
_MAX_BETWEEN = 3


class Certainty(IntEnum):
    """How surely a name is that of a district or province, not of something else that bears it."""

    BARE = 1
    BRACKETS = 2
    KIND = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a province or a district is named; `kind` is the kind of unit that the text says it is."""

    passage: Passage
    span: tuple[int, int]
    province: Province | None
    districts: tuple[District, ...]
    certainty: Certainty
    kind: str = ""


def read_mentions(passage: Passage) -> Iterator[Mention]:
    """Yield the mentions of provinces and districts in a passage, in order."""
    tokens, units = passage.tokens, gazetteer()
    past = 0
    for at in tokens.where(units.first_words):
        if at < past or not tokens.capital[at]:
            continue
        length, province, districts = units.match(tokens, at)
        if not length:
            continue
        span = (tokens.spans[at][0], tokens.spans[at + length - 1][1])
        kind = _kind_before(tokens, at, province, districts)
        if _is_longer_name(tokens, at, length, kind):
            continue
        past = at + length
        if kind in ("", "list") and (found := _without_kind(tokens, at, length, (province, districts))):
            kind, certainty = found
            yield Mention(passage, span, *_meant(kind, province, districts), certainty, kind)
        elif kind not in ("", "list", "commune"):
            yield Mention(passage, span, *_meant(kind, province, districts), Certainty.KIND, kind)


def _meant(
    kind: str, province: Province | None, districts: tuple[District, ...]
) -> tuple[Province | None, tuple[District, ...]]:
    """Return the units that a name of a kind can mean."""
    if kind == "tỉnh":
        return province, ()
    if fitting := tuple(one for one in districts if kind and (not province or kind in one.kinds)):
        return None, fitting
    return province, () if province else districts


def _kind_before(tokens: Tokens, at: int, province: Province | None, districts: tuple[District, ...]) -> str:
    """Return the kind of unit that stands before a name, "commune" for what is smaller, "" where none does."""
    if at == 0 or tokens.gap(at).strip(" .") not in ("",):
        return ""
    back = at - 1
    if tokens.words[back].isupper() and (kind := _LETTERS.get(tokens.lower[back])):
        return kind
    if "." in tokens.gap(at):
        return ""
    while back > 0 and at - 1 - back < _MAX_BETWEEN and tokens.lower[back] in _BETWEEN and tokens.gap(back) == " ":
        back -= 1
    kind = _unit_word(tokens, back)
    if kind == "thành phố":
        return kind if districts or province else ""
    if kind == "tỉnh":
        return kind if province else ""
    return kind


def _unit_word(tokens: Tokens, at: int) -> str:
    """Return the kind of unit that the word at `at`, with the one before it, says; "" where it says none."""
    word, before = tokens.lower[at], tokens.lower[at - 1] if at else ""
    if word == "tỉnh" or (word in ("ủy", "đoàn") and before == "tỉnh"):
        return "tỉnh"
    if word in ("huyện", "quận", "tx"):
        return "thị xã" if word == "tx" else word
    if word in ("ủy", "đoàn") and before in ("huyện", "quận", "thị", "thành"):
        return {"thị": "thị xã", "thành": "thành phố"}.get(before, before)
    if word == "xã" and before == "thị":
        return "thị xã"
    if word == "tp" or (word == "phố" and before == "thành"):
        return "thành phố"
    return "commune" if word in (_WRITTEN_LARGE if tokens.capital[at] else _SMALLER) else ""


def _without_kind(
    tokens: Tokens, at: int, length: int, named: tuple[Province | None, tuple[District, ...]]
) -> tuple[str, Certainty] | None:
    """Return the kind that a list gives a name, or "" with how sure it is; None where it names something else."""
    province, districts = named
    start = _list_start(tokens, at)
    kind = _unit_word(tokens, start) if start >= 0 else ""
    if kind == "commune" and (_is_plural(tokens, start) or tokens.gap(at).strip(" ") != ","):
        return None
    if kind and kind != "commune" and _is_item(tokens, at) and any(_meant(kind, province, districts)):
        return kind, Certainty.BRACKETS if kind == "tỉnh" else Certainty.KIND
    if province:
        return None if province.name in _ONLY_WITH_KIND else ("", Certainty.BARE)
    if length == 1 and "'" not in tokens.lower[at] and len(tokens.words[at]) < _SHORT:
        return None
    if tokens.gap(at).rstrip(" ").endswith("("):
        return "", Certainty.BRACKETS
    stands_alone = _stands_alone(tokens, at) and name_length(tokens, at) <= length
    return ("", Certainty.BARE) if stands_alone else None


def _list_start(tokens: Tokens, at: int) -> int:
    """Return the last small word before the list of names that goes to `at`; -1 where a sentence or bracket begins."""
    back = at
    while at - back < _MAX_BACK:
        gap = tokens.gap(back).strip(" ")
        if back == 0 or gap not in ("", ",", "-", "–", "."):
            return -1
        if gap == "." and tokens.lower[back - 1] not in ("tp", "tx"):
            return -1
        back -= 1
        if _unit_word(tokens, back) or not (
            tokens.capital[back] or tokens.lower[back] == "và" or tokens.words[back].isdigit()
        ):
            return back
    return -1


def _is_plural(tokens: Tokens, at: int) -> bool:
    """Return whether several communes are listed ("các xã", "2 xã", "xã, phường")."""
    before = tokens.lower[at - 1] if at else ""
    return before in ("các", "những", "hai", "ba", "bốn", "năm", "số", "trấn") or before.isdigit()


def _is_item(tokens: Tokens, at: int) -> bool:
    return tokens.gap(at).strip(" ") in (",", "-", "–") or (at > 0 and tokens.lower[at - 1] == "và")


def _stands_alone(tokens: Tokens, at: int) -> bool:
    """Return whether nothing right before a name makes it part of another: a sentence's start, a comma, "ở", "của"."""
    if at == 0:
        return len(tokens) > _SIGNATURE
    if tokens.gap(at).strip(" "):
        return tokens.lower[at - 1] not in _SIGNED and (at + 2 < len(tokens) or "," in tokens.gap(at))
    return tokens.lower[at - 1] in _BEFORE_BARE


def _is_longer_name(tokens: Tokens, at: int, length: int, kind: str) -> bool:
    """Return whether the words are part of a longer name: a person's, a street's, an institution's."""
    if kind == "commune":
        return True
    after = at + length
    goes_on = (
        after < len(tokens) and tokens.capital[after] and tokens.gap(after) == " " and not tokens.words[after].isupper()
    )
    if goes_on and not kind:
        return True
    before = at > 0 and tokens.gap(at) == " " and tokens.capital[at - 1] and tokens.lower[at - 1] not in _PROVINCE_TYPES
    return before and not tokens.words[at - 1].isupper() and tokens.lower[at - 1] not in _DISTRICT_TYPES and not kind
