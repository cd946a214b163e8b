"""Finds the figures an article states: value, unit and what they count or measure.

`1.200 hộ nghèo` · `tổng vốn 45,5 tỷ đồng` · `đạt 95%`. A point groups thousands, a comma begins decimals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bantin.events import Evidence, Figure
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tables import listed_in, toml
from bantin_extract.text.tokens import Tokens

_FACTORS: dict[str, int] = toml("figures")["factors"]
_MEASURES = listed_in(toml("figures")["units"]["measures"])
_COUNTED = PhraseTable(listed_in(toml("figures")["units"]["counted"]))
_FILLERS = frozenset(listed_in(toml("figures")["units"]["fillers"]))
_ENDS = PhraseTable(listed_in(toml("figures")["units"]["ends"]))
_NUMBER = re.compile(
    r"\d(?<![\w.,/:]\d)(?<![^\d\s]-\d)(?:\d{0,2}(?:\.\d{3}){1,4}(?:,\d{1,3})?|\d{0,6}(?:[.,]\d{1,3})?)(?![\d/:])"
)
_FACTOR = re.compile(rf"\s(?P<factor>{'|'.join(_FACTORS)})(?!\w)", re.IGNORECASE)
_SMALLER = re.compile(rf"\s(?P<number>\d{{1,3}})\s(?P<factor>{'|'.join(_FACTORS)})(?!\w)", re.IGNORECASE)
"""What follows a greater factor: "2 tỷ | 500 triệu | đồng"."""
_MEASURE = re.compile(
    rf"\s?(?P<unit>{'|'.join(map(re.escape, sorted(_MEASURES, key=len, reverse=True)))})(?![\w²³])", re.IGNORECASE
)
_WORD_AHEAD = re.compile(r"\s(?=\w)")
_RANGE_MARKS = frozenset(("-", "–", ",", "."))
_RANGE_WORDS = 2
"""Words of a range's lower number ("1,2 - 1,5%")."""
_MAX_WORDS = 6
_MAX_FIGURES = 200


@dataclass(frozen=True, slots=True)
class _Stated:
    figure: Figure
    start: int
    end: int


def find_figures(story: Story) -> tuple[tuple[Figure, ...], tuple[Evidence, ...]]:
    """Return the figures of the body, in order, each once; at most 200."""
    found: dict[Figure, Evidence] = {}
    for passage in story.body:
        for stated in _read(passage):
            if stated.figure not in found and len(found) < _MAX_FIGURES:
                label = f"{stated.figure.value:.15g} {stated.figure.unit}"
                found[stated.figure] = passage.evidence("figures", label, (stated.start, stated.end), "figure")
    return tuple(found), tuple(found.values())


def _read(passage: Passage) -> Iterator[_Stated]:
    text, tokens = passage.text, passage.tokens
    past = 0
    for match in _NUMBER.finditer(text):
        if match.start() < past:
            continue
        factor = _FACTOR.match(text, match.end())
        after = factor.end() if factor else match.end()
        multiplied = _FACTORS[factor["factor"].lower()] if factor else 1
        more = 0
        if factor and (smaller := _SMALLER.match(text, after)) and _FACTORS[smaller["factor"].lower()] < multiplied:
            more, after = int(smaller["number"]) * _FACTORS[smaller["factor"].lower()], smaller.end()
            past = after
        if measure := _MEASURE.match(text, after):
            unit, end = measure["unit"].lower(), measure.end()
            counts = _measured(tokens, match.start(), end)
        elif _WORD_AHEAD.match(text, after) and (
            size := _COUNTED.match_length(tokens.lower, at := tokens.index_at(after))
        ):
            unit, _, end = tokens.slice(at, at + size)
            counts, end = _counted(tokens, at, size)
        else:
            continue
        value = _value(match[0], whole=measure is None and not factor) * multiplied + more
        yield _Stated(Figure(value=round(value, 6), unit=unit, counts=counts), match.start(), end)


def _value(written: str, *, whole: bool) -> float:
    """Return a number as Vietnam writes it; things are counted in whole numbers, so a lone comma groups thousands."""
    head, comma, tail = written.partition(",")
    if whole and comma and len(tail) == 3:
        return float(head.replace(".", "") + tail)
    if "." in head and all(len(group) == 3 for group in head.split(".")[1:]):
        head = head.replace(".", "")
    return float(f"{head}.{tail}" if comma else head)


def _counted(tokens: Tokens, at: int, size: int) -> tuple[str, int]:
    """Return what a number counts, from its unit to a word that ends it, and where that ends."""
    past = at + size
    while past < len(tokens) and past - at < _MAX_WORDS and tokens.gap(past) == " " and not _stops(tokens, past):
        past += 1
    text, _, end = tokens.slice(at, past)
    return text, end


def _measured(tokens: Tokens, start: int, end: int) -> str | None:
    """Return what stands before a measured number in its clause, without fillers, else what follows it, else None."""
    past = tokens.index_at(start)
    for _ in range(_RANGE_WORDS):
        if past > 0 and tokens.gap(past).strip(" ") in _RANGE_MARKS and tokens.words[past - 1].isdigit():
            past -= 1
    while past > 0 and tokens.gap(past).strip(" ") == "" and tokens.lower[past - 1] in _FILLERS:
        past -= 1
    first = past
    while first > 0 and past - first < _MAX_WORDS and tokens.gap(first) == " " and not _stops(tokens, first - 1):
        first -= 1
    if first < past:
        return tokens.slice(first, past)[0]
    after = tokens.index_at(end)
    if after < len(tokens) and tokens.text[end : tokens.spans[after][0]] == " " and not _stops(tokens, after):
        return _counted(tokens, after, 1)[0]
    return None


def _stops(tokens: Tokens, at: int) -> bool:
    return tokens.words[at][0].isdigit() or _ENDS.match_length(tokens.lower, at) > 0
