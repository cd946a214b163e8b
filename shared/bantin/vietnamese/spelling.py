"""Which words are spelled as a Vietnamese syllable can be: an onset, a rhyme, a tone that goes with its end."""

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.tables import TONES

_OF_STOPS = "\u0301\u0323"
_STOPS = ("c", "ch", "k", "p", "t")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Return whether a word, in any case, is spelled as a Vietnamese syllable can be."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [at for at, char in enumerate(letters) if char in TONES]
    untoned = without_tones(letters)
    if untoned not in _syllables() or len(tones) > 1:
        return False
    if not tones:
        return not untoned.endswith(_STOPS)
    toned = len(without_tones(letters[: tones[0]])) - 1
    return _may_have_tone(untoned, toned) and (letters[tones[0]] in _OF_STOPS or not untoned.endswith(_STOPS))


@lru_cache(maxsize=8192)
def spellings(bare: str) -> tuple[str, ...]:
    """Return the syllables, in canonical form, that are a lower-case word when their accents are left out."""
    found: dict[str, None] = {}
    for untoned in _by_letters().get(bare, ()):
        for tone in ("", *TONES):
            for at in range(1, len(untoned) + 1):
                word = unicodedata.normalize("NFC", untoned[:at] + tone + untoned[at:])
                if is_syllable(word):
                    found[canonical(word)] = None
    return tuple(found)


def without_tones(text: str) -> str:
    """Return text without its tones, in NFC: `đường` gives `đương`."""
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in letters if char not in TONES))


@cache
def _by_letters() -> Mapping[str, Sequence[str]]:
    """Return the syllables without tones by what is left of them without accents."""
    found: dict[str, list[str]] = defaultdict(list)
    for untoned in sorted(_syllables()):
        found[folded(untoned)].append(untoned)
    return found


@cache
def _syllables() -> frozenset[str]:
    table = tomllib.loads(files("bantin.vietnamese").joinpath("data/syllables.toml").read_text("utf-8"))
    rhymes = table["rhymes"].split()
    onsets = ["", *table["onsets"].split()]
    after_q = ("q" + rhyme for rhyme in table["rhymes_after_q"].split())
    return frozenset([*(onset + rhyme for onset in onsets for rhyme in rhymes), *after_q])


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
