"""Finds the kind of a document whose number stands in brackets, away from it.

`Kế hoạch của UBND tỉnh về trồng rừng (số 81/KH-UBND ngày 3/4/2021)`.
"""

import re
from typing import NamedTuple

from bantin_extract.text.letters import LETTER
from bantin_extract.text.tables import toml

_ENTRIES = toml("documents")["kinds"]
_LETTERS = {
    name.lower(): frozenset(entry.get("letters", ()))
    for entry in _ENTRIES
    for name in (entry["name"], *entry.get("also", ()))
}
_KIND = re.compile(rf"\b(?:{'|'.join(sorted(_LETTERS, key=len, reverse=True))})\b(?!\s(?:số\b|\d))", re.IGNORECASE)
_ALL_LETTERS = frozenset(letters for kinds in _LETTERS.values() for letters in kinds)
_OPENS = re.compile(r"\((?:số\s?:?\s?)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…;]\s")
_SIGN = re.compile(rf"[{LETTER}]+")
_UNLETTERED = frozenset(("công văn", "văn bản"))
"""Kinds whose numbers hold no letters of theirs: `81/SYT-NV`."""
_NAMED = frozenset(("luật", "bộ luật", "pháp lệnh"))
_REACH = 260


class NamedKind(NamedTuple):
    """A kind as printed (in lower case), from where to where, and the name of a law, which stands up to the bracket."""

    kind: str
    start: int
    end: int
    named: str


def kind_before_bracket(text: str, at: int, number: str) -> NamedKind | None:
    """Return the kind, earlier in the sentence, of the number with letters at offset `at`, where a bracket opens."""
    opened = _OPENS.search(text, max(0, at - 6), at)
    letters = _SIGN.findall(number)
    if opened is None or not letters:
        return None
    start = max(0, opened.start() - _REACH)
    for end in _SENTENCE_END.finditer(text, start, opened.start()):
        start = end.end()
    own = next((sign for sign in letters if sign in _ALL_LETTERS), None)
    found = None
    for match in _KIND.finditer(text, start, opened.start()):
        kind = match[0].lower()
        if own in _LETTERS[kind] if own else kind in _UNLETTERED:
            name = text[match.end() : opened.start()].strip() if kind in _NAMED else ""
            found = NamedKind(kind, match.start(), match.end(), " ".join(name.split()))
    return found
