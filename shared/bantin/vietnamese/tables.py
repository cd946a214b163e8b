"""The tables by which Vietnamese spellings are compared; every engine's analyzer is made from these alone.

They change how words are compared, never how they are shown. In the order in which they apply: `REMOVED`, `WIDTHS`,
`COMPOSITIONS`, lower case, `TONE_PLACEMENT`, `I_FOR_Y`, and for comparison without accents `FOLDING`.
`SYLLABLE` cuts text into syllables, before or after any of them.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import permutations
from types import MappingProxyType
from typing import Final

TONES: Final = "\u0300\u0301\u0309\u0303\u0323"
"""Combining grave, acute, hook above, tilde, dot below: huyền, sắc, hỏi, ngã, nặng."""

VOWELS: Final = "aăâeêioôơuưy"

MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Combining marks, as the inside of a character class: part of the letter that they follow."""

INVISIBLE: Final = "\u00ad\u200c\u200d\u2060\ufeff"
"""Soft hyphen, joiners and byte order mark, which pages leave inside words."""

SYLLABLE: Final = rf"[^\W_]+(?:[{MARKS}{INVISIBLE}]+[^\W_]*)*"
"""A syllable for Python's `re`: letters and digits with their marks. All else parts: `04-NQ/TU` is 04, NQ, TU."""

SYLLABLE_JAVA: Final = rf"[\p{{L}}\p{{N}}][\p{{L}}\p{{N}}{MARKS}{INVISIBLE}]*"
"""The same for Java's `Pattern`, on which Elasticsearch's tokenizers run."""

REMOVED: Final[Mapping[str, str]] = MappingProxyType(dict.fromkeys(INVISIBLE, ""))

WIDTHS: Final[Mapping[str, str]] = MappingProxyType(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
)
"""Full-width forms of ASCII to ASCII."""


def _cased(lower: Mapping[str, str]) -> dict[str, str]:
    """Add upper-case, and for pairs of letters title-case, forms of each entry."""
    forms = dict(lower)
    for source, target in lower.items():
        forms |= {source.upper(): target.upper()}
        if len(target) > 1:
            forms |= {source[0].upper() + source[1:]: target[0].upper() + target[1:]}
            forms |= {source[0] + source[1:].upper(): target[0] + target[1:].upper()}
    return forms


def _compositions() -> Iterator[tuple[str, str]]:
    """Give every decomposed spelling of each Vietnamese letter, marks in any order, with the composed letter."""
    for base in VOWELS + VOWELS.upper():
        for tone in ("", *TONES):
            letter = unicodedata.normalize("NFC", base + tone)
            plain, *marks = unicodedata.normalize("NFD", letter)
            for order in permutations(marks):
                yield plain + "".join(order), letter
                if len(order) == 2:
                    yield unicodedata.normalize("NFC", plain + order[0]) + order[1], letter


COMPOSITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {spelling: letter for spelling, letter in _compositions() if spelling != letter}
)
"""Decomposed and half-composed spellings to the composed letter: NFC, and the tone typed before the circumflex."""

TONE_PLACEMENT: Final[Mapping[str, str]] = MappingProxyType(
    _cased(
        {
            unicodedata.normalize("NFC", first + tone + second): unicodedata.normalize("NFC", first + second + tone)
            for first, second in ("oa", "oe", "uy")
            for tone in TONES
        }
    )
)
"""Old tone placement to new: `òa` (hòa) to `oà` (hoà). No well-spelled closed or `qu` syllable has an old pair."""

I_FOR_Y_AFTER: Final = ("h", "k", "l", "m", "s", "t", "qu")
"""Onsets after which a final y is also written i: kỹ and kĩ, quý and quí. (Not v: Vy is a name, vi is another word.)"""

I_FOR_Y: Final[Mapping[str, str]] = MappingProxyType(
    {
        onset + unicodedata.normalize("NFC", "y" + tone): onset + unicodedata.normalize("NFC", "i" + tone)
        for onset in I_FOR_Y_AFTER
        for tone in ("", *TONES)
    }
)
"""Whole lower-case syllables in y to their spelling in i."""


def _foldings() -> Iterator[tuple[str, str]]:
    """Give every letter that is another letter with accents, with that letter; and every accent with nothing."""
    for code in range(0x300, 0x370):
        yield chr(code), ""
    for code in range(0xC0, 0x2000):
        base, *marks = unicodedata.normalize("NFD", chr(code))
        if marks and base.isalpha() and all("\u0300" <= mark <= "\u036f" for mark in marks):
            yield chr(code), base


FOLDING: Final[Mapping[str, str]] = MappingProxyType(dict(_foldings()) | {"đ": "d", "Đ": "D"})
"""Accented letters, of any European script, to the bare letter: ằ to a, đ to d."""
