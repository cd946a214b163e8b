"""Names the organisations in an article in one canonical form: abbreviations spelled out, tied to their place."""

import re

from bantin.events import Evidence
from bantin_extract.letters import LETTER
from bantin_extract.organisation_phrases import HEADS, phrase_end
from bantin_extract.person_names import comparable
from bantin_extract.phrases import PhraseTable
from bantin_extract.story import Story
from bantin_extract.tables import listed, toml
from bantin_extract.tokens import Tokens

_ABBREVIATIONS: dict[str, str] = toml("organisations")["abbreviations"]
_ABBREVIATION = re.compile(
    rf"(?<![{LETTER}])(?:{'|'.join(sorted(map(re.escape, _ABBREVIATIONS), key=len, reverse=True))})(?![{LETTER}])"
)
_ROLES = PhraseTable(listed("roles", "heads"))
_LEVELS = ("tỉnh", "Tỉnh ủy", "Tỉnh đoàn")
_VAGUE = frozenset(
    comparable(name)
    for name in (
        "Đảng",
        "Hội",
        "Đoàn",
        "Trung ương",
        "Đại hội",
        "Ban",
        "Sở",
        "Bộ",
        "Phòng",
        "Trường",
        "Văn phòng",
        "Chủ tịch",
        "Thường trực",
        "Công an",
        "Báo",
        "Đài",
        "Viện",
    )
)
_MIN_WORDS = 2
_MAX_WORDS = 16


def find_organisations(story: Story, province: str | None) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Return the organisations in order of first mention, each once."""
    found: dict[str, tuple[str, Evidence]] = {}
    for passage in story.passages:
        for first, past in _spans(passage.tokens):
            name, start, end = passage.tokens.slice(first, past)
            canonical = _canonical(name, province)
            key = comparable(canonical)
            if key not in found and key not in _VAGUE:
                evidence = passage.evidence("organisations", canonical, (start, end), "name")
                found[key] = (canonical, evidence)
    return tuple(name for name, _ in found.values()), tuple(evidence for _, evidence in found.values())


def _spans(tokens: Tokens) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    past = 0
    for at, word in enumerate(tokens.lower):
        if at < past or word not in HEADS.first_words or not tokens.capital[at]:
            continue
        head = HEADS.match_length(tokens.lower, at)
        if not head or _ROLES.match_length(tokens.lower, at) or (at and tokens.lower[at - 1] == "các"):
            continue
        past = phrase_end(tokens, at)
        if past >= at + head and _MIN_WORDS <= past - at <= _MAX_WORDS and _is_named(tokens, at, past, head):
            spans.append((at, past))
    return spans


def _is_named(tokens: Tokens, at: int, past: int, head: int) -> bool:
    """Return whether a name stands there: a head of two words ("Tỉnh ủy"), or one with a capitalised word after it."""
    return head >= 2 or (past - at > 1 and (tokens.capital[at + 1] or tokens.words[at].isupper()))


def _canonical(name: str, province: str | None) -> str:
    full = _ABBREVIATION.sub(lambda match: _ABBREVIATIONS[match[0]], name)
    full = " ".join(full.split())
    full = full[:1].upper() + full[1:]
    if province and full.endswith(_LEVELS):
        full = f"{full} {province}"
    return full
