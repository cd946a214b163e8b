"""Gives an organisation's name its one form: abbreviations spelled out, without a term of office, tied to its place."""

import re
from functools import lru_cache

from bantin_extract.places.communes import Communes
from bantin_extract.places.find import Places
from bantin_extract.text.letters import LETTER, UPPER
from bantin_extract.text.tables import toml

_ABBREVIATIONS: dict[str, str] = toml("organisations")["abbreviations"]
_ABBREVIATION = re.compile(
    rf"(?<![{LETTER}])(?:{'|'.join(sorted(map(re.escape, _ABBREVIATIONS), key=len, reverse=True))})(?![{LETTER}])"
)
_SHORT_FORM = re.compile(rf"\s\([{UPPER}]{{2,8}}\)(?=\s)")
_FRONT = re.compile(r"Mặt trận Tổ quốc(?! Việt Nam)", re.IGNORECASE)
_LEVEL = re.compile(
    r"(?:^|\s)(?P<level>tỉnh|huyện|quận|thị xã|thành phố|(?:tỉnh|huyện|quận|thị|thành) (?:ủy|đoàn)"
    r"|(?<!tác )(?<!tấn )xã|phường|thị trấn)$",
    re.IGNORECASE,
)
_KINDS = {"thị": "thị xã", "thành": "thành phố"}
_COMMUNES = frozenset(("xã", "phường", "thị trấn"))
_SHORT_KINDS = {"tp": "thành phố", "tx": "thị xã", "q": "quận", "h": "huyện", "p": "phường", "x": "xã"}
_SHORT_KIND = re.compile(
    rf"(?<![{LETTER}])(?:(?P<kind>TP|Tp|TX|Tx)(?:(?:\.\s?|\s)(?=[{UPPER}])|\.?$)|(?P<letter>[QHPX])\.\s?(?=[{UPPER}0-9]))"
)
_TERM = re.compile(r"\s(?:khóa|khoá|nhiệm kỳ)\s.*$", re.IGNORECASE)


def canonical_name(name: str, places: Places, communes: Communes, start: int = 0, since: int = 0) -> str | None:
    """Return the one form of a name, tied to the article's place; None for a commune's body where no commune is meant.

    `start` is where the name stands on the page, `since` where its paragraph begins.
    """
    full = _spelled_out(name)
    if not (level := _LEVEL.search(full)):
        return full
    written = level["level"].lower()
    if written in _COMMUNES:
        commune = communes.only(written)
        return f"{full[: level.start('level')]}{written} {commune}" if commune else None
    full = full[: level.start("level")] + (written.capitalize() if " " in written and written[-1] in "yủn" else written)
    place = _place_of(written.split(" ")[0], places, start, since)
    return f"{full} {place}" if place else full


@lru_cache(maxsize=4096)
def _spelled_out(name: str) -> str:
    full = _SHORT_FORM.sub("", _TERM.sub("", name))
    full = _ABBREVIATION.sub(lambda match: _ABBREVIATIONS[match[0]], full)
    full = _SHORT_KIND.sub(lambda match: _SHORT_KINDS[(match["kind"] or match["letter"]).lower()] + " ", full)
    full = _FRONT.sub("Mặt trận Tổ quốc Việt Nam", " ".join(full.replace("Uỷ", "Ủy").replace("uỷ", "ủy").split()))
    return full[:1].upper() + full[1:]


def _place_of(level: str, places: Places, start: int, since: int) -> str | None:
    """Return the name of the province or district that a body's level means where it stands."""
    if level == "tỉnh":
        return places.province
    kind = _KINDS.get(level, level)
    if kind == "thành phố" and (city := places.city()):
        return city
    return places.district_near(start, kind, since)
