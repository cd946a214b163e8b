"""Names of provinces and districts, and how they are looked up at a word of a text."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from bantin_extract.letters import words
from bantin_extract.tables import rows
from bantin_extract.tokens import Tokens

_SPELLINGS = {"đăk": "đắk", "đak": "đắk", "đắc": "đắk", "dak": "đắk", "lăk": "lắk"}


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its name when the text was published, with today's name."""

    name: str
    today: str


@dataclass(frozen=True, slots=True)
class District:
    """A district with the province it lay in."""

    name: str
    province: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All units by key: the words of a name in one comparable form."""

    provinces: dict[tuple[str, ...], Province]
    districts: dict[tuple[str, ...], tuple[District, ...]]
    first_words: dict[str, int]
    """First word of a key → the most words that a name beginning with it has."""

    def match(self, tokens: Tokens, at: int) -> tuple[int, Province | None, tuple[District, ...]]:
        """Return the words of the longest name at word `at` (0: none), with the units that bear it."""
        longest = self.first_words.get(tokens.lower[at], 0)
        if longest == 0 or not tokens.capital[at]:
            return 0, None, ()
        split = _split_words(tokens, at, longest)
        for length in range(min(longest, len(split)), 0, -1):
            key = tuple(word for word, _ in split[:length])
            province, districts = self.provinces.get(key), self.districts.get(key, ())
            if province or districts:
                return split[length - 1][1] - at + 1, province, districts
        return 0, None, ()

    def today(self, province: str) -> str | None:
        """Return today's name of a province, None for an unknown one."""
        found = self.provinces.get(key_of(province))
        return found.today if found else None


def key_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in one comparable form ("Đăk R'lấp" = "Đắk R'Lấp")."""
    return tuple(_spelled(word) for word in words(name.replace("'", " ").replace("’", " ")))


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read from the data files once."""
    provinces: dict[tuple[str, ...], Province] = {}
    districts: dict[tuple[str, ...], list[District]] = defaultdict(list)
    for row in rows("provinces"):
        provinces[key_of(row["name"])] = Province(row["name"], row["today"])
    for row in rows("districts"):
        districts[key_of(row["name"])].append(District(row["name"], row["province"]))
    for row in rows("earlier_names"):
        key = key_of(row["name"])
        if row["level"] == "province":
            provinces.setdefault(key, Province(row["canonical"], row["province"]))
        else:
            districts[key].append(District(row["canonical"], row["province"]))
    first_words: dict[str, int] = {}
    for key in (*provinces, *districts):
        if not key[0].isdigit():
            first_words[key[0]] = max(first_words.get(key[0], 0), len(key))
    for spelling, usual in _SPELLINGS.items():
        first_words[spelling] = first_words.get(usual, 0)
    unique = {
        key: tuple({district.province: district for district in found}.values()) for key, found in districts.items()
    }
    return Gazetteer(provinces, unique, first_words)


def _spelled(word: str) -> str:
    return _SPELLINGS.get(word, word)


def _split_words(tokens: Tokens, at: int, longest: int) -> list[tuple[str, int]]:
    """Return up to `longest` capitalised words from `at` on, each with the index of its token ("R'lấp" is two)."""
    split: list[tuple[str, int]] = []
    for index in range(at, min(len(tokens), at + longest)):
        gap = tokens.gap(index)
        if index > at and (gap.strip(" ") not in ("", "-", "–") or not tokens.capital[index]):
            break
        word = tokens.lower[index]
        parts = word.replace("’", "'").replace("`", "'").split("'") if not word.isalnum() else [word]
        split.extend((_spelled(part), index) for part in parts)
    return split
