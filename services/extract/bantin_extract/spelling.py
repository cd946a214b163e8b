"""Tells how much a text reads like Vietnamese, by its syllables: an onset, a rhyme, a tone that goes with its end."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bantin_extract.letters import old_tones
from bantin_extract.tables import toml

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OF_STOPS = "\u0301\u0323"
_STOPS = ("c", "ch", "k", "p", "t")
_ENOUGH = 3
_TOKEN = re.compile("[^\\x00-\\x40\\x5b-\\x60\\x7b-\\x7f\\s\\u00a0\\u2010-\\u2027\\u2030-\\u203a]{2,40}")
"""A word; single letters say too little, as they may be signs or bullets in another encoding."""

_FROM_OTHER_CASE = re.compile("[^\\W\\d_a-zđăâêôơưA-ZĐĂÂÊÔƠƯ]")


def _untoned() -> frozenset[str]:
    table = toml("encodings")
    rhymes = table["rhymes"].split()
    onsets = ["", *table["onsets"].split()]
    return frozenset(
        [
            *(onset + rhyme for onset in onsets for rhyme in rhymes),
            *("q" + rhyme for rhyme in table["rhymes_after_q"].split()),
        ]
    )


_SYLLABLES = _untoned()
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


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Return whether a word, in any case, is spelled as a Vietnamese syllable can be."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [at for at, char in enumerate(letters) if char in _TONES]
    untoned = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    if untoned not in _SYLLABLES or len(tones) > 1:
        return False
    if not tones:
        return not untoned.endswith(_STOPS)
    toned = len(unicodedata.normalize("NFC", "".join(char for char in letters[: tones[0]] if char not in _TONES))) - 1
    return _may_have_tone(untoned, toned) and (letters[tones[0]] in _OF_STOPS or not untoned.endswith(_STOPS))


def _may_have_tone(word: str, at: int) -> bool:
    """Return whether the letter `at` is where a tone is written, in the old style or the new."""
    own = [place for place, char in enumerate(word) if char in "ăâêôơư"]
    if own:
        return at == own[-1]
    vowels = [place for place, char in enumerate(word) if char in "aeiouy"]
    if at not in vowels or len(vowels) == 1:
        return at in vowels
    if len(vowels) > 2 or vowels[-1] < len(word) - 1:
        return at == vowels[1]
    return at == vowels[0] or word.startswith(("q", "gi")) or word.endswith(("oa", "oe", "uy"))


def _has_one_case(word: str) -> bool:
    """Return whether a word is small, large, or small but for its first letter."""
    rest = word[1:]
    return rest == rest.lower() or word == word.upper()
