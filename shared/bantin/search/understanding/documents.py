"""Numbers of documents, and the tokens under which an article that cites one is found.

Numbers are as the Party (Guide 36-HD/VPTW) and the State (Decree 30/2020/NĐ-CP) write them.
"""

import re
from collections.abc import Iterator
from itertools import dropwhile, product
from typing import Final, NamedTuple

from bantin.events import Document
from bantin.search.understanding.organs import is_party, issuer_code, organ_code, organ_label, without_term
from bantin.vietnamese.comparison import folded
from bantin.vietnamese.syllables import JOINT, exact_syllables, folded_syllables

_KINDS: Final = {
    "NQ": ("Nghị quyết",), "QĐ": ("Quyết định", "Quy định"), "CT": ("Chỉ thị",), "KL": ("Kết luận",),
    "ĐA": ("Đề án",), "CTr": ("Chương trình", "Chương trình hành động"), "KH": ("Kế hoạch",), "HD": ("Hướng dẫn",),
    "TB": ("Thông báo",), "BC": ("Báo cáo",), "CV": ("Công văn",), "CĐ": ("Công điện",), "TTr": ("Tờ trình",),
    "NĐ": ("Nghị định",), "TT": ("Thông tư",), "TTLT": ("Thông tư liên tịch",), "PL": ("Pháp lệnh",),
    "QC": ("Quy chế",), "L": ("Luật",),
}  # fmt: skip
_UNSIGNED: Final = ("", "L", "CV")
"""Numbers of laws and letters hold no letters of their kind: `72/2025/QH15`, `123/UBND-VX`."""

NUMBER: Final = re.compile(r"0*(\d{1,5})[a-z]?")
YEAR: Final = re.compile(r"(?:19|20)\d\d")


def _bare(text: str) -> str:
    return JOINT.join(folded_syllables(text))


KIND_LETTERS: Final = {_bare(letters): letters for letters in _KINDS}
KIND_NAMES: Final = {_bare(name): letters for letters, names in _KINDS.items() for name in names}
_PRINTED: Final = {_bare(name): name for names in _KINDS.values() for name in names}


class Reference(NamedTuple):
    """The parts of a number that a writing of it may hold, the organ in folded letters."""

    letters: str
    number: str
    year: str
    organ: str

    def token(self) -> str:
        """Return the token of articles that cite what has these parts."""
        return "document:" + "#".join(self).lower()

    def label(self, named: str = "", department: str = "") -> str:
        """Return the kind, as `named` if it was, and the number as it is officially written, as far as it was given."""
        name = _PRINTED.get(named, _KINDS[self.letters][0] if self.letters else "")
        number = self.number.zfill(2)
        organ = organ_label(self.organ) if self.organ else ""
        if is_party(self.organ):
            return f"{name} {number}-{self.letters}/{organ}".strip()
        signed = organ if self.letters in _UNSIGNED else f"{self.letters}-{organ}"
        signed = f"{signed}-{department.upper()}" if department else signed
        written = "/".join(filter(None, (number, self.year, signed if organ else "")))
        return f"{name} {written}".strip()


def reference_tokens(document: Document) -> Iterator[str]:
    """Give the tokens under which a cited document is found: with and without its year, organ and kind.

    Words before the digits (`số`) are no part of its number.
    """
    if not document.number:
        return
    words = list(dropwhile(lambda word: not NUMBER.fullmatch(word), folded_syllables(document.number)))
    number = NUMBER.fullmatch(words[0]) if words else None
    if number is None:
        return
    year = next((word for word in words[1:] if YEAR.fullmatch(word)), "")
    signed = next((KIND_LETTERS[word] for word in words if word in KIND_LETTERS), "")
    letters = KIND_NAMES.get(_bare(document.kind), "") or signed
    organ = _organ(document.number, signed) or (issuer_code(document.issuer) if document.issuer else "")
    if not year and document.date:
        year = str(document.date.year)
    organs = dict.fromkeys((organ, without_term(organ), ""))
    for parts in product(dict.fromkeys((letters, "")), dict.fromkeys((year, "")), organs):
        if any(parts):
            yield Reference(parts[0], number[1], parts[1], parts[2]).token()


def _organ(number: str, signed: str) -> str:
    """Return the folded letters of the organ in a number that the letters of its kind sign, if any."""
    found = ""
    for written in exact_syllables(number)[1:]:
        if folded(written) not in KIND_LETTERS:
            found = found or organ_code(written, signed=bool(signed))
    return found


def kind_names(kind: str) -> tuple[str, ...]:
    """Return the kinds of documents that a name or its usual letters mean, in any writing: `nq`, `nghi quyet`, `QĐ`."""
    name = _PRINTED.get(_bare(kind))
    return (name,) if name else _KINDS.get(KIND_LETTERS.get(_bare(kind), ""), ())


def kind_letters(kind: str) -> str | None:
    """Return the folded letters by which a kind is written in numbers, None for a kind that has none we know."""
    letters = KIND_NAMES.get(_bare(kind))
    return _bare(letters) if letters else None


def widest_token(kind: str, number: str) -> str | None:
    """Return the token that is held wherever a document of this kind and number is cited; None where there is none."""
    return min(reference_tokens(Document(kind=kind, number=number, date=None)), key=_breadth, default=None)


def _breadth(token: str) -> tuple[int, bool]:
    """Order tokens by how few parts they name; of equally many parts, the kind is known of every citation."""
    letters, *parts = token.split("#")
    return sum(map(bool, parts)) + (not letters.endswith(":")), letters.endswith(":")
