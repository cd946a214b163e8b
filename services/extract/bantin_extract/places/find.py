"""Finds the province and the districts an article is about, by the names of the day it was published.

A district that only one province has gives its province; one that several have counts where the article names its
province, and is left out otherwise. Other provinces that the article names weigh less than the portal's own.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bantin.events import Evidence
from bantin_extract.lines.labels import Label, LabelledPage
from bantin_extract.places.gazetteer import District, gazetteer, key_of
from bantin_extract.places.mentions import Certainty, Mention, read_mentions
from bantin_extract.places.portals import Portal, find_portal
from bantin_extract.text.story import Story

_ENOUGH = 2
_OFTEN_NAMED = frozenset(("Hà Nội", "Hồ Chí Minh"))
"""Cities that articles of every province name in passing."""
_OWN, _OWN_NAMED = 3, 6
"""What the portal's own province weighs, and where the article names it or a district of it."""


@dataclass(frozen=True, slots=True)
class NamedDistrict:
    """One mention of a district, at an offset of the page's text, with the kinds of unit that it is."""

    start: int
    name: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of an article. `today` is the province's name since 1 July 2025.

    `mentions` are those of its districts, in order; `home` is the district of the portal itself.
    """

    province: str | None = None
    today: str | None = None
    districts: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    mentions: tuple[NamedDistrict, ...] = ()
    home: str | None = None

    def district_near(self, start: int, kind: str, since: int) -> str | None:
        """Return the district that "the district" at `start` means: the last of its kind named from `since` on.

        Else the most named of its kind, else the article's only one, else the portal's own.
        """
        fitting = [one for one in self.mentions if kind in one.kinds]
        if before := [one for one in fitting if since <= one.start < start]:
            return before[-1].name
        if fitting:
            return Counter(one.name for one in fitting).most_common(1)[0][0]
        only = self.home if not self.districts else self.districts[0] if len(self.districts) == 1 else None
        return only if only and (kind == "huyện" or _may_be(only, kind)) else None

    def city(self) -> str | None:
        """Return the province where it is a city."""
        return self.province if self.province in gazetteer().cities else None


def find_places(
    story: Story,
    labelled: LabelledPage,
    *,
    source: str | None = None,
    address: str | None = None,
    day: date | None = None,
) -> Places:
    """Return the province with the most support and the districts of it that are named, in the gazetteer's spelling.

    `source` is where the article says it was taken from, `address` the page's URL, `day` that of publication: names are
    those of that day. Spellings of a page ("Đăk", "Dak") are given up, so that a district is one value everywhere.
    """
    mentions = [mention for passage in story.passages for mention in read_mentions(passage)]
    portal = find_portal(labelled, source, address)
    best = _best_province(mentions, portal, day)
    if best is None:
        return Places()
    province, evidence = best
    own = {province, gazetteer().successors.get(province, province)}
    districts: dict[str, Evidence] = {}
    named: list[NamedDistrict] = []
    for mention in mentions:
        if district := _district_of(mention, own, province):
            start = mention.passage.start + mention.span[0]
            named.append(NamedDistrict(start, district.name, district.kinds | {mention.kind}))
            if district.name not in districts:
                districts[district.name] = mention.passage.evidence(
                    "districts", district.name, mention.span, "gazetteer"
                )
    home = portal.district if portal and portal.province in own else None
    today = gazetteer().today(province)
    return Places(province, today, tuple(districts), (evidence, *districts.values()), tuple(named), home)


def _may_be(name: str, kind: str) -> bool:
    return any(not one.kinds or kind in one.kinds for one in gazetteer().districts.get(key_of(name), ()))


def _district_of(mention: Mention, own: set[str], province: str) -> District | None:
    """Return the district of the article's province that a mention means; None for a province or another's district."""
    if mention.province and mention.kind == "thành phố" and mention.province.name in own - {province}:
        return District(mention.province.name, province, frozenset(("thành phố",)))
    return next((district for district in mention.districts if district.province in own), None)


def _best_province(mentions: list[Mention], portal: Portal | None, day: date | None) -> tuple[str, Evidence] | None:
    """Return the province with the most support, with its evidence; None where no support suffices."""
    units = gazetteer()
    support: Counter[str] = Counter()
    evidence: dict[str, Evidence] = {}
    bare: set[District] = set()
    for mention in mentions:
        if mention.province:
            name = units.name_on(mention.province.name, day)
            support[name] += _weight(mention)
        elif len({district.province for district in mention.districts}) == 1:
            name = units.name_on(mention.districts[0].province, day)
            kind = 2 + (name in _OFTEN_NAMED)
            support[name] += kind if mention.certainty is Certainty.KIND else int(mention.districts[0] not in bare)
            bare.add(mention.districts[0])
        else:
            continue
        evidence.setdefault(name, mention.passage.evidence("province", name, mention.span, "gazetteer"))
    for earlier, later in units.successors.items():
        if support[earlier]:
            support[earlier] += support.pop(later, 0)
    if portal:
        name = units.name_on(portal.province, day)
        support[name] += _OWN_NAMED if support[name] else _OWN
        evidence.setdefault(name, portal.evidence.model_copy(update={"value": name}))
    name, weight = max(support.items(), key=lambda item: item[1], default=("", 0))
    return (name, evidence[name]) if weight >= _ENOUGH + (name in _OFTEN_NAMED) else None


def _weight(mention: Mention) -> int:
    if mention.province and mention.province.name in _OFTEN_NAMED:
        return 2 if mention.passage.label is Label.TITLE else 1
    if mention.certainty is Certainty.KIND:
        return 3
    return 2 if mention.passage.label is Label.TITLE else 1
