"""Names the organisations in an article in one canonical form: abbreviations spelled out, tied to their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bantin.events import Evidence
from bantin_extract.organisations.boundaries import HEADS, TAILS, TWO_WORD_LEVELS, head_length
from bantin_extract.organisations.names import canonical_name
from bantin_extract.organisations.phrases import phrase_end, purpose_length
from bantin_extract.people.names import SURNAMES, comparable, name_length
from bantin_extract.places.communes import Communes
from bantin_extract.places.find import Places
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.story import Story
from bantin_extract.text.tables import listed, toml
from bantin_extract.text.tokens import Tokens

_ROLES = PhraseTable(listed("roles", "heads"))
_WHOLE = frozenset(map(comparable, listed("organisations", "whole")))
_LEVELLED = PhraseTable(
    (*listed("organisations", "levelled"), *(head for head in listed("organisations", "heads") if head[:4] == "hội "))
)
_NOT_HEADS = PhraseTable(listed("organisations", "not_heads"))
_SMALL_HEADS = PhraseTable(listed("organisations", "small_heads"))
_SMALL_FIRST_WORDS = _SMALL_HEADS.first_words
_FIRST_WORDS = HEADS.first_words | _SMALL_FIRST_WORDS
_GENERIC = re.compile(r"\bcấp (?:tỉnh|huyện|xã|trên|dưới|cơ sở)\b", re.IGNORECASE)
_GENERIC_AFTER = frozenset(("các", "cấp", "những", "mỗi", "nào"))
_LETTERS = frozenset(letters for kind in toml("documents")["kinds"] for letters in kind["letters"])
_JOINS = frozenset((",", "-", "–", "/"))
_WHOLE_LETTERS = frozenset(name.upper() for name in _WHOLE if " " not in name)
"""Names by letters, that nothing goes on ("TTXVN")."""
_NO_HEAD_AFTER = frozenset(("thông", "cảnh", "dự", "cơ", "trụ", "chủ"))
"""First halves of words whose second half reads like a head ("thông báo", "trụ sở")."""
_OFFICE_ENDS = frozenset(("tịch", "thư", "trưởng", "ban", "nhiệm", "đốc", "tướng"))
_COMMITTEE_NAMES = ("huyện ủy", "thị ủy", "thành ủy", "quận ủy", "tỉnh ủy")
_COMMITTEES = PhraseTable(_COMMITTEE_NAMES)
_SMALL_LEVELS = frozenset(("tỉnh", "huyện", "xã", "phường", "thị", "thành", "quận"))
_LEADING_LEVEL = re.compile(
    r"(?:tỉnh|huyện|quận|thị xã|thành phố|TP\.?|TX\.?|xã|phường|thị trấn|cấp)(?:\s(?!ủy|đoàn)|$)", re.IGNORECASE
)
_COMPANIES = PhraseTable(("công ty", "công ty cổ phần", "công ty tnhh", "hợp tác xã", "htx"))
_LEVEL_WORDS = frozenset(("tỉnh", "huyện", "xã", "phường", "thị", "trấn", "thành", "quận", "cao", "ủy", "ương", "gia"))
_FIRST_HALVES = frozenset(("thị", "thành"))
"""Words of the words for a town and a city that mean something else by themselves, too."""
_SECOND_HALVES = frozenset(("xã", "trấn", "phố", "ủy", "đoàn"))
_TELLING_WORDS = 4
_FULL_NAME = 3
_MAX_WORDS = 16


@dataclass(frozen=True, slots=True)
class _Span:
    """The words of an organisation's name; `head` of them say what kind of body it is; `tail`: a level said later."""

    first: int
    past: int
    head: int
    tail: str = ""


