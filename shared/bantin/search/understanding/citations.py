"""Documents in a query, in any writing: `04-NQ/TU`, `NQ 04`, `nghi quyet so 04`, `quyết định 19 của thủ tướng`."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bantin.search.understanding.documents import KIND_LETTERS, KIND_NAMES, NUMBER, YEAR, Reference
from bantin.search.understanding.organs import is_party, named_organ, organ_code
from bantin.search.understanding.recognised import Recognised, recognise_along
from bantin.vietnamese.comparison import canonical
from bantin.vietnamese.spelling import is_syllable
from bantin.vietnamese.syllables import JOINT

_LETTERS_AND_NUMBER: Final = re.compile(r"([a-z]+)(\d{1,5})")
_NUMBER_AND_LETTERS: Final = re.compile(r"(\d{1,5})([a-z]+)")
_LONGEST_NAME: Final = max(name.count(JOINT) + 1 for name in KIND_NAMES)
_COUNTING: Final = frozenset(("nam", "thang", "ngay", "tuan", "gio", "nguoi", "ty", "trieu"))
"""Words that say what a number counts."""

_COUNTED: Final = frozenset(("QĐ", "ĐA", "CTr", "KH", "HD", "TB", "BC", "CV", "TTr", "QC", "L"))
"""Kinds that are also words before a number of something: `quyết định 3 vấn đề`, `thông báo 10 suất học bổng`."""

_OF_THE_STATE: Final = ("NĐ", "TT", "TTLT", "PL", "L", "CĐ")
"""Kinds that the Party does not issue."""

_YEAR: Final = "nam"

_OF_MINISTRIES: Final = ("TT", "TTLT")
"""Kinds in which `BCT` is the ministry of trade; elsewhere it is the Politburo."""

_GOING_ON: Final = frozenset(
    "ban cho co cua da do duoc la nam ngay o quy tai theo trong tren trien tu va ve khoa thuc".split()
)
"""Folded words that follow a whole reference: what it counts is none of them."""


class _Head(NamedTuple):
    """The beginning of a reference, up to its number: the letters of its kind, and its name if that was written."""

    letters: str
    named: str
    number: str
    past: int
    organ: str = ""
    exactly: bool = False


def recognise_documents(exact: Sequence[str], folded: Sequence[str]) -> Iterator[Recognised]:
    """Give the documents that words refer to; words are syllables, as `04-NQ/TU` is cut: 04, nq, tu.

    A number behind a kind that may count something is not certain.
    """
    reader = _Reader(exact, folded)
    return recognise_along(len(folded), reader.read)


def _kind_and_organ(glued: str) -> tuple[str, str]:
    """Return the letters of the kind and of the organ in one word, `nq` or `nqtu`; nothing where they are none."""
    for size in range(len(glued), 1, -1):
        letters, rest = KIND_LETTERS.get(glued[:size], ""), glued[size:]
        organ = organ_code(rest, signed=False) if letters and rest else ""
        if letters and (organ or not rest):
            return letters, organ
    return "", ""


def _numbered_by_year(letters: str, organ: str) -> bool:
    """Say whether the year is part of a number: the State's begin anew each year, the Party's with each term."""
    return not is_party(organ) if organ else letters in _OF_THE_STATE


class _Reader:
    """Reads references from the words of one run."""

    def __init__(self, exact: Sequence[str], folded: Sequence[str]) -> None:
        self._exact = exact
        self._folded = folded

    def read(self, place: int) -> Recognised | None:
        """Read the reference that begins at a word."""
        head = self._head(place)
        return self._rest(place, head) if head else None

    def _head(self, place: int) -> _Head | None:
        letters, named, past = self._kind(place)
        if not letters:
            return self._glued(place)
        organ = "" if named else organ_code(self._exact_at(past), signed=False)
        past += bool(organ)
        exactly = self._at(past) == "so"
        past += exactly
        number = NUMBER.fullmatch(self._at(past))
        if number is None or self._counts(past + 1):
            return None
        return _Head(letters, named, number[1], past + 1, organ, exactly or number[0].startswith("0"))

    def _glued(self, place: int) -> _Head | None:
        """Read a number without a kind before it, or one that is glued to the letters of its kind."""
        word = self._folded[place]
        if found := _LETTERS_AND_NUMBER.fullmatch(word):
            letters = KIND_LETTERS.get(found[1], "") if len(found[2]) > 1 else ""
            return _Head(letters, "", str(int(found[2])), place + 1, exactly=True) if len(letters) > 1 else None
        if (found := _NUMBER_AND_LETTERS.fullmatch(word)) and len(found[2]) > 1:
            letters, organ = _kind_and_organ(found[2])
            return _Head(letters, "", str(int(found[1])), place + 1, organ, exactly=True) if letters else None
        number = NUMBER.fullmatch(word)
        return _Head("", "", number[1], place + 1, exactly=word.startswith("0")) if number else None

    def _rest(self, first: int, head: _Head) -> Recognised | None:
        """Read what follows the number: year, letters of the kind, organ."""
        letters, organ = head.letters, head.organ
        year, past = self._year(head)
        signed = self._letters(past)
        past += bool(signed)
        letters = letters or signed
        department = ""
        if letters and not organ and not signed and letters not in _OF_MINISTRIES:
            organ, past = self._named_organ(past, but=self._at(past))
        if not organ and past < len(self._exact) and (organ := organ_code(self._exact[past], signed=bool(signed))):
            past += 1
            department = self._department(past, letters)
            past += bool(department)
        if letters and not organ:
            organ, past = self._named_organ(past)
        if year and self._at(head.past) == _YEAR and not _numbered_by_year(letters, organ):
            year, past = "", past if organ else head.past
        if not self._whole(head, Reference(letters, head.number, year, organ), signed):
            return None
        reference = Reference(letters, head.number, year, organ)
        certain = bool(head.exactly or year or signed or organ) or not self._may_count(letters, past)
        label = reference.label(head.named, department)
        return Recognised("document", label, (reference.token(),), first, past, certain)

    def _year(self, head: _Head) -> tuple[str, int]:
        """Return the year behind a number, `nghị định 100 năm 2019`, and where it ends; nothing if there is none."""
        place = head.past + (bool(head.letters) and self._at(head.past) == _YEAR)
        return (self._at(place), place + 1) if YEAR.fullmatch(self._at(place)) else ("", head.past)

    def _whole(self, head: _Head, found: Reference, signed: str) -> bool:
        """Say whether the parts are those of a document, not of a year's plan or of any number."""
        if not head.letters:
            return bool(found.letters and (found.organ or head.exactly)) or bool(found.year and found.organ)
        return bool(signed or found.year or head.exactly) or not YEAR.fullmatch(found.number)

    def _may_count(self, letters: str, past: int) -> bool:
        following = self._at(past)
        return letters in _COUNTED and bool(following) and following not in _GOING_ON and not following.isdecimal()

    def _counts(self, place: int) -> bool:
        """Say whether a number counts what follows it: `kế hoạch 5 năm` is no document, `NQ 04 năm 2021` is one."""
        if self._at(place) not in _COUNTING:
            return False
        dated = self._at(place + 1).isdecimal() and not YEAR.fullmatch(self._at(place + 2))
        return not (dated and self._at(place) in ("nam", "ngay", "thang"))

    def _kind(self, place: int) -> tuple[str, str, int]:
        """Return the letters of the kind at a word, its name if that is what was written, and where it ends."""
        for size in range(min(_LONGEST_NAME, len(self._folded) - place), 0, -1):
            name = JOINT.join(self._folded[place : place + size])
            if letters := KIND_NAMES.get(name):
                return letters, name, place + size
        letters = self._letters(place)
        return letters, "", place + bool(letters)

    def _letters(self, place: int) -> str:
        """Return the kind whose letters stand at a word, spelled so or without accents."""
        letters = KIND_LETTERS.get(self._at(place), "")
        return letters if self._exact_at(place) in (self._at(place), canonical(letters)) else ""

    def _named_organ(self, past: int, but: str = "") -> tuple[str, int]:
        """Return the organ that is named behind a number, unless `but` is it, and where its name ends."""
        code, end = named_organ(self._folded, past + (self._at(past) == "cua"))
        return (code, end) if code and code != but else ("", past)

    def _department(self, past: int, letters: str) -> str:
        """Return who in an organ wrote a letter: `VX` in `123/UBND-VX`."""
        word = self._at(past)
        return word if letters == "CV" and word.isalpha() and not is_syllable(word) else ""

    def _at(self, place: int) -> str:
        return self._folded[place] if place < len(self._folded) else ""

    def _exact_at(self, place: int) -> str:
        return self._exact[place] if place < len(self._exact) else ""
