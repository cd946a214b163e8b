"""Names of provinces, as they were and as they are since the merger of 1 July 2025, both ways.

Who asks for Cà Mau means today's, Bạc Liêu included; who asks for Bạc Liêu means it, and since the merger Cà Mau.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from bantin.events import Article
from bantin.search.moments import local_day
from bantin.search.understanding.recognised import Recognised, recognise_along
from bantin.vietnamese.provinces import provinces
from bantin.vietnamese.syllables import JOINT, exact_syllables, folded_syllables

_NAMESAKES: Final = ("Hồ Chí Minh",)
"""Provinces named after somebody: meant only behind the word for a city."""

_CITY: Final = ("pho", "tp")

_NamedLike = Mapping[tuple[str, ...], str]


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


def _token(kind: str, name: str) -> str:
    return f"{kind}:{JOINT.join(folded_syllables(name))}"


def recognise_places(exact: Sequence[str], folded: Sequence[str]) -> Iterator[Recognised]:
    """Give the provinces that words name; accents that were typed must be the province's."""
    return recognise_along(len(folded), lambda place: _read(exact, folded, place))


def _read(exact: Sequence[str], folded: Sequence[str], place: int) -> Recognised | None:
    for size in _sizes().get(folded[place], ()):
        past = place + size
        name = _names().get(tuple(folded[place:past]))
        if name is None or not _spelled(exact[place:past], folded[place:past], exact_syllables(name)):
            continue
        if name not in _NAMESAKES or (place and folded[place - 1] in _CITY):
            return Recognised("place", name, _meant(name), place, past)
    return None


def _spelled(typed: Sequence[str], bare: Sequence[str], name: Sequence[str]) -> bool:
    """Say whether each syllable is spelled as in the name, or without accents; a short name needs its accents."""
    if len(name) == 1:
        return list(typed) == list(name)
    return all(mine in (theirs, plain) for mine, plain, theirs in zip(typed, bare, name, strict=True))


@cache
def _names() -> _NamedLike:
    names = [name for province in provinces() for name in (province.name, province.today)]
    return {tuple(folded_syllables(name)): name for name in names}


@cache
def _sizes() -> Mapping[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = defaultdict(set)
    for key in _names():
        sizes[key[0]].add(len(key))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


def _meant(name: str) -> tuple[str, ...]:
    """Return the tokens that a name of a province means, its own first."""
    then = {province.name: province.today for province in provinces()}
    tokens = [_token("place", name)]
    if name in then.values():
        tokens.append(_token("today", name))
    if then.get(name, name) != name:
        tokens.append(_token("merged", then[name]))
    return tuple(tokens)