def find_organisations(story: Story, places: Places) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Return the organisations in order of first mention, each once."""
    found: dict[str, tuple[str, Evidence]] = {}
    communes = Communes(story)
    for passage in story.passages:
        for span in _levelled(passage.tokens, _spans(passage.tokens)):
            name, start, end = passage.tokens.slice(span.first, span.past)
            if _GENERIC.search(name + span.tail):
                continue
            canonical = canonical_name(name + span.tail, places, communes, passage.start + start, passage.start)
            if canonical is None:
                continue
            key = comparable(canonical)
            if key not in found:
                evidence = passage.evidence("organisations", canonical, (start, end), "name")
                found[key] = (canonical, evidence)
    return tuple(name for name, _ in found.values()), tuple(evidence for _, evidence in found.values())


def _spans(tokens: Tokens) -> list[_Span]:
    spans: list[_Span] = []
    past = 0
    for at in tokens.where(_FIRST_WORDS):
        if at < past or not (tokens.capital[at] or tokens.lower[at] in _SMALL_FIRST_WORDS):
            continue
        head = head_length(tokens, at) if tokens.capital[at] else _small_head(tokens, at)
        if (
            not head
            or _NOT_HEADS.match_length(tokens.lower, at) > head
            or _is_office(tokens, at)
            or _is_person(tokens, at, head)
            or _ends_office(tokens, at)
            or _in_number(tokens, at)
            or (at and tokens.lower[at - 1] == "các")
            or (at and tokens.lower[at - 1] == "luật" and head == 1)
        ):
            continue
        past = at + 1 if tokens.words[at] in _WHOLE_LETTERS else phrase_end(tokens, at)
        if past >= at + head and past - at <= _MAX_WORDS:
            spans.append(_Span(at, past, head))
    return spans


def _small_head(tokens: Tokens, at: int) -> int:
    """Return the length of a head that is written small; a name with a capital, or a level, must follow it."""
    head = _SMALL_HEADS.match_length(tokens.lower, at)
    if not head or (at and tokens.lower[at - 1] in (_NO_HEAD_AFTER if head == 1 else _GENERIC_AFTER)):
        return 0
    if at and head == _COMMITTEES.match_length(tokens.lower, at):
        if _is_kind_of_committee(tokens, at):
            return 0
        if tokens.lower[at - 1] in _OFFICE_ENDS:
            return head
    return head if any(tokens.capital[at + 1 : at + head]) or _is_named_after(tokens, at, head) else 0


def _is_named_after(tokens: Tokens, at: int, head: int) -> bool:
    """Return whether a name, a level that the body has, or a company's purpose follows a head that is written small."""
    after = at + head
    if _COMPANIES.match_length(tokens.lower, at) == head and purpose_length(tokens, after, named_freely=True):
        return True
    if after >= len(tokens) or tokens.capital[after]:
        return after < len(tokens)
    levelled = _LEVELLED.match_length(tokens.lower, at) == head
    return tokens.lower[after] in _SMALL_LEVELS and (levelled or _is_place(tokens, after))


def _is_kind_of_committee(tokens: Tokens, at: int) -> bool:
    """Return whether a committee stands among those of other levels: "huyện ủy, thị ủy" is none certain."""
    others = ((at - 2, at), (at - 1, at), (at + 2, at + 2))
    return any(
        first >= 0
        and tokens.gap(gap_at) == ", "
        and tokens.lower[first] != tokens.lower[at]
        and (_COMMITTEES.match_length(tokens.lower, first) == 2 or f"{tokens.lower[first]} ủy" in _COMMITTEE_NAMES)
        and not tokens.capital[first]
        for first, gap_at in others
    )


def _is_place(tokens: Tokens, at: int) -> bool:
    """Return whether a level with the name of a place begins at word `at` ("huyện …", "thị xã …")."""
    name = at + 1 + (tokens.lower[at : at + 2] in TWO_WORD_LEVELS)
    return name < len(tokens) and tokens.capital[name] and tokens.gap(name) == " "


def _is_office(tokens: Tokens, at: int) -> bool:
    return _ROLES.match_length(tokens.lower, at) > 0


def _is_person(tokens: Tokens, at: int, head: int) -> bool:
    """Return whether somebody is named whose family name reads like a kind of body ("Đoàn Văn Bảy")."""
    return head == 1 and tokens.lower[at] in SURNAMES and name_length(tokens, at) >= _FULL_NAME


def _ends_office(tokens: Tokens, at: int) -> bool:
    """Return whether "Thường trực" belongs to the office before it ("Phó Chủ tịch Thường trực")."""
    return at > 0 and tokens.lower[at] == "thường" and tokens.gap(at) == " " and tokens.lower[at - 1] in _OFFICE_ENDS


