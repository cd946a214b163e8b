"""Tells how much a text reads like Vietnamese: how many of its words are spelled as a syllable can be."""

import re
from dataclasses import dataclass

from bantin.vietnamese.spelling import is_syllable
from bantin_extract.text.letters import old_tones
from bantin_extract.text.tables import toml

_ENOUGH = 3
_TOKEN = re.compile("[^\\x00-\\x40\\x5b-\\x60\\x7b-\\x7f\\s\\u00a0\\u2010-\\u2027\\u2030-\\u203a]{2,40}")
"""A word; single letters say too little, as they may be signs or bullets in another encoding."""

_FROM_OTHER_CASE = re.compile("[^\\W\\d_a-zđăâêôơưA-ZĐĂÂÊÔƠƯ]")


_COMMON = frozenset(old_tones(word) for word in toml("encodings")["common_words"].split())


@dataclass(frozen=True, slots=True)
class Reading:
    """How many of a text's words are Vietnamese syllables: of those with diacritics, and of those without."""

    right: int
    wrong: int
    common: int
    plain_right: int
    plain_wrong: int

    @property
    def score(self) -> float:
        """How well it reads; the more, the better."""
        return self.right - self.wrong + 0.5 * self.common

    @property
    def is_vietnamese(self) -> bool:
        """Whether most of its words are Vietnamese, or at least all of those with diacritics."""
        words = self.right + self.wrong + self.plain_right + self.plain_wrong
        if 2 * (self.right + self.plain_right) >= words:
            return self.right >= 3 * self.wrong
        return not self.wrong and self.right >= _ENOUGH


def read_aloud(text: str, capitals_have_tones: bool = True) -> Reading:
    """Count the syllables in a text; `capitals_have_tones` is false where an encoding has none for them."""
    right = wrong = common = plain_right = plain_wrong = 0
    for token in _TOKEN.findall(text):
        if token.isascii():
            found = is_syllable(token)
            plain_right += found
            plain_wrong += not found
        elif any(map(str.isalpha, token)):
            cased = token if capitals_have_tones else _FROM_OTHER_CASE.sub("", token)
            found = _has_one_case(cased) and is_syllable(token)
            right += found
            wrong += not found
            common += found and old_tones(token.lower()) in _COMMON
    return Reading(right, wrong, common, plain_right, plain_wrong)


def _has_one_case(word: str) -> bool:
    """Return whether a word is small, large, or small but for its first letter."""
    rest = word[1:]
    return rest == rest.lower() or word == word.upper()
