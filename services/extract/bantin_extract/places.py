"""Finds the province and the districts an article is about, by the names of the day it was published.

A district that only one province has gives its province; one that several have counts where the article names its
province, and is left out otherwise.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bantin.events import Evidence
from bantin_extract.gazetteer import District, Gazetteer, Province, gazetteer
from bantin_extract.labels import Label, LabelledPage
from bantin_extract.story import Passage, Story
from bantin_extract.tokens import Tokens

_PROVINCE_TYPES = frozenset(
    ("tỉnh", "ủy", "đoàn", "bộ", "hđnd", "ubnd", "dân", "phố", "tp", "thành", "báo", "cổng", "tổ", "quốc")
)
_DISTRICT_TYPES = frozenset(("huyện", "quận", "xã", "tx", "phố", "tp", "ủy"))
_ENOUGH = 2
_MASTHEAD = re.compile(r"(?:trang|cổng) thông tin điện tử|(?:^|\s)(?:báo|đài)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of an article. `today` is the province's name since 1 July 2025."""

    province: str | None = None
    today: str | None = None
    districts: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    passage: Passage
    span: tuple[int, int]
    province: Province | None
    districts: tuple[District, ...]
    typed: bool
    """A word before it says that it is a province or a district."""


def find_places(story: Story, labelled: LabelledPage) -> Places:
    """Return the province with the most support and the districts of it that are named."""
    units = gazetteer()
    mentions = [mention for passage in story.passages for mention in _mentions(passage, units)]
    best = _best_province(mentions) or _masthead_province(labelled, units)
    if best is None:
        return Places()
    province, mention = best
    evidence = [mention.passage.evidence("province", province, mention.span, "gazetteer")]
    districts: dict[str, Evidence] = {}
    for mention in mentions:
        for district in mention.districts:
            if district.province == province and mention.typed and district.name not in districts:
                districts[district.name] = mention.passage.evidence(
                    "districts", district.name, mention.span, "gazetteer"
                )
    return Places(province, units.today(province), tuple(districts), (*evidence, *districts.values()))


def _best_province(mentions: list[_Mention]) -> tuple[str, _Mention] | None:
    """Return the province with the most support, with its first mention; None where no support suffices."""
    support: Counter[str] = Counter()
    first: dict[str, _Mention] = {}
    for mention in mentions:
        in_title = mention.passage.label is Label.TITLE
        if mention.province:
            name = mention.province.name
            support[name] += 3 if mention.typed else 2 if in_title else 1
        elif mention.typed and len({district.province for district in mention.districts}) == 1:
            name = mention.districts[0].province
            support[name] += 2
        else:
            continue
        first.setdefault(name, mention)
    if not support:
        return None
    name, weight = max(support.items(), key=lambda item: item[1])
    return (name, first[name]) if weight >= _ENOUGH else None


def _masthead_province(labelled: LabelledPage, units: Gazetteer) -> tuple[str, _Mention] | None:
    """Return the one province that the site's own name tells."""
    found = {
        mention.province.name: mention
        for mention in reversed(_masthead_mentions(labelled, units))
        if mention.province and mention.typed
    }
    return next(iter(found.items())) if len(found) == 1 else None


def _mentions(passage: Passage, units: Gazetteer) -> Iterator[_Mention]:
    tokens = passage.tokens
    at = 0
    listing = False
    for begin, word in enumerate(tokens.lower):
        if begin < at or not tokens.capital[begin] or word not in units.first_words:
            continue
        at = begin
        length, province, districts = units.match(tokens, at)
        if not length or _is_longer_name(tokens, at, length):
            continue
        kind = _type_before(tokens, at)
        gap = tokens.gap(at).strip(" ")
        listing = kind == "district" or (listing and (gap == "," or (at > 0 and tokens.lower[at - 1] == "và")))
        span = (tokens.spans[at][0], tokens.spans[at + length - 1][1])
        if kind == "district" or (listing and districts and kind is None):
            yield _Mention(passage, span, None if districts else province, districts, typed=True)
        elif province:
            yield _Mention(passage, span, province, (), typed=kind == "province")
        at += length


def _is_longer_name(tokens: Tokens, at: int, length: int) -> bool:
    """Return whether the words are part of a longer name: a person's, a street's, an institution's."""
    after = at + length
    goes_on = (
        after < len(tokens) and tokens.capital[after] and tokens.gap(after) == " " and not tokens.words[after].isupper()
    )
    if goes_on and _type_before(tokens, at) is None:
        return True
    before = at > 0 and tokens.gap(at) == " " and tokens.capital[at - 1] and tokens.lower[at - 1] not in _PROVINCE_TYPES
    return before and not tokens.words[at - 1].isupper() and tokens.lower[at - 1] not in _DISTRICT_TYPES


def _type_before(tokens: Tokens, at: int) -> str | None:
    """Return "province" or "district" where the words before say which of them the name is."""
    if at == 0 or tokens.gap(at).strip(" .") not in ("",):
        return None
    before, earlier = tokens.lower[at - 1], tokens.lower[at - 2] if at > 1 else ""
    if before == "tỉnh" or (before in ("ủy", "đoàn") and earlier == "tỉnh"):
        return "province"
    if before in ("huyện", "quận", "tx") or (before in ("ủy", "đoàn") and earlier in ("huyện", "thị", "quận", "thành")):
        return "district"
    if before == "xã" and earlier == "thị":
        return "district"
    if before == "tp" or (before == "phố" and earlier == "thành"):
        units = gazetteer()
        _, province, districts = units.match(tokens, at)
        return "district" if districts or not province else "province"
    return None


def _masthead_mentions(labelled: LabelledPage, units: Gazetteer) -> list[_Mention]:
    found: list[_Mention] = []
    for part in labelled.of(Label.CHROME):
        if len(part.text) < 200 and _MASTHEAD.search(part.text):
            found.extend(_mentions(Passage(Label.CHROME, Tokens(_capitalised(part.text)), part.start), units))
    return found


def _capitalised(text: str) -> str:
    """Return a line in capitals with capitals at word starts only, so that names can be read from it."""
    if not text.isupper():
        return text
    titled = " ".join(word[:1] + word[1:].lower() for word in text.split(" "))
    return re.sub(r"\b(?:Tỉnh|Huyện|Thị Xã|Thành Phố|Quận)\b", lambda match: match[0].lower(), titled)
