"""Names of provinces and districts, and how they are looked up at a word of a text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product

from bantin.vietnamese.provinces import provinces as provinces_before_merger
from bantin_extract.text.letters import words
from bantin_extract.text.tables import rows
from bantin_extract.text.tokens import Tokens

_SPELLINGS = {row["written"]: row["usual"] for row in rows("place_spellings")}
_WRITTEN: dict[str, list[str]] = defaultdict(list)
for _written, _usual in _SPELLINGS.items():
    _WRITTEN[_usual].append(_written)
_RUN_TOGETHER = frozenset(("đắk", "đa", "krông", "cư", "ea", "ia", "chư", "kông", "kon", "m", "k", "tu", "ayun"))
"""First words of highland names, whose syllables are often written as one word ("Đakrông", "ĐắkRLấp")."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its name when the text was published, with today's name."""

    name: str
    today: str


@dataclass(frozen=True, slots=True)
class District:
    """A district with the province it lay in, and its kinds ("huyện"; some names stand for a district and a town)."""

    name: str
    province: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All units by key: the words of a name in one comparable form."""

    provinces: dict[tuple[str, ...], Province]
    districts: dict[tuple[str, ...], tuple[District, ...]]
    first_words: dict[str, int]
    """First word of a key → the most words that a name beginning with it has."""
    cities: frozenset[str] = frozenset()
    """The provinces that are cities."""
    successors: dict[str, str] = field(default_factory=dict[str, str])
    """Province gone before 2025 → the province that its districts are listed under."""
    renamed: dict[str, tuple[str, date]] = field(default_factory=dict[str, tuple[str, date]])
    """Province → the name that it had before a day, where it changed nothing else."""
    second_words: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """First word of a key → the words that may follow it; "" where it is a name by itself."""

    def match(self, tokens: Tokens, at: int) -> tuple[int, Province | None, tuple[District, ...]]:
        """Return the words of the longest name at word `at` (0: none), with the units that bear it."""
        longest = self.first_words.get(tokens.lower[at], 0)
        if longest == 0 or not tokens.capital[at] or not self._may_begin(tokens, at):
            return 0, None, ()
        split = _split_words(tokens, at, longest)
        for length in range(min(longest, len(split)), 0, -1):
            key = tuple(word for word, _ in split[:length])
            province, districts = self.provinces.get(key), self.districts.get(key, ())
            if province or districts:
                return split[length - 1][1] - at + 1, province, districts
        return 0, None, ()

    def _may_begin(self, tokens: Tokens, at: int) -> bool:
        """Return whether two words may begin a name: most words that do begin one stand before another word."""
        word = tokens.lower[at]
        if not word.isalnum() or (seconds := self.second_words.get(_spelled(word))) is None or "" in seconds:
            return True
        if at + 1 >= len(tokens) or not tokens.capital[at + 1]:
            return False
        second = tokens.lower[at + 1]
        return not second.isalnum() or _spelled(second) in seconds

    def name_on(self, province: str, day: date | None) -> str:
        """Return the name that a province had on a day; its later one where the day is not known."""
        earlier, until = self.renamed.get(province, (province, date.min))
        return earlier if day and day < until else province

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
    provinces = {key_of(row.name): Province(row.name, row.today) for row in provinces_before_merger()}
    listed = {province.name for province in provinces.values()}
    successors: dict[str, str] = {}
    renamed: dict[str, tuple[str, date]] = {}
    districts: dict[tuple[str, ...], list[District]] = defaultdict(list)
    for row in rows("districts"):
        name = row["name"].partition(" (")[0]
        _add(districts, key_of(name), District(name, row["province"], frozenset((row["type"].lower(),))))
    for row in rows("earlier_names"):
        key = key_of(row["name"])
        if row["level"] == "province":
            provinces.setdefault(key, Province(row["canonical"], row["province"]))
            if row["canonical"] not in listed:
                successors[row["canonical"]] = row["province"]
            if row["until"]:
                renamed[row["province"]] = (row["canonical"], date.fromisoformat(row["until"]))
        else:
            kinds = frozenset((row["type"].lower(),)) if row["type"] else frozenset[str]()
            _add(districts, key, District(row["canonical"], row["province"], kinds))
    for key, found in list(districts.items()):
        for variant in _run_together(key):
            districts.setdefault(variant, found)
    unique = {key: tuple(found) for key, found in districts.items()}
    cities = frozenset(row.name for row in provinces_before_merger() if row.type != "Tỉnh")
    keys = (*provinces, *districts)
    return Gazetteer(provinces, unique, _first_words(keys), cities, successors, renamed, _second_words(keys))


def _add(districts: dict[tuple[str, ...], list[District]], key: tuple[str, ...], district: District) -> None:
    """Add a district; one name in one province is one district, whichever its kinds."""
    known = districts[key]
    for at, other in enumerate(known):
        if other.province == district.province:
            known[at] = District(other.name, other.province, other.kinds | district.kinds)
            return
    known.append(district)


def _first_words(keys: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    first_words: dict[str, int] = {}
    for key in keys:
        if not key[0].isdigit():
            first_words[key[0]] = max(first_words.get(key[0], 0), len(key))
            for word in _with_mark(key):
                first_words[word] = max(first_words.get(word, 0), len(key))
    for spelling, usual in _SPELLINGS.items():
        if usual in first_words:
            first_words[spelling] = first_words[usual]
    return first_words


def _second_words(keys: tuple[tuple[str, ...], ...]) -> dict[str, frozenset[str]]:
    seconds: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        seconds[_spelled(key[0])].add(key[1] if len(key) > 1 else "")
    return {first: frozenset(words) for first, words in seconds.items()}


def _with_mark(key: tuple[str, ...]) -> Iterator[str]:
    """Yield the first two syllables of a highland name as one word with an apostrophe ("đắkr'lấp")."""
    if len(key) > 1 and (key[0] in _RUN_TOGETHER or key[0][:-1] in (*_RUN_TOGETHER, *_SPELLINGS)):
        for first, second, mark in product((key[0], *_WRITTEN[key[0]]), (key[1], *_WRITTEN[key[1]]), "'’`"):
            yield f"{first}{mark}{second}"


def _run_together(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the ways to write a highland name's syllables as fewer words, its first syllable in any spelling."""
    if key[0] not in _RUN_TOGETHER or len(key) < 2:
        return
    for first in (key[0], *_WRITTEN[key[0]]):
        for glued in product((True, False), repeat=len(key) - 1):
            words_of_name = [first]
            for syllable, joins in zip(key[1:], glued, strict=True):
                if joins:
                    words_of_name[-1] += syllable
                else:
                    words_of_name.append(syllable)
            yield tuple(words_of_name)


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
