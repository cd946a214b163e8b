"""Reads the lines that sign an article: who wrote it, and from where it was taken."""

import re
from dataclasses import dataclass
from itertools import chain

from bantin_extract.text.letters import LETTER, LOWER, UPPER, unmarked, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

_AUTHOR_WORDS = frozenset(listed("bylines", "author_words"))
_PHOTO_WORDS = frozenset(listed("bylines", "photo_words"))
_SOURCE_WORDS = frozenset(listed("bylines", "source_words"))
_SOURCE_HEADS = PhraseTable(listed("bylines", "source_heads"))
_CHROME = PhraseTable(listed("chrome", "phrases"))
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in _AUTHOR_WORDS | _PHOTO_WORDS | _SOURCE_WORDS)
_WORD = re.compile(rf"[{LETTER}]+")
_WORD_OF_NAME = rf"[{UPPER}](?:['’][{UPPER}])?[{LOWER}'’]*"
_NAME = re.compile(
    rf"{_WORD_OF_NAME}(?:\s{_WORD_OF_NAME}){{1,4}}|H['’][{UPPER}][{LOWER}]+"
    rf"|[{UPPER}]{{2,10}}(?:\s[{UPPER}]{{1,10}}){{1,4}}"
)
_INITIALS = re.compile(rf"[{UPPER}]{{1,4}}(?:\.\s?[{UPPER}][{LOWER}]{{0,6}}|[{UPPER}]){{0,3}}\.?")
_DOMAIN = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,40}\.){1,4}(?:vn|com|net|org|info)(?:\.vn)?", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;&/–]|\s-\s|-\s|\s-|\bvà\b)\s*")
_BRACKET = re.compile(r"^(?P<before>[^()]{0,120})\((?P<inside>[^()]{2,100})\)\s*\.?$")
_WITH_SOURCE = re.compile(r"^(?P<names>[^()]{2,80}?)(?:\s?[–/]\s?|,\s|\s?-\s|\s-)(?P<source>[^,–/]{3,60})$")
_PHOTOS = re.compile(r"\s?[;,.–-]?\s?(?:hình ảnh|ảnh|video|clip|đồ họa)\s?:.*$", re.IGNORECASE)
_NO_PERSONS = frozenset(
    "tỉnh huyện xã phường quận ubnd hđnd mttq ban sở đảng hội khoa khu đoàn công trường số tin bài".split()
    + "admin administrator editor quantri super".split()
)
_MAX = 140


@dataclass(frozen=True, slots=True)
class Span:
    """A value and where it stands in the text it was read from."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Byline:
    """Who and where a signing line names."""

    authors: tuple[Span, ...] = ()
    source: Span | None = None


def read_byline(text: str) -> Byline | None:
    """Return what a line signs, None where it is no by-line and no source line."""
    if not 2 <= len(text) <= _MAX:
        return None
    stripped = text.strip(" .-–*")
    base = text.find(stripped)
    return (
        _bracketed(stripped, base)
        or _prefixed(stripped, base)
        or _with_source(stripped, base)
        or (Byline(authors) if (authors := _names(stripped, base)) else None)
    )


def _with_source(text: str, base: int) -> Byline | None:
    """Read "A - Đài …", "A, B/TTXVN": names with the body that they write for."""
    match = _WITH_SOURCE.match(text)
    if match is None or not _SOURCE_HEADS.starts(match["source"]):
        return None
    authors = _names(match["names"], base)
    start = base + match.start("source")
    return Byline(authors, Span(match["source"], start, start + len(match["source"]))) if authors else None


def _prefixed(text: str, base: int) -> Byline | None:
    """Read "Tin, ảnh: A – B", "Theo X", "Nguồn: X"."""
    first = _WORD.match(text)
    if first is None or unmarked(first[0]) not in _FIRST_WORDS:
        return None
    tokens = list(_WORD.finditer(text[:60]))
    for count in range(min(5, len(tokens) - 1), 0, -1):
        lead = " ".join(unmarked(token[0]) for token in tokens[:count])
        at = tokens[count - 1].end()
        rest_at = at + len(text[at:]) - len(text[at:].lstrip(" :-–,"))
        rest, colon = text[rest_at:], ":" in text[at:rest_at]
        if (
            lead in _SOURCE_WORDS
            and rest
            and (colon or len(words(rest)) <= 9)
            and (rest[0].isupper() or _DOMAIN.match(rest))
        ):
            rest = rest.rstrip(")")
            if "," in rest and not colon:
                return None
            return Byline(source=Span(rest, base + rest_at, base + rest_at + len(rest)))
        short = lead in _AUTHOR_WORDS and (colon or len(words(rest)) <= 12)
        if short and (signed := _signed_by(_PHOTOS.sub("", rest), base + rest_at, colon=colon)):
            return signed
        if lead in _PHOTO_WORDS and colon and _names(rest, 0):
            return Byline()
    return None


def _signed_by(text: str, base: int, *, colon: bool) -> Byline | None:
    """Read what follows "Tin:" or "Tác giả:": names, with the body they write for, or a body alone."""
    inner = _bracketed(text, base) or _with_source(text, base)
    if authors := inner.authors if inner else _names(text, base, signed=True):
        return Byline(authors, inner.source if inner else None)
    named = colon and _SOURCE_HEADS.starts(text)
    return Byline(source=Span(text, base, base + len(text))) if named else None


def _bracketed(text: str, base: int) -> Byline | None:
    """Read "A (Đài …)", "(Theo X)", "(trang.vn)"."""
    match = _BRACKET.match(text)
    if not match:
        return None
    inside, at = match["inside"].strip(), base + match.start("inside")
    source = _named_source(inside, at)
    before = match["before"].strip(" .-–")
    if not before:
        whole = () if source or not _NAME.fullmatch(inside) else _names(inside, at)
        return Byline(whole, source) if source or whole else None
    authors = _names(before, base + text.find(before)) or (
        inner.authors if (inner := _prefixed(before, base + text.find(before))) else ()
    )
    return Byline(authors, source) if authors else None


def _named_source(text: str, at: int) -> Span | None:
    prefixed = _prefixed(text, at)
    if prefixed and prefixed.source:
        return prefixed.source
    if _DOMAIN.fullmatch(text) or _SOURCE_HEADS.starts(text):
        return Span(text, at, at + len(text))
    return None


def _names(text: str, base: int, *, signed: bool = False) -> tuple[Span, ...]:
    """Return the names that the text consists of; () if anything else stands there."""
    spans: list[Span] = []
    at = 0
    for part in chain(_PARTS.finditer(text), (None,)):
        end = part.start() if part else len(text)
        name = text[at:end].strip(" .")
        if name:
            if not _is_name(name, signed=signed):
                return ()
            start = base + at + text[at:end].find(name)
            spans.append(Span(name, start, start + len(name)))
        at = part.end() if part else end
    return tuple(spans) if len(spans) <= 4 else ()


def _is_name(text: str, *, signed: bool) -> bool:
    found = words(text)
    if not found or found[0] in _NO_PERSONS or _CHROME.covered(found) == len(found):
        return False
    if _NAME.fullmatch(text) or _INITIALS.fullmatch(text):
        return True
    return signed and len(found) == 1 and text[:1].isupper()