def _in_number(tokens: Tokens, at: int) -> bool:
    """Return whether the word stands inside a document's number ("1523/UBND", "QĐ-UBND")."""
    gap = tokens.gap(at)
    if gap not in ("/", "-", "–"):
        return False
    before = tokens.words[at - 1]
    return before.isdigit() or before in _LETTERS


def _levelled(tokens: Tokens, spans: Sequence[_Span]) -> list[_Span]:
    """Give bodies named together the level of the last, and leave out what names nobody."""
    kept: list[_Span] = []
    after: _Span | None = None
    for span in reversed(spans):
        tail = ""
        if after is not None and span.past - span.first == span.head and _are_joined(tokens, span.past, after.first):
            tail = _shared_level(tokens, span, after)
        after = _Span(span.first, span.past, span.head, tail)
        if tail or _is_named(tokens, span):
            kept.append(after)
    return kept[::-1]


def _shared_level(tokens: Tokens, span: _Span, after: _Span) -> str:
    """Return what the name of the next body says of this one too: its level and place, for a committee the place."""
    said = tokens.slice(after.first + after.head, after.past)[0] if _has_tail(after) else after.tail
    level = said.strip().removeprefix("Việt Nam ")
    if not _LEADING_LEVEL.match(level):
        return ""
    if _COMMITTEES.match_length(tokens.lower, span.first) == span.head:
        same = tokens.lower[span.first] == level.split(" ")[0].lower().replace("tp", "thành").replace("tx", "thị")
        level = _LEADING_LEVEL.sub("", level) if same else ""
    elif _LEVELLED.match_length(tokens.lower, span.first) != span.head:
        return ""
    return f" {level}" if level else ""


def _has_tail(span: _Span) -> bool:
    return span.past > span.first + span.head


def _are_joined(tokens: Tokens, past: int, first: int) -> bool:
    """Return whether nothing but a comma, a dash or "và" stands between two names."""
    if past == first:
        return tokens.gap(first).strip(" ") in _JOINS
    return past + 1 == first and tokens.lower[past] == "và" and not tokens.gap(past).strip(" ,")


def _is_named(tokens: Tokens, span: _Span) -> bool:
    """Return whether a certain body is meant: more than its kind, and no two syllables that a place may be called."""
    name = " ".join(tokens.lower[span.first : span.past])
    if comparable(name) in _WHOLE:
        return True
    if not _has_tail(span):
        return False
    if span.past < len(tokens) and tokens.lower[span.past] in _GENERIC_AFTER and not tokens.gap(span.past).strip(" "):
        return tokens.lower[span.past] == "cấp" and tokens.lower[span.past - 1] in _SMALL_LEVELS
    if _is_kind_of_level(tokens, span.past):
        return False
    rest = range(span.first + span.head, span.past)
    abbreviated = span.head == 1 and len(tokens.words[span.first]) > 2 and tokens.words[span.first].isupper()
    if span.head == 1 and not abbreviated:
        last = tokens.words[span.past - 1]
        tail = TAILS.match_length(tokens.lower, span.first + 1) > 1 and any(map(tokens.capital.__getitem__, rest))
        named = tokens.capital[span.first + 1] or last.isdigit() or tail
        return named and (len(rest) > 1 or last.isdigit() or (len(last) > 1 and last.isupper()))
    return len(rest) >= _TELLING_WORDS or any(
        tokens.capital[at] or tokens.lower[at] in _LEVEL_WORDS or tokens.words[at].isdigit() for at in rest
    )


def _is_kind_of_level(tokens: Tokens, past: int) -> bool:
    """Return whether a name ends with a level among several: "Công an huyện, thị xã, thành phố" is none certain."""
    if tokens.capital[past - 1] or tokens.lower[past - 1] not in _LEVEL_WORDS or past >= len(tokens):
        return False
    after = past + (tokens.lower[past] == "và")
    if after >= len(tokens) or tokens.lower[after] not in _SMALL_LEVELS or tokens.gap(past).strip(" ") not in ("", ","):
        return False
    whole = after + 1 < len(tokens) and (tokens.lower[after + 1] in _SECOND_HALVES or tokens.gap(after + 1)[0] == ",")
    return tokens.lower[after] not in _FIRST_HALVES or whole
