"""Document numbers in any writing: `04-NQ/TU`, `NQ 04`, `nghi quyet so 04`, `qd 19/2025 ttg` mean the same as printed.

Numbers are as the Party (Guide 36-HD/VPTW) and the State (Decree 30/2020/NĐ-CP) write them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from bantin.events import Document
from bantin.search.understanding.recognised import Recognised, recognise_along
from bantin.vietnamese.syllables import JOINT, folded_syllables

_KINDS: Final = {
    "NQ": ("Nghị quyết",), "QĐ": ("Quyết định", "Quy định"), "CT": ("Chỉ thị",), "KL": ("Kết luận",),
    "ĐA": ("Đề án",), "CTr": ("Chương trình",), "KH": ("Kế hoạch",), "HD": ("Hướng dẫn",), "TB": ("Thông báo",),
    "BC": ("Báo cáo",), "CV": ("Công văn",), "CĐ": ("Công điện",), "TTr": ("Tờ trình",), "NĐ": ("Nghị định",),
    "TT": ("Thông tư",), "TTLT": ("Thông tư liên tịch",), "PL": ("Pháp lệnh",), "QC": ("Quy chế",), "L": ("Luật",),
}  # fmt: skip
_PARTY: Final = ("TU", "TW", "HU", "ĐU", "QU")
_STATE: Final = ("TTg", "CP", "UBND", "HĐND", "UBTVQH", "QH", "CTN", "VPCP")

_UNSIGNED: Final = ("", "L")
"""A law's number holds no letters of its kind: `72/2025/QH15`."""

