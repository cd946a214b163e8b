"""Tells which province and district a page's own portal belongs to: by its masthead, printed source or address."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from urllib.parse import urlsplit

from bantin.events import Evidence
from bantin_extract.lines.labels import Label, LabelledPage
from bantin_extract.places.gazetteer import gazetteer
from bantin_extract.places.mentions import Certainty, Mention, read_mentions
from bantin_extract.text.letters import unmarked
from bantin_extract.text.story import Passage
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_MASTHEAD = re.compile(rf"(?:^|[\s(\"“])(?:{'|'.join(listed('places', 'mastheads'))})(?!\w)", re.IGNORECASE)
_OWNER = re.compile(rf"\s*(?:{'|'.join(listed('places', 'owners'))})(?!\w)", re.IGNORECASE)
_OUTLET = re.compile(r"(?:báo|đài|tạp chí|truyền hình|ptth|pt-th|pt&th)(?: điện tử| tỉnh| online)?\s*$", re.IGNORECASE)
_ONLINE = re.compile(r"\s(?:online|portal|news|tv)\b", re.IGNORECASE)
_MAX_LINE = 200
_SHORT = 4
"""Letters of a province's name that an address may hold by chance ("hue")."""
_BEFORE_NAME = ("bao", "dai", "tinhuy", "congan", "tinh", "tp", "thanhpho")


@dataclass(frozen=True, slots=True)
class Portal:
    """Where a portal is at home: a province's name, a district's where it is a district's, and how that is known."""

    province: str
    district: str | None
    evidence: Evidence


def find_portal(labelled: LabelledPage, source: str | None, address: str | None) -> Portal | None:
    """Return the home that the site's name, else the printed source, else its address tells; None where none does."""
    lines = [part for part in labelled.of(Label.CHROME) if len(part.text) < _MAX_LINE]
    for of_site in (_is_masthead, _is_owner):
        passages = [
            Passage(Label.CHROME, Tokens(_capitalised(line.text)), line.start) for line in lines if of_site(line.text)
        ]
        if home := _home([one for passage in passages for one in read_mentions(passage) if _counts(one)]):
            return home
    if source:
        named = Passage(Label.CHROME, Tokens(_capitalised(source)), 0)
        if home := _home([mention for mention in read_mentions(named) if _counts(mention)]):
            return replace(home, evidence=Evidence(field="province", value=home.province, method="source"))
    return _by_address(address) if address else None


@lru_cache(maxsize=8192)
def _is_masthead(line: str) -> bool:
    """Return whether a short line names a site; such lines are the same on every page of it."""
    return bool(_MASTHEAD.search(line))


@lru_cache(maxsize=8192)
def _is_owner(line: str) -> bool:
    """Return whether a short line begins to say whose a site is."""
    return bool(_OWNER.match(line))


def _counts(mention: Mention) -> bool:
    """Return whether a masthead says that it is this place's: with its kind, or after "Báo", "Đài"."""
    outlet = _OUTLET.search(mention.passage.text, max(0, mention.span[0] - 30), mention.span[0])
    return mention.certainty is Certainty.KIND or outlet is not None


def _home(mentions: list[Mention]) -> Portal | None:
    """Return the one province that the mentions agree on, else None."""
    found: dict[str, Mention] = {}
    named: Counter[str] = Counter()
    for mention in mentions:
        of = {mention.province.name} if mention.province else {district.province for district in mention.districts}
        if len(of) == 1:
            found.setdefault(name := of.pop(), mention)
            named.update(district.name for district in mention.districts if district.province == name)
    if len(found) != 1:
        return None
    name, mention = next(iter(found.items()))
    evidence = mention.passage.evidence("province", name, mention.span, "masthead")
    return Portal(name, named.most_common(1)[0][0] if named else None, evidence)


@cache
def _address_names() -> dict[str, str]:
    """Return the provinces by their names as addresses write them ("kontum")."""
    units = gazetteer()
    return {"".join(map(unmarked, key)): province.name for key, province in units.provinces.items()}


def _by_address(address: str) -> Portal | None:
    host = (urlsplit(address if "//" in address else f"//{address}").hostname or "")[:253]
    labels = [label.replace("-", "") for label in host.split(".") if label not in ("www", "gov", "org", "com", "vn")]
    names = _address_names()
    found = {name for label in labels for written, name in names.items() if _bears(label, written)}
    if len(found) != 1:
        return None
    name = found.pop()
    return Portal(name, None, Evidence(field="province", value=name, method="address"))


def _bears(label: str, written: str) -> bool:
    if label == written:
        return True
    if len(written) <= _SHORT:
        return any(label == before + written for before in _BEFORE_NAME)
    return label.endswith(written) or label.startswith(written)


def _capitalised(text: str) -> str:
    """Return a line without "Online", one in capitals with capitals at word starts only, so that names can be read."""
    text = _ONLINE.sub("", text)
    if not text.isupper():
        return text
    titled = " ".join(word[:1] + word[1:].lower() for word in text.split(" "))
    return re.sub(r"\b(?:Tỉnh|Huyện|Thị Xã|Thành Phố|Quận)\b", lambda match: match[0].lower(), titled)
