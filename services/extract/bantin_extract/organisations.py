"""Names the organisations in an article in one canonical form: abbreviations spelled out, tied to their place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bantin.events import Evidence
from bantin_extract.letters import LETTER
from bantin_extract.organisation_phrases import HEADS, head_length, phrase_end
from bantin_extract.person_names import comparable
from bantin_extract.phrases import PhraseTable
from bantin_extract.places import Places
from bantin_extract.story import Story
from bantin_extract.tables import listed, toml
from bantin_extract.tokens import Tokens

_ABBREVIATIONS: dict[str, str] = toml("organisations")["abbreviations"]
_ABBREVIATION = re.compile(
    rf"(?<![{LETTER}])(?:{'|'.join(sorted(map(re.escape, _ABBREVIATIONS), key=len, reverse=True))})(?![{LETTER}])"
)
_FRONT = re.compile(r"Mặt trận Tổ quốc(?! Việt Nam)", re.IGNORECASE)
_ROLES = PhraseTable(listed("roles", "heads"))
_WHOLE = frozenset(map(comparable, listed("organisations", "whole")))
_LEVELLED = PhraseTable(listed("organisations", "levelled"))
_SMALL_HEADS = PhraseTable(listed("organisations", "small_heads"))
_FIRST_WORDS = HEADS.first_words | _SMALL_HEADS.first_words
_PROVINCIAL = ("tỉnh", "Tỉnh ủy", "Tỉnh đoàn")
_DISTRICT = ("huyện", "Huyện ủy", "Huyện đoàn", "thị xã", "Thị ủy")
_TERM = re.compile(r"\s(?:khóa|khoá|nhiệm kỳ)\s.*$", re.IGNORECASE)
_GENERIC = re.compile(r"\bcấp (?:tỉnh|huyện|xã|trên|dưới|cơ sở)\b", re.IGNORECASE)
_GENERIC_AFTER = frozenset(("các", "cấp", "những", "mỗi", "nào"))
_LETTERS = frozenset(letters for kind in toml("documents")["kinds"] for letters in kind["letters"])
_JOINS = frozenset((",", "-", "–", "/"))
_NO_HEAD_AFTER = frozenset(("thông", "cảnh", "dự", "cơ", "trụ", "chủ"))
"""First halves of words whose second half reads like a head ("thông báo", "trụ sở")."""
_LEVEL_WORDS = frozenset(("tỉnh", "huyện", "xã", "phường", "thị", "thành", "quận", "cao", "ủy", "ương", "gia"))
_TELLING_WORDS = 4
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
    for passage in story.passages:
        for span in _levelled(passage.tokens, _spans(passage.tokens)):
            name, start, end = passage.tokens.slice(span.first, span.past)
            if _GENERIC.search(name):
                continue
            canonical = canonical_name(name + span.tail, places)
            key = comparable(canonical)
            if key not in found:
                evidence = passage.evidence("organisations", canonical, (start, end), "name")
                found[key] = (canonical, evidence)
    return tuple(name for name, _ in found.values()), tuple(evidence for _, evidence in found.values())


def canonical_name(name: str, places: Places) -> str:
    """Return a name with its abbreviations spelled out, without a term of office, tied to the article's place."""
    full = _ABBREVIATION.sub(lambda match: _ABBREVIATIONS[match[0]], _TERM.sub("", name))
    full = _FRONT.sub("Mặt trận Tổ quốc Việt Nam", " ".join(full.replace("Uỷ", "Ủy").replace("uỷ", "ủy").split()))
    full = full[:1].upper() + full[1:]
    if places.province and full.endswith(_PROVINCIAL):
        return f"{full} {places.province}"
    if len(places.districts) == 1 and full.endswith(_DISTRICT):
        return f"{full} {places.districts[0]}"
    return full


def _spans(tokens: Tokens) -> list[_Span]:
    spans: list[_Span] = []
    past = 0
    for at, word in enumerate(tokens.lower):
        if at < past or word not in _FIRST_WORDS:
            continue
        head = head_length(tokens, at) if tokens.capital[at] else _small_head(tokens, at)
        if not head or _is_office(tokens, at) or _in_number(tokens, at) or (at and tokens.lower[at - 1] == "các"):
            continue
        past = phrase_end(tokens, at)
        if past >= at + head and past - at <= _MAX_WORDS:
            spans.append(_Span(at, past, head))
    return spans


def _small_head(tokens: Tokens, at: int) -> int:
    """Return the length of a head that is written small; a name with a capital must follow it."""
    head = _SMALL_HEADS.match_length(tokens.lower, at)
    if head == 1 and at and tokens.lower[at - 1] in _NO_HEAD_AFTER:
        return 0
    return head if head and at + head < len(tokens) and tokens.capital[at + head] else 0


def _is_office(tokens: Tokens, at: int) -> bool:
    return _ROLES.match_length(tokens.lower, at) > 0


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
            words_after_head = tokens.slice(after.first + after.head, after.past)[0] if _has_tail(after) else ""
            tail = f" {words_after_head}" if words_after_head else after.tail
            tail = tail if _LEVELLED.match_length(tokens.lower, span.first) == span.head else ""
        after = _Span(span.first, span.past, span.head, tail)
        if tail or _is_named(tokens, span):
            kept.append(after)
    return kept[::-1]


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
        return False
    rest = range(span.first + span.head, span.past)
    abbreviated = span.head == 1 and len(tokens.words[span.first]) > 2 and tokens.words[span.first].isupper()
    if span.head == 1 and not abbreviated:
        last = tokens.words[span.past - 1]
        named = tokens.capital[span.first + 1] or last.isdigit()
        return named and (len(rest) > 1 or last.isdigit() or (len(last) > 1 and last.isupper()))
    return len(rest) >= _TELLING_WORDS or any(
        tokens.capital[at] or tokens.lower[at] in _LEVEL_WORDS or tokens.words[at].isdigit() for at in rest
    )
