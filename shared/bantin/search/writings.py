"""Other ways in which the same is written: numbers, quarters, names of the highlands, shortened kinds of places.

Of each, the terms of a query and the folded syllables that count as holding them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from bantin.vietnamese.comparison import folded
from bantin.vietnamese.spelling import spellings

_Written = tuple[str, tuple[str, ...]]

_QUARTER: Final = folded("quý")
_ROMAN: Final = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_QUARTERS: Final = {**_ROMAN, **{roman: number for number, roman in _ROMAN.items()}}

_ONSET: Final = re.compile(r"(?!kh|n[gh])([hkmnr])([^\W\daeiouy_]+[aeiouy]\w*)")
"""A name of the highlands without its apostrophe: `R'lấp`, `H'leo`, `M'gar`, `K'bang`; no `kh`, `ng`, `nh`."""

_KINDS: Final = {
    "h": ("huyen",), "q": ("quan",), "p": ("phuong",), "x": ("xa",), "tx": ("thi", "xa"), "tt": ("thi", "tran"),
}  # fmt: skip
"""Kinds of places as addresses shorten them; `tp` is a synonym, as it is read alone, too."""

_NUMBERED: Final = re.compile(r"([qp])0?(\d{1,2})")


def other_writings(terms: Sequence[str]) -> Iterator[_Written]:
    """Give for terms of a run what else they may be written as; a term may come more than once."""
    for term in terms:
        yield from _alone(term)
    for term, following in pairwise(terms):
        yield from _beside(term, following)


def _alone(term: str) -> Iterator[_Written]:
    """Give numbers of one digit with two and the other way (`tháng 3`, `tháng 03`), names without an apostrophe, Q1."""
    if term.isdecimal() and len(term.lstrip("0")) == 1 and len(term) <= 2:
        yield term, (term.lstrip("0") if term[0] == "0" else f"0{term}",)
    elif (name := _ONSET.fullmatch(term)) and not spellings(term):
        yield term, name.groups()
    elif numbered := _NUMBERED.fullmatch(term):
        kind, number = numbered.groups()
        yield term, (kind, number)
        yield term, (*_KINDS[kind], number)


def _beside(term: str, following: str) -> Iterator[_Written]:
    """Give quarters in Arabic and Roman numerals, names with an apostrophe, and kinds of places before a name."""
    if term == _QUARTER and following in _QUARTERS:
        yield following, (_QUARTER, _QUARTERS[following])
    joined = term + following
    if len(term) == 1 and _ONSET.fullmatch(joined) and not spellings(joined):
        yield from ((each, (joined,)) for each in (term, following))
    if term in _KINDS and (term in "qp" or not following.isdecimal()):
        yield term, _KINDS[term]
