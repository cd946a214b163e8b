"""Names of provinces, as they were and as they are since the merger of 1 July 2025, both ways.

Who asks for Cà Mau means today's, Bạc Liêu included; who asks for Bạc Liêu means it, and since the merger Cà Mau.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from bantin.events import Article
from bantin.search.moments import local_day
from bantin.search.understanding.recognised import Recognised, recognise_along
from bantin.vietnamese.compounds import compound_words
from bantin.vietnamese.provinces import provinces
from bantin.vietnamese.syllables import JOINT, exact_syllables, folded_syllables

_NAMESAKES: Final = ("Hồ Chí Minh",)
"""Provinces named after somebody: meant only behind the word for a city."""

_ALSO: Final = {
    "Bà Rịa - Vũng Tàu": ("Vũng Tàu", "Bà Rịa", "BR VT", "BRVT"),
    "Bắc Kạn": ("Bắc Cạn",),
    "Hà Nội": ("HN",),
    "Hồ Chí Minh": ("HCM", "TPHCM", "TP HCM", "Sài Gòn"),
    "Huế": ("TT Huế",),
    "Kon Tum": ("Công Tum",),
    "Đắk Lắk": ("Đắc Lắc", "Đăk Lăk", "Đắk Lăk", "Đăk Lắk"),
    "Đắk Nông": ("Đắc Nông", "Đăk Nông"),
    "Thừa Thiên Huế": ("Thừa Thiên",),
}
"""What people write beside the official names, those in one word (`Daklak`) left out."""

_EARLIER: Final = {"Thừa Thiên Huế": "Huế"}
"""Provinces that had another name shortly before the merger, with today's."""

_LONGER_NAMES: Final = (("thai", "binh", "duong"),)
"""Names that are made of provinces' names, without accents."""

_CITY: Final = ("pho", "tp")
_PLACED: Final = (*_CITY, "tinh", "o", "tai")
"""Words before a place. Behind none of them, `hòa bình` may be peace."""

_DISTRICT: Final = ("huyen", "quan", "thi xa", "tx", "thanh pho", "tp")
_DISTRICT_SIZES: Final = (3, 2)


class _Named(NamedTuple):
    """A way to write a province: its name, and the canonical syllables of this writing."""

    name: str
    written: tuple[str, ...]


MERGER: Final = date(2025, 7, 1)


def place_tokens(article: Article) -> Iterator[str]:
    """Give the tokens of an article's places: as named in it, its province today, and that one if it was the name."""
    for name in (article.province, *article.districts):
        if name:
            yield _token("place", name)
    if article.province_today:
        yield _token("today", article.province_today)
        if article.published_at and local_day(article.published_at) >= MERGER:
            yield _token("merged", article.province_today)


def place_token(name: str) -> str:
    """Return the token of a place by a name that articles give it."""
    return _token("place", name)


def _token(kind: str, name: str) -> str:
    return f"{kind}:{JOINT.join(folded_syllables(name))}"


def recognise_places(exact: Sequence[str], folded: Sequence[str]) -> Iterator[Recognised]:
    """Give the places that words name: provinces, whose accents must be right where any were typed, and districts.

    What `huyện` and the like stand before may be a district: whether it is one, the index knows.
    """
    rest = _without_longer_names(folded)
    known = list(recognise_along(len(rest), lambda place: _province(exact, rest, place)))
    yield from known
    for place in sorted({*range(len(folded))} - {province.first for province in known}):
        yield from _districts(exact, folded, place)


def _without_longer_names(folded: Sequence[str]) -> list[str]:
    rest = list(folded)
    for name in _LONGER_NAMES:
        size = len(name)
        for place in range(len(rest) - size + 1):
            if tuple(rest[place : place + size]) == name:
                rest[place : place + size] = [""] * size
    return rest


def _province(exact: Sequence[str], folded: Sequence[str], place: int) -> Recognised | None:
    before = folded[place - 1] if place else ""
    for size in (size for size in _sizes().get(folded[place], ()) if place + size <= len(folded)):
        past = place + size
        typed = tuple(exact[place:past])
        found = _names().get(tuple(folded[place:past]), ())
        spelled = next((one for one in found if _spelled(typed, folded[place:past], one.written, before)), None)
        if spelled is None:
            continue
        name, written = spelled
        if name not in _NAMESAKES or before in _CITY or written != tuple(exact_syllables(name)):
            certain = before in _PLACED or len(folded) == size or not _is_word(written)
            return Recognised("place", name, _meant(name), place, past, certain)
    return None


def _spelled(typed: Sequence[str], bare: Sequence[str], name: Sequence[str], before: str) -> bool:
    """Say whether each syllable is spelled as in the name, or without accents, or with its đ alone (`đong nai`).

    A short name needs its accents, or a word for a place before it.
    """
    if len(name) == 1 and before not in _PLACED:
        return list(typed) == list(name)
    ways = ((theirs, plain, _with_d(plain, theirs)) for plain, theirs in zip(bare, name, strict=True))
    return all(mine in way for mine, way in zip(typed, ways, strict=True))


def _with_d(bare: str, name: str) -> str:
    """Return a syllable without accents, but with the đ of the name that it is."""
    return name[0] + bare[1:] if name.startswith("đ") else bare


def _is_word(written: tuple[str, ...]) -> bool:
    return len(written) > 1 and len(compound_words(written)) == 1


def _districts(exact: Sequence[str], folded: Sequence[str], place: int) -> Iterator[Recognised]:
    if not any(" ".join(folded[max(0, place - size) : place]) in _DISTRICT for size in (1, 2)):
        return
    for past in (place + size for size in _DISTRICT_SIZES if place + size <= len(folded)):
        token = f"place:{JOINT.join(folded[place:past])}"
        yield Recognised("place", " ".join(exact[place:past]), (token,), place, past, certain=False)


@cache
def _names() -> Mapping[tuple[str, ...], tuple[_Named, ...]]:
    """Return the ways to write a province by their folded syllables, the official name first."""
    found: dict[tuple[str, ...], list[_Named]] = defaultdict(list)
    names = dict.fromkeys(name for province in provinces() for name in (province.name, province.today))
    for name in (*names, *_EARLIER):
        for written in (name, *_ALSO.get(name, ())):
            syllables = tuple(exact_syllables(written))
            found[tuple(folded_syllables(written))].append(_Named(name, syllables))
            if len(syllables) > 1:
                bare = folded_syllables(written)
                with_d = map(_with_d, bare, syllables)
                for glued in dict.fromkeys(map("".join, (bare, with_d, syllables))):
                    found["".join(bare),].append(_Named(name, (glued,)))
    return {key: tuple(ways) for key, ways in found.items()}


@cache
def _sizes() -> Mapping[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = defaultdict(set)
    for key in _names():
        sizes[key[0]].add(len(key))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


def _meant(name: str) -> tuple[str, ...]:
    """Return the tokens that a name of a province means, its own first."""
    then = {province.name: province.today for province in provinces()} | _EARLIER
    tokens = [_token("place", name)]
    if name in then.values():
        tokens.append(_token("today", name))
    if then.get(name, name) != name:
        tokens.append(_token("merged", then[name]))
    return tuple(tokens)