_NUMBER: Final = re.compile(r"0*(\d{1,5})[a-z]?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_GLUED: Final = re.compile(r"([a-z]+)(\d{1,5})")
_TERM: Final = re.compile(r"\d+\Z")
_COUNTING: Final = frozenset(("nam", "thang", "ngay", "tuan", "gio", "nguoi", "ty", "trieu"))
"""Words that say what a number counts."""


def _bare(text: str) -> str:
    return JOINT.join(folded_syllables(text))


_LETTERS: Final = {_bare(letters): letters for letters in _KINDS}
_NAMES: Final = {_bare(name): letters for letters, names in _KINDS.items() for name in names}
_ORGANS: Final = {_bare(organ): organ for organ in (*_PARTY, *_STATE)}
_LONGEST_NAME: Final = max(name.count(JOINT) + 1 for name in _NAMES)


class _Reference(NamedTuple):
    """The parts of a number that a writing of it may hold."""

    letters: str
    number: str
    year: str
    organ: str

    def token(self) -> str:
        return "document:" + "#".join(self).lower()

    def label(self) -> str:
        """Return the kind and the number as it is officially written, as far as it was given."""
        name = _KINDS[self.letters][0] if self.letters else ""
        number = self.number.zfill(2)
        organ = _ORGANS.get(_TERM.sub("", self.organ), self.organ) + "".join(_TERM.findall(self.organ))
        if organ in _PARTY:
            return f"{name} {number}-{self.letters}/{organ}".strip()
        signed = organ if self.letters in _UNSIGNED else f"{self.letters}-{organ}"
        written = "/".join(filter(None, (number, self.year, signed if organ else "")))
        return f"{name} {written}".strip()


def reference_tokens(document: Document) -> Iterator[str]:
    """Give the tokens under which a cited document is found: with and without its year, organ and kind."""
    if not document.number:
        return
    words = folded_syllables(document.number)
    number = _NUMBER.fullmatch(words[0]) if words else None
    if number is None:
        return
    year = next((word for word in words[1:] if _YEAR.fullmatch(word)), "")
    letters = _NAMES.get(_bare(document.kind), "") or next((_LETTERS[word] for word in words if word in _LETTERS), "")
    organ = next((word for word in reversed(words[1:]) if _organ(word)), "")
    if not year and document.date:
        year = str(document.date.year)
    for parts in product(dict.fromkeys((letters, "")), dict.fromkeys((year, "")), dict.fromkeys((organ, ""))):
        if any(parts):
            yield _Reference(parts[0], number[1], parts[1], parts[2]).token()


def kind_names(kind: str) -> tuple[str, ...]:
    """Return the kinds of documents that a name or its usual letters mean, in any writing: `nq`, `nghi quyet`, `QĐ`."""
    letters = _NAMES.get(_bare(kind))
    if letters:
        return tuple(name for name in _KINDS[letters] if _bare(name) == _bare(kind))
    return _KINDS.get(_LETTERS.get(_bare(kind), ""), ())


def kind_letters(kind: str) -> str | None:
    """Return the folded letters by which a kind is written in numbers, None for a kind that has none we know."""
    letters = _NAMES.get(_bare(kind))
    return _bare(letters) if letters else None


def widest_token(kind: str, number: str) -> str | None:
    """Return the token that is held wherever a document of this kind and number is cited; None where there is none."""
    return min(reference_tokens(Document(kind=kind, number=number, date=None)), key=_breadth, default=None)


def _breadth(token: str) -> tuple[int, bool]:
    """Order tokens by how few parts they name; of equally many parts, the kind is known of every citation."""
    letters, *parts = token.split("#")
    return sum(map(bool, parts)) + (not letters.endswith(":")), letters.endswith(":")


def recognise_documents(words: Sequence[str]) -> Iterator[Recognised]:
    """Give the documents that folded words refer to; words are syllables, as `04-NQ/TU` is cut: 04, nq, tu."""
    return recognise_along(len(words), lambda place: _recognised(words, place))


def _recognised(words: Sequence[str], place: int) -> Recognised | None:
    found = _read(words, place)
    if found is None:
        return None
    reference, past = found
    return Recognised("document", reference.label(), (reference.token(),), place, past)


def _read(words: Sequence[str], place: int) -> tuple[_Reference, int] | None:
    """Read a reference that begins at a word: a kind, a number, or letters glued to a number."""
    letters, past = _kind(words, place)
    if not letters and (glued := _GLUED.fullmatch(words[place])) and glued[1] in _LETTERS:
        return _rest(words, place + 1, _LETTERS[glued[1]], glued[2].lstrip("0") or "0")
    if letters and past < len(words) and words[past] == "so":
        past += 1
    number = _NUMBER.fullmatch(words[past]) if past < len(words) else None
    if number is None or _counts(words[past + 1 : past + 3]):
        return None
    return _rest(words, past + 1, letters, number[1])


def _counts(following: Sequence[str]) -> bool:
    """Say whether a number counts what follows it: `kế hoạch 5 năm` is no document, `NQ 04 năm 2021` is one."""
    dated = len(following) == 2 and _YEAR.fullmatch(following[1])
    return bool(following) and following[0] in _COUNTING and not dated


def _rest(words: Sequence[str], past: int, letters: str, number: str) -> tuple[_Reference, int] | None:
    """Read what follows the number: year, letters of the kind, organ."""
    year = organ = ""
    if past < len(words) and _YEAR.fullmatch(words[past]):
        year, past = words[past], past + 1
    if past < len(words) and words[past] in _LETTERS:
        letters, past = letters or _LETTERS[words[past]], past + 1
    if past < len(words) and _organ(words[past]):
        organ, past = words[past], past + 1
    if not letters and not organ:
        return None
    return _Reference(letters, number, year, organ), past


def _kind(words: Sequence[str], place: int) -> tuple[str, int]:
    """Return the letters of the kind named at a word, and where its name ends."""
    for size in range(_LONGEST_NAME, 0, -1):
        if letters := _NAMES.get(JOINT.join(words[place : place + size])):
            return letters, place + size
    letters = _LETTERS.get(words[place], "")
    return letters, place + bool(letters)


def _organ(word: str) -> bool:
    return _TERM.sub("", word) in _ORGANS
